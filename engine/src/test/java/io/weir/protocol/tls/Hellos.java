package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Builds hellos that read like what they say. */
public final class Hellos {
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private int version = 0x0303;
    private byte[] random = new byte[32];
    private byte[] sessionId = {};
    private byte[] cookie;
    private int[] ciphers = {0x1301};
    private boolean withExtensions;

    private Hellos() {
    }

    /** A hello with one cipher and no extensions. */
    public static Hellos hello() {
        return new Hellos();
    }

    /** Version in the fixed part. */
    public Hellos version(final int value) {
        version = value;
        return this;
    }

    /** Random bytes, as 64 hexadecimal digits. */
    public Hellos random(final String hex) {
        random = hex(hex);
        return this;
    }

    /** Session id. */
    public Hellos session(final String hex) {
        sessionId = hex(hex);
        return this;
    }

    /** Cookie of DTLS, which makes it a hello of DTLS. */
    public Hellos cookie(final String hex) {
        cookie = hex(hex);
        return this;
    }

    /** Ciphers of a client, or the one of a server. */
    public Hellos ciphers(final int... values) {
        ciphers = values.clone();
        return this;
    }

    /** Any extension. */
    public Hellos extension(final int type, final String hex) {
        return extension(type, hex(hex));
    }

    /** Extensions without data. */
    public Hellos empty(final int... types) {
        for (final int type : types) {
            extension(type, new byte[0]);
        }
        return this;
    }

    private Hellos extension(final int type, final byte[] data) {
        withExtensions = true;
        extensions.writeBytes(u16(type));
        extensions.writeBytes(u16(data.length));
        extensions.writeBytes(data);
        return this;
    }

    /** Name of the server. */
    public Hellos sni(final String name) {
        final byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        return extension(0, join(u16(bytes.length + 3), new byte[1], u16(bytes.length), bytes));
    }

    /** Application protocols. */
    public Hellos alpn(final String... names) {
        final ByteArrayOutputStream list = new ByteArrayOutputStream();
        for (final String name : names) {
            list.write(name.length());
            list.writeBytes(name.getBytes(StandardCharsets.ISO_8859_1));
        }
        return extension(16, join(u16(list.size()), list.toByteArray()));
    }

    /** Versions a client supports. */
    public Hellos versions(final int... values) {
        return extension(43, join(new byte[] {(byte) (2 * values.length)}, list(values)));
    }

    /** The version a server has chosen. */
    public Hellos chosen(final int value) {
        return extension(43, u16(value));
    }

    /** Groups. */
    public Hellos groups(final int... values) {
        return extension(10, join(u16(2 * values.length), list(values)));
    }

    /** Point formats. */
    public Hellos points(final String hex) {
        final byte[] formats = hex(hex);
        return extension(11, join(new byte[] {(byte) formats.length}, formats));
    }

    /** Signature algorithms. */
    public Hellos algorithms(final int... values) {
        return extension(13, join(u16(2 * values.length), list(values)));
    }

    /** The body of the client's message. */
    public byte[] clientBody() {
        final byte[] cookieBytes = cookie == null ? new byte[0] : join(new byte[] {(byte) cookie.length}, cookie);
        return join(u16(version), random, new byte[] {(byte) sessionId.length}, sessionId, cookieBytes,
            u16(2 * ciphers.length), list(ciphers), new byte[] {1, 0}, extensionBytes());
    }

    /** The body of the server's message. */
    public byte[] serverBody() {
        return join(u16(version), random, new byte[] {(byte) sessionId.length}, sessionId, u16(ciphers[0]),
            new byte[1], extensionBytes());
    }

    private byte[] extensionBytes() {
        return withExtensions ? join(u16(extensions.size()), extensions.toByteArray()) : new byte[0];
    }

    /** The client's message as a view. */
    public ClientHello client() {
        final byte[] body = clientBody();
        final ClientHello hello = new ClientHello();
        if (!hello.wrap(new Bytes().wrap(body, 0, body.length), cookie != null)) {
            throw new IllegalStateException("no hello");
        }
        return hello;
    }

    /** Bytes of hexadecimal digits, with spaces anywhere. */
    public static byte[] hex(final String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    /** One behind the other. */
    public static byte[] join(final byte[]... parts) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** Two bytes. */
    public static byte[] u16(final int value) {
        return new byte[] {(byte) (value >> 8), (byte) value};
    }

    private static byte[] list(final int... values) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (final int value : values) {
            out.writeBytes(u16(value));
        }
        return out.toByteArray();
    }
}
