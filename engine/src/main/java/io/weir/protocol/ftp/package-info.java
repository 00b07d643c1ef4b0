/** File transfer (RFC 959, 2228, 2428): commands with their replies, and the data connections they announce. */
package io.weir.protocol.ftp;
