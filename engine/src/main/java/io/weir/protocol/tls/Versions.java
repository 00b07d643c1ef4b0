package io.weir.protocol.tls;

import java.nio.charset.StandardCharsets;

/** Numbers of versions and their names in records, which are Suricata's. */
final class Versions {
    static final int SSL_2 = 0x0200;
    static final int TLS_1_3 = 0x0304;
    /** What drafts up to 15 are taken for, which all called themselves 1.3. */
    static final int TLS_1_3_BEFORE_DRAFT_16 = 0x7f01;

    private static final byte[] UNKNOWN = ascii("UNDETERMINED");
    private static final byte[][] SSL = {ascii("SSLv3"), ascii("TLSv1"), ascii("TLS 1.1"), ascii("TLS 1.2"),
        ascii("TLS 1.3")};
    private static final byte[] SSL_2_NAME = ascii("SSLv2");
    private static final byte[] EARLY_DRAFT = ascii("TLS 1.3 draft-<16");
    private static final byte[][] DRAFTS = new byte[13][];
    private static final byte[][] FACEBOOK_DRAFTS = new byte[7][];
    private static final byte[] DTLS_1_0 = ascii("DTLS 1.0");
    private static final byte[] DTLS_1_2 = ascii("DTLS 1.2");
    private static final byte[] DTLS_1_3 = ascii("DTLS 1.3");

    static {
        for (int i = 0; i < DRAFTS.length; i++) {
            DRAFTS[i] = ascii("TLS 1.3 draft-" + (16 + i));
        }
        for (int i = 0; i < FACEBOOK_DRAFTS.length; i++) {
            FACEBOOK_DRAFTS[i] = ascii("TLS 1.3 draft-" + (20 + i) + "-fb");
        }
    }

    private Versions() {
    }

    /** True for versions that encrypt all that follows the ServerHello. */
    static boolean hidesCertificates(final int version) {
        return version == TLS_1_3 || version >> 8 == 0x7f || version >> 8 == 0xfb || version == 0xfefc;
    }

    /** Name in records; null for a number that stands for no version. */
    static byte[] name(final int version) {
        if (version == 0) {
            return UNKNOWN;
        }
        if (version >> 8 == 0x7f) {
            final int draft = (version & 0xff) - 16;
            return draft < 0 ? EARLY_DRAFT : draft < DRAFTS.length ? DRAFTS[draft] : null;
        }
        if (version >> 8 == 0xfb) {
            final int draft = (version & 0xff) - 20;
            return draft >= 0 && draft < FACEBOOK_DRAFTS.length ? FACEBOOK_DRAFTS[draft] : null;
        }
        return switch (version) {
            case 0x0002, SSL_2 -> SSL_2_NAME;
            case 0x0300, 0x0301, 0x0302, 0x0303, 0x0304 -> SSL[version & 0xff];
            case 0xfeff, 0x0100 -> DTLS_1_0;
            case 0xfefd -> DTLS_1_2;
            case 0xfefc -> DTLS_1_3;
            default -> null;
        };
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
