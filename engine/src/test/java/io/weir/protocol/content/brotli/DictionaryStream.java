package io.weir.protocol.content.brotli;

import java.io.ByteArrayOutputStream;

/** Writes streams that no encoder makes, bit by bit. */
final class DictionaryStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int open;
    private int count;

    private DictionaryStream bits(final int length, final int value) {
        for (int i = 0; i < length; i++) {
            open |= (value >> i & 1) << count;
            if (++count == 8) {
                bytes.write(open);
                open = 0;
                count = 0;
            }
        }
        return this;
    }

    private byte[] ended() {
        bits(7, 0);
        return bytes.toByteArray();
    }

    /** A prefix code of one symbol. */
    private DictionaryStream only(final int symbol, final int bits) {
        return bits(2, 1).bits(2, 0).bits(bits, symbol);
    }

    /** A stream of a single word of the dictionary, which takes so many bytes. */
    byte[] word(final int length, final int place, final int written) {
        bits(1, 0);
        bits(1, 1).bits(1, 0).bits(2, 0).bits(16, written - 1);
        bits(3, 0).bits(6, 0).bits(2, 0).bits(2, 0);
        only(0, 8);
        final int copyCode = length < 10 ? length - 2 : length < 14 ? 8 + (length - 10) / 2 : length < 22
            ? 10 + (length - 14) / 4 : 12 + (length - 22) / 8;
        final int copyBits = copyCode < 8 ? 0 : (copyCode - 6) / 2;
        final int copyRest = length < 14 ? length & 1 : length < 22 ? (length - 14) % 4 : length - 22;
        only(copyCode < 8 ? 128 + copyCode : 192 + copyCode - 8, 10);
        final int distance = place + 4;
        final int distanceBits = 30 - Integer.numberOfLeadingZeros(distance);
        only(16 + 2 * (distanceBits - 1) + (distance >> distanceBits & 1), 6);
        bits(copyBits, copyBits == 0 ? 0 : copyRest);
        bits(distanceBits, distance & (1 << distanceBits) - 1);
        return ended();
    }

    /** Meta-blocks with all the contexts that there can be, and one byte of data each. */
    byte[] contextMaps(final int metaBlocks) {
        bits(1, 0);
        for (int i = 0; i < metaBlocks; i++) {
            bits(1, 0).bits(2, 0).bits(16, 0).bits(1, 0);
            bits(1, 1).bits(3, 7).bits(7, 127);
            only(0, 9).only(0, 5).bits(2, 0);
            bits(2, 0).bits(6, 0);
            bits(2 * 256, 0);
            bits(1, 1).bits(3, 0);
            bits(1, 1).bits(4, 13);
            only(14, 4);
            bits(14, 0);
            bits(1, 1);
            bits(1, 0);
            only(0, 8).only(0, 8).only(8, 10).only(0, 6);
        }
        return ended();
    }
}
