package io.weir.capture.file;

import io.weir.capture.CaptureException;

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

    boolean isPcap() {
        return this == PCAP_MICROS || this == PCAP_NANOS || this == PCAP_MODIFIED;
    }

    boolean isKnownButNotRead() {
        return this == LZ4 || this == XZ || this == BZIP2 || this == ZIP || this == SNOOP;
    }

    /** Why a file that begins so is not read. */
    CaptureException asException(final String name) {
        final String what = this == UNKNOWN ? "neither a pcap nor a pcapng file"
            : this == SNOOP ? "a snoop file, which weir does not read; convert it with editcap"
            : this == GZIP || this == ZSTD ? "packed twice; unpack it once"
            : "packed with " + label + ", which weir does not read; unpack it, or pack it with gzip or zstd";
        return new CaptureException(CaptureException.Kind.BAD_FILE, name + ": " + what);
    }

    /**
     * What a file is that begins so.
     *
     * @param word its first four bytes, the first one in the highest place
     */
    static MagicNumber of(final int word) {
        for (final MagicNumber magic : VALUES) {
            final int mask = -1 << (MAX_BYTES - magic.length) * Byte.SIZE;
            if (magic.length > 0 && (word & mask) == magic.value
                || magic.isPcap() && word == Integer.reverseBytes(magic.value)) {
                return magic;
            }
        }
        return UNKNOWN;
    }
}
