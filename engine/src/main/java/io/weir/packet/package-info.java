/** Header decoding, building and checksums, usable alone as a library. */
package io.weir.packet;
