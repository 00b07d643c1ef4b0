/** Read-only views of single headers, for whoever wants fields the frame descriptor does not hold. */
package io.weir.packet.header;
