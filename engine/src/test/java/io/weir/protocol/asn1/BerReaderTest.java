package io.weir.protocol.asn1;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import io.weir.protocol.Talk;
import org.junit.jupiter.api.Test;

class BerReaderTest {
    private final BerReader ber = new BerReader();

    private boolean reads(final String hex, final int limit) {
        final byte[] message = Talk.hex(hex);
        return ber.of(new Bytes().wrap(message, 0, message.length)).read(0, limit);
    }

    private long number(final String hex) {
        assertTrue(reads(hex, 1 << 20));
        return ber.number();
    }

    @Test
    void shouldTellNumbersFromWhatIsNone() {
        assertEquals(0, number("0201 00"));
        assertEquals(-1, number("0201 ff"));
        assertEquals(-133, number("0202 ff7b"));
        assertEquals(65403, number("0203 00ff7b"));
        assertEquals(Long.MAX_VALUE, number("0208 7fffffffffffffff"));
        assertEquals(BerReader.NO_NUMBER, number("0200"), "no byte");
        assertEquals(BerReader.NO_NUMBER, number("0209 000000000000000001"), "more than 8 bytes");
        assertEquals(BerReader.NO_NUMBER, number("0202 01"), "cut off");
    }

    @Test
    void shouldReadLengthsOfUpToFourBytes() {
        for (final String length : new String[] {"02", "8102", "820002", "83000002", "8400000002"}) {
            final int start = 1 + length.length() / 2;
            assertTrue(reads("04" + length + "abcd", start + 2), length);
            assertEquals(4, ber.tag());
            assertEquals(start, ber.start());
            assertEquals(start + 2, ber.end());
            assertFalse(reads("04" + length + "abcd", start + 1), length);
        }
        assertTrue(reads("04 84 00010000", 6 + (1 << 16)), "content that is not there yet");
        assertEquals(1 << 16, ber.length());
    }

    @Test
    void shouldRefuseLengthsBeyondTheLimit() {
        for (final String length : new String[] {"80", "8500000000", "ff", "847fffffff", "847ffffffa", "8480000000",
            "84ffffffff", "84fffffffe", "84", "84000000", "830000", "8200", "81", ""}) {
            assertFalse(reads("04" + length, 1 << 20), length);
        }
        assertFalse(reads("04 84 7fffffff", Integer.MAX_VALUE), "would end beyond the largest place");
        assertTrue(reads("04 84 7ffffff9", Integer.MAX_VALUE));
        assertEquals(Integer.MAX_VALUE, ber.end());
        assertFalse(reads("04 00", 1), "limit is in front of the content");
    }
}
