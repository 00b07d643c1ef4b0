/** Secure Shell (RFC 4253): identification lines, key exchange offers and their HASSH fingerprints. */
package io.weir.protocol.ssh;
