package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which heads are whole and read as they are. */
final class PlainMessageTest {
    private static boolean hasHeaders(final String text) {
        final byte[] bytes = text.getBytes(ISO_8859_1);
        return PlainMessage.hasHeaders(new Bytes().wrap(bytes, 0, bytes.length));
    }

    @ParameterizedTest
    @CsvSource({
        "'%', true",
        "'%rest', true",
        "'Host: a%%', true",
        "'Host: a%A: b%Long-Name: a value of some length, and more%%body', true",
        "'A: \u00fc\tb%%', true",
        "'', false",
        "'Host: a%', false",
        "'Host: a%A: b', false",
        "'Host: a%A: b^%%', false",
        "'Host: a^A: b%%', false",
        "'Host: a%A: b|%%', false",
        "'Host: \u00fca|b%%', false",
        "'Host: a%^%', false"
    })
    void shouldTakeHeadsThatEndAndHoldNeitherALoneCrNorANul(final String text, final boolean is) {
        assertEquals(is, hasHeaders(text.replace("%", "\r\n").replace("^", "\r").replace("|", "\0")), text);
    }

    @Test
    void shouldNotLookThroughHeadsOfManyLines() {
        assertTrue(hasHeaders("A: b\r\n".repeat(63) + "\r\n"));
        assertFalse(hasHeaders("A: b\r\n".repeat(64) + "\r\n"));
    }
}
