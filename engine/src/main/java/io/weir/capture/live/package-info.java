/** Which back end captures from an interface, and why. */
package io.weir.capture.live;
