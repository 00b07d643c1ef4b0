package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AsciiTest {
    private static final long EVEN = 0x0001_0001_0001_0001L;
    private static final long ODD = EVEN << 8;

    @Test
    void shouldPutEightBytesInLowerCaseAsOneByOneWhateverStandsBesideThem() {
        for (int value = 0; value < 256; value++) {
            for (int beside = 0; beside < 256; beside++) {
                final long eight = value * EVEN | beside * ODD;
                assertEquals(Ascii.lower(value) * EVEN | Ascii.lower(beside) * ODD,
                    Ascii.lower8(eight), value + " " + beside);
            }
        }
    }

    @Test
    void shouldReadDigitsAndNothingElseAsANumberWhateverStandsBehindThem() {
        final byte[] eight = new byte[Long.BYTES];
        for (int count = 1; count <= Long.BYTES; count++) {
            for (int at = 0; at < Long.BYTES; at++) {
                for (int value = 0; value < 256; value++) {
                    long expected = 0;
                    for (int i = 0; i < Long.BYTES; i++) {
                        eight[i] = (byte) (i == at ? value : '9' - i);
                        if (i < count && expected >= 0) {
                            final int digit = eight[i] - '0';
                            expected = digit < 0 || digit > 9 ? -1 : 10 * expected + digit;
                        }
                    }
                    assertEquals(expected, Ascii.decimal8(word(eight), count), count + " " + at + " " + value);
                }
            }
        }
    }

    private static long word(final byte[] eight) {
        long word = 0;
        for (int i = Long.BYTES - 1; i >= 0; i--) {
            word = word << Byte.SIZE | eight[i] & 0xff;
        }
        return word;
    }
}
