package io.weir.capture.file;

import java.nio.ByteBuffer;

/** How files begin: captures, compressed files, and what people take for captures. */
enum MagicNumber {
    /** Microsecond pcap; either byte order. */
    PCAP_MICROS(0xa1b2c3d4, "pcap"),
    /** Nanosecond pcap. */
    PCAP_NANOS(0xa1b23c4d, "pcap"),
    /** Pcap with the longer record header of a Linux libpcap patch of the 1990s. */
    PCAP_MODIFIED(0xa1b2cd34, "pcap"),
    /** Section header of pcapng, the same in both byte orders. */
    PCAPNG(0x0a0d0d0a, "pcapng"),
    /** RFC 1952. */
    GZIP(0x1f8b0000, 2, "gzip"),
    /** RFC 8878. */
    ZSTD(0x28b52ffd, "zstd"),
    /** Not read. */
    LZ4(0x04224d18, "lz4"),
    /** Not read. */
    XZ(0xfd377a58, "xz"),
    /** Not read. */
    BZIP2(0x425a6800, 3, "bzip2"),
    /** Not read. */
    ZIP(0x504b0304, "zip"),
    /** Not read: Solaris snoop. */
    SNOOP(0x736e6f6f, "snoop"),
    /** Nothing we know. */
    UNKNOWN(0, 0, "unknown");

    /** How many bytes are looked at. */
    static final int MAX_BYTES = 4;

    private static final MagicNumber[] VALUES = values();

    private final int value;
    private final int length;
    private final String label;

    MagicNumber(final int value, final String label) {
        this(value, MAX_BYTES, label);
    }

    MagicNumber(final int value, final int length, final String label) {
        this.value = value;
        this.length = length;
        this.label = label;
    }

    /** Name of the format. */
    String label() {
        return label;
    }

    boolean isPcap() {
        return this == PCAP_MICROS || this == PCAP_NANOS || this == PCAP_MODIFIED;
    }

    boolean isCapture() {
        return isPcap() || this == PCAPNG;
    }

    boolean isKnownButNotRead() {
        return this == LZ4 || this == XZ || this == BZIP2 || this == ZIP || this == SNOOP;
    }

    /** What a file with these first bytes is. */
    static MagicNumber of(final ByteBuffer head) {
        int word = 0;
        for (int i = 0; i < MAX_BYTES; i++) {
            word = word << Byte.SIZE | (i < head.remaining() ? head.get(head.position() + i) & 0xff : 0);
        }
        for (final MagicNumber magic : VALUES) {
            if (magic.length > 0 && head.remaining() >= magic.length
                && (matches(magic, word) || magic.isPcap() && word == Integer.reverseBytes(magic.value))) {
                return magic;
            }
        }
        return UNKNOWN;
    }

    /** True if a file that has only these bytes may be a capture of which nearly everything was cut off. */
    static boolean mayBecomeCapture(final ByteBuffer head) {
        for (final MagicNumber magic : VALUES) {
            boolean straight = magic.isCapture() || magic == GZIP || magic == ZSTD;
            boolean reverse = magic.isPcap();
            for (int i = 0; i < head.remaining() && i < magic.length; i++) {
                final int octet = head.get(head.position() + i) & 0xff;
                straight &= octet == (magic.value >>> (MAX_BYTES - 1 - i) * Byte.SIZE & 0xff);
                reverse &= octet == (magic.value >>> i * Byte.SIZE & 0xff);
            }
            if (head.remaining() < MAX_BYTES && (straight || reverse)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(final MagicNumber magic, final int word) {
        final int mask = -1 << (MAX_BYTES - magic.length) * Byte.SIZE;
        return (word & mask) == magic.value;
    }
}
