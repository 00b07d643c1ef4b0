/** Signalling of telephone and mobile networks that is carried by SCTP alone. */
package io.weir.protocol.sctp;
