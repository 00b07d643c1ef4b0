package io.weir.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {
    private static final int LONGEST = 40;

    private final Bytes bytes = new Bytes();
    private final Bytes other = new Bytes();

    @Test
    void shouldTakeLettersOfEitherCaseForTheSameAndNothingElse() {
        for (int length = 1; length <= LONGEST; length++) {
            final byte[] text = "x".repeat(length).getBytes(US_ASCII);
            final int at = (length - 1) / 2;
            for (int value = 0; value < 256; value++) {
                for (int against = 0; against < 256; against++) {
                    final byte[] expected = text.clone();
                    text[at] = (byte) value;
                    expected[at] = (byte) against;
                    assertEquals(lower(value) == lower(against),
                        bytes.wrap(text, 0, length).matchesIgnoringCase(0, expected), value + " and " + against);
                }
            }
        }
    }

    @Test
    void shouldSeeTheLastByteThatDiffers() {
        for (int length = 1; length <= LONGEST; length++) {
            final byte[] expected = "Content-Disposition: attachment; name=1*x".substring(0, length).getBytes(US_ASCII);
            final byte[] text = (">" + new String(expected, US_ASCII).toUpperCase(Locale.ROOT) + "<")
                .getBytes(US_ASCII);
            bytes.wrap(text, 0, text.length);
            other.wrap(expected, 0, length);
            assertTrue(bytes.matchesIgnoringCase(1, expected));
            assertTrue(bytes.matchesIgnoringCase(1, other));
            text[length] ^= (byte) 0x80;
            assertFalse(bytes.matchesIgnoringCase(1, expected));
            assertFalse(bytes.matchesIgnoringCase(1, other));
        }
    }

    @Test
    void shouldFindTheFirstOfTheBytesAskedForWithinTheRange() {
        final Random random = new Random(5);
        final byte[] text = new byte[64];
        for (int round = 0; round < 200_000; round++) {
            for (int i = 0; i < text.length; i++) {
                // Neighbours of the byte, and with its high bit, are what a wrong carry would take for it.
                text[i] = (byte) (random.nextInt(24) == 0 ? ':' : random.nextBoolean() ? ':' + 1 : ':' | 0x80);
            }
            final int start = random.nextInt(8);
            final int length = random.nextInt(text.length - start);
            final int from = random.nextInt(length + 2) - 1;
            final int to = random.nextInt(length + 3);
            int expected = -1;
            for (int i = Math.max(0, from); i < Math.min(to, length) && expected < 0; i++) {
                expected = text[start + i] == ':' ? i : -1;
            }
            assertEquals(expected, bytes.wrap(text, start, length).indexOf(':', from, to));
        }
    }

    @Test
    void shouldMatchNothingBeyondTheEnd() {
        bytes.wrap("content-length".getBytes(US_ASCII), 0, 10);
        assertFalse(bytes.matchesIgnoringCase(0, "content-length".getBytes(US_ASCII)));
        assertFalse(bytes.matchesIgnoringCase(5, "nt-len".getBytes(US_ASCII)));
    }

    @Test
    void shouldCopyExactlyWhatWasAskedFor() {
        final Random random = new Random(3);
        for (int count = 0; count <= 200; count++) {
            final byte[] source = new byte[count + 7];
            random.nextBytes(source);
            final byte[] target = new byte[count + 9];
            Arrays.fill(target, (byte) 0x55);
            final byte[] expected = target.clone();
            System.arraycopy(source, 3, expected, 4, count);
            bytes.wrap(source, 0, source.length).copyTo(3, target, 4, count);
            assertArrayEquals(expected, target, "count " + count);
        }
    }

    @Test
    void shouldCopyWithinOneArrayAsIfByWayOfAnother() {
        final byte[] array = "0123456789abcdef".getBytes(ISO_8859_1);
        bytes.wrap(array, 0, 10).copyTo(0, array, 3, 7);
        assertEquals("0120123456abcdef", new String(array, ISO_8859_1));
    }

    @Test
    void shouldFindWhereARunEndsWithinTheRange() {
        final Random random = new Random(8);
        final byte[] text = new byte[64];
        for (int round = 0; round < 200_000; round++) {
            final int least = random.nextBoolean() ? ' ' : '!';
            for (int i = 0; i < text.length; i++) {
                // The first and the last of those that belong to it, and their neighbours that do not.
                text[i] = (byte) (random.nextInt(24) > 0 ? least + random.nextInt(2) * 127
                    : least - 1 + random.nextInt(2) * 129);
            }
            final int start = random.nextInt(8);
            final int length = random.nextInt(text.length - start);
            final int from = random.nextInt(length + 1);
            final int to = from + random.nextInt(length + 3 - from);
            int expected = from;
            while (expected < Math.min(to, length) && (text[start + expected] - least & 0xff) < 128) {
                expected++;
            }
            assertEquals(expected, bytes.wrap(text, start, length).endOfRun(least, from, to));
        }
    }

    @Test
    void shouldFindTheFirstByteOfASetWithinTheRange() {
        final boolean[] set = Bytes.setOf("/\u00ff");
        final byte[] text = "a/b\u00ff/".getBytes(ISO_8859_1);
        bytes.wrap(text, 0, text.length - 1);
        assertEquals(1, bytes.indexOfAny(set, -1, 9));
        assertEquals(3, bytes.indexOfAny(set, 2, 9));
        assertEquals(-1, bytes.indexOfAny(set, 2, 3));
        assertEquals(-1, bytes.indexOfAny(set, 4, 9));
    }

    @Test
    void shouldReadANumberThatIsAllOfARange() {
        final byte[] text = "x1234567890123456789x12".getBytes(US_ASCII);
        bytes.wrap(text, 0, text.length);
        assertEquals(12345678, bytes.decimal(1, 9));
        assertEquals(123456789, bytes.decimal(1, 10));
        assertEquals(123456789012345678L, bytes.decimal(1, 19));
        assertEquals(-1, bytes.decimal(1, 20));
        assertEquals(-1, bytes.decimal(0, 2));
        assertEquals(-1, bytes.decimal(19, 21));
        assertEquals(12, bytes.decimal(21, 23));
        assertEquals(-1, bytes.decimal(21, 24));
        assertEquals(-1, bytes.decimal(2, 2));
        assertEquals(-1, bytes.decimal(-1, 1));
    }

    private static int lower(final int value) {
        return value >= 'A' && value <= 'Z' ? value + 0x20 : value;
    }
}
