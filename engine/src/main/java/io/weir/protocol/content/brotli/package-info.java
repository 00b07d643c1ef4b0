/** Brotli, RFC 7932, undone as it comes, within a memory that is set. Names of parts are those of the RFC. */
package io.weir.protocol.content.brotli;
