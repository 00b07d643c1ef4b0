/** The traffic and the virtual wire of {@code weir demo}. */
package io.weir.cli.demo;
