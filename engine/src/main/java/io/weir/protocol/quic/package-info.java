/**
 * QUIC: versions 1 and 2, the drafts before them, and Google's own versions. Recognised by its long headers; Initial
 * packets are opened with the keys that everybody can derive, and the TLS hellos in them are read.
 */
package io.weir.protocol.quic;
