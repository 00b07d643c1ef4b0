/** Mail transfer: SMTP (RFC 5321), LMTP (RFC 2033), and the header fields of the messages (RFC 5322). */
package io.weir.protocol.smtp;
