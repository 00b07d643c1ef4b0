/** The commands. */
package io.weir.cli;
