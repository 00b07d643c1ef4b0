/** Looking at engines that run: {@code weir stat} and {@code weir top}. */
package io.weir.cli.watch;
