/** Live capture and sending through PF_RING, where its kernel module and its library are installed. */
package io.weir.capture.pfring;
