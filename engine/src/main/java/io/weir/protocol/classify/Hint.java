package io.weir.protocol.classify;

import io.weir.protocol.Bytes;

/** What statistics suggest of a flow that nobody recognised. Never a label: each of them is wrong now and then. */
public enum Hint {
    /** Its first bytes look like noise: a protocol that is encrypted from the first byte on, or hides. */
    FULLY_ENCRYPTED("fully-encrypted"),
    /** They could be a message in Protocol Buffers, as of gRPC and many a program's own protocol. */
    PROTOBUF("protobuf");

    /** Fewer bytes say nothing. */
    private static final int LEAST = 32;
    private static final int MOST = 256;
    /** Noise has four of eight bits set on average; what is outside of these bounds is no noise. */
    private static final double LEAST_BITS = 3.4;
    private static final double MOST_BITS = 4.6;
    private static final int PRINTABLE_HEAD = 6;
    private static final int PRINTABLE_RUN = 20;

    private final String label;

    Hint(final String label) {
        this.label = label;
    }

    /** Name in records. */
    public String label() {
        return label;
    }

    /** The bit that stands for it in records. */
    public int bit() {
        return 1 << ordinal();
    }

    /**
     * What the first bytes of a flow's first speaker suggest.
     *
     * @param most as many bytes are kept of what may be longer
     * @return a bit for each hint
     */
    static int of(final Bytes first, final int most) {
        return ProtobufWalk.fits(first, most) ? PROTOBUF.bit() : isNoise(first) ? FULLY_ENCRYPTED.bit() : 0;
    }

    /**
     * True if these bytes are noise, by the rules that measurements of a large censored network have published (Wu et
     * al., "How the Great Firewall of China Detects and Blocks Fully Encrypted Traffic", USENIX Security 2023): bits
     * set, share, head and longest run of printable bytes.
     */
    private static boolean isNoise(final Bytes first) {
        final int length = Math.min(first.length(), MOST);
        if (length < LEAST) {
            return false;
        }
        int bits = 0;
        int printable = 0;
        int run = 0;
        int longest = 0;
        int head = 0;
        for (int i = 0; i < length; i++) {
            final int value = first.u8(i);
            bits += Integer.bitCount(value);
            final boolean isPrintable = value >= ' ' && value <= '~';
            run = isPrintable ? run + 1 : 0;
            longest = Math.max(longest, run);
            printable += isPrintable ? 1 : 0;
            head += isPrintable && i < PRINTABLE_HEAD ? 1 : 0;
        }
        final double average = (double) bits / length;
        return average > LEAST_BITS && average < MOST_BITS && head < PRINTABLE_HEAD && 2 * printable <= length
            && longest <= PRINTABLE_RUN;
    }
}
