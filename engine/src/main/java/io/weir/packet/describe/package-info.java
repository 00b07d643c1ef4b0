/** Frames described for people and as JSON, layer by layer. Not for the packet path: everything here allocates. */
package io.weir.packet.describe;
