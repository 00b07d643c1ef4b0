package io.weir.perf.trace;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.SplittableRandom;

/** Handshakes of TLS 1.2 (RFC 5246) and 1.3 (RFC 8446); one character stands for a byte. */
final class TlsMessages {
    private static final int HANDSHAKE = 22;
    private static final int APPLICATION_DATA = 23;
    private static final String CERTIFICATES = certificates();
    private static final int[] CIPHERS = {0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9, 0xcca8,
        0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035};

    private TlsMessages() {
    }

    /** A client's hello as browsers send it, padded to 512 bytes. */
    static String clientHello(final SplittableRandom random, final String host, final boolean tls13) {
        final StringBuilder extensions = new StringBuilder(512);
        extension(extensions, 0, u16(host.length() + 3) + '\0' + u16(host.length()) + host);
        extension(extensions, 23, "");
        extension(extensions, 10, u16(6) + u16(0x1d) + u16(0x17) + u16(0x18));
        extension(extensions, 11, "\u0001\u0000");
        extension(extensions, 35, "");
        extension(extensions, 16, u16(12) + "\u0002h2\u0008http/1.1");
        extension(extensions, 13, u16(8) + u16(0x0403) + u16(0x0804) + u16(0x0401) + u16(0x0601));
        if (tls13) {
            extension(extensions, 51, u16(36) + u16(0x1d) + u16(32) + random(random, 32));
            extension(extensions, 43, "\u0004" + u16(0x0304) + u16(0x0303));
        }
        final StringBuilder ciphers = new StringBuilder();
        for (final int cipher : CIPHERS) {
            ciphers.append(u16(cipher));
        }
        final String head = u16(0x0303) + random(random, 32) + " " + random(random, 32) + u16(ciphers.length())
            + ciphers + "\u0001\u0000";
        final int padding = 512 - 4 - head.length() - 2 - extensions.length() - 4;
        if (padding > 0) {
            extension(extensions, 21, "\0".repeat(padding));
        }
        return record(HANDSHAKE, 0x0301, message(1, head + u16(extensions.length()) + extensions));
    }

    /** What a server answers: hello, then certificates, in the clear before 1.3. */
    static String serverFlight(final SplittableRandom random, final boolean tls13) {
        final StringBuilder extensions = new StringBuilder();
        if (tls13) {
            extension(extensions, 43, u16(0x0304));
            extension(extensions, 51, u16(0x1d) + u16(32) + random(random, 32));
        } else {
            extension(extensions, 65281, "\0");
            extension(extensions, 16, u16(3) + "\u0002h2");
        }
        final String hello = message(2, u16(0x0303) + random(random, 32) + " " + random(random, 32)
            + u16(tls13 ? 0x1301 : 0xc02f) + '\0' + u16(extensions.length()) + extensions);
        if (tls13) {
            return record(HANDSHAKE, 0x0303, hello) + record(20, 0x0303, "\u0001")
                + records(random, 40) + records(random, 1900 + random.nextInt(900)) + records(random, 74);
        }
        return record(HANDSHAKE, 0x0303, hello) + record(HANDSHAKE, 0x0303, message(11, u24(CERTIFICATES.length())
            + CERTIFICATES)) + record(HANDSHAKE, 0x0303, message(12, random(random, 329)))
            + record(HANDSHAKE, 0x0303, message(14, ""));
    }

    /** What a client says before its first data. */
    static String clientFinish(final SplittableRandom random, final boolean tls13) {
        return (tls13 ? "" : record(HANDSHAKE, 0x0303, message(16, random(random, 33)))) + record(20, 0x0303, "\u0001")
            + (tls13 ? records(random, 53) : record(HANDSHAKE, 0x0303, random(random, 40)));
    }

    /** Encrypted data in one record. */
    static String records(final SplittableRandom random, final int length) {
        return record(APPLICATION_DATA, 0x0303, random(random, length));
    }

    private static String record(final int type, final int version, final String content) {
        return (char) type + u16(version) + u16(content.length()) + content;
    }

    private static String message(final int type, final String content) {
        return (char) type + u24(content.length()) + content;
    }

    private static void extension(final StringBuilder to, final int type, final String content) {
        to.append(u16(type)).append(u16(content.length())).append(content);
    }

    private static String random(final SplittableRandom random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String u16(final int value) {
        return "" + (char) (value >>> 8 & 0xff) + (char) (value & 0xff);
    }

    private static String u24(final int value) {
        return (char) (value >>> 16) + u16(value);
    }

    /** A leaf and its issuer, made for this trace, each behind its length. */
    private static String certificates() {
        try (InputStream file = TlsMessages.class.getResourceAsStream("certificates.txt")) {
            final ByteArrayOutputStream chain = new ByteArrayOutputStream();
            for (final String encoded : new String(file.readAllBytes(), StandardCharsets.US_ASCII).split("\n\n")) {
                final byte[] certificate = Base64.getMimeDecoder().decode(encoded);
                chain.writeBytes(u24(certificate.length).getBytes(StandardCharsets.ISO_8859_1));
                chain.writeBytes(certificate);
            }
            return chain.toString(StandardCharsets.ISO_8859_1);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
