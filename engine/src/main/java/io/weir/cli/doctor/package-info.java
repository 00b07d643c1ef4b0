/** {@code weir doctor}: is this machine set up for capturing; one class for each family of checks. */
package io.weir.cli.doctor;
