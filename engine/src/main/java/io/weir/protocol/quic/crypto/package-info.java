/**
 * The cryptography that QUIC's Initial packets need, on state made beforehand: nothing is allocated per packet, and
 * nothing depends on the providers of the platform. For reading what is protected by public keys alone: no care is
 * taken against timing.
 */
package io.weir.protocol.quic.crypto;
