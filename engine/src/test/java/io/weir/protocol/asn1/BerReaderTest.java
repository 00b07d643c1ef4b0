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
}
