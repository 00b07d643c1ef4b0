package io.weir.protocol.krb5;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Builds values of ASN.1 in definite form, as messages hold them. */
public final class Der {
    private Der() {
    }

    /** A value around its parts. */
    public static byte[] value(final int tag, final byte[]... parts) {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            content.writeBytes(part);
        }
        final ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() < 0x80) {
            whole.write(content.size());
        } else {
            whole.write(0x82);
            whole.write(content.size() >> 8);
            whole.write(content.size());
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    /** A sequence. */
    public static byte[] sequence(final byte[]... parts) {
        return value(0x30, parts);
    }

    /** A part with a number of its own. */
    public static byte[] field(final int number, final byte[]... parts) {
        return value(0xa0 | number, parts);
    }

    /** A number of one byte. */
    public static byte[] number(final int value) {
        return value(2, new byte[] {(byte) value});
    }

    /** A text of some kind. */
    public static byte[] text(final int tag, final String text) {
        return value(tag, text.getBytes(StandardCharsets.UTF_8));
    }
}
