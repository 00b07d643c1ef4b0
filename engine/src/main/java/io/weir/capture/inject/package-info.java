/** Frames onto the wire. */
package io.weir.capture.inject;
