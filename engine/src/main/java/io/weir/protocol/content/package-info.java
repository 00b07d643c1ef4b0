/** Undoes what bodies of messages are packed in: compression, base64, quoted-printable. */
package io.weir.protocol.content;
