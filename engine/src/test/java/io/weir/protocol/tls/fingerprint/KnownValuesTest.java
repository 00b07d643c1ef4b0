package io.weir.protocol.tls.fingerprint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is known of texts from which something was made before. */
final class KnownValuesTest {
    private final KnownValues known = new KnownValues(2);
    private final byte[] hash = new byte[2];

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean find(final String text) {
        return find(place(text), text(text), text.length());
    }

    private boolean find(final int place, final byte[] text, final int length) {
        final int found = known.find(place, text, length);
        if (found != KnownValues.UNKNOWN) {
            System.arraycopy(known.values(), found, hash, 0, hash.length);
        }
        return found != KnownValues.UNKNOWN;
    }

    private static int place(final String text) {
        return KnownValues.place(text(text), text.length());
    }

    private void keep(final String text, final int first) {
        known.keep(place(text), text(text), text.length(), new byte[] {(byte) first, 7});
    }

    @Test
    void shouldKnowWhatItKept() {
        assertFalse(find("771,4865"));
        assertFalse(find(""), "a place that is empty has no text");
        keep("771,4865", 1);
        assertTrue(find("771,4865"));
        assertArrayEquals(new byte[] {1, 7}, hash);
        assertFalse(find("771,486"));
    }

    @Test
    void shouldCompareWholeTextsThatShareAPlace() {
        final String text = "771,4865";
        String other = null;
        for (int i = 0; other == null; i++) {
            other = place("771," + i) == place(text) ? "771," + i : null;
        }
        keep(text, 1);
        assertFalse(find(other));
        keep(other, 2);
        assertTrue(find(other));
        assertArrayEquals(new byte[] {2, 7}, hash);
        assertFalse(find(text), "the newest text has the place");
        keep(text, 3);
        assertTrue(find(text));
    }

    @Test
    void shouldTakeTextsOfAnyLengthUpToTheLongest() {
        final byte[] longest = new byte[KnownValues.MAX_KEY];
        Arrays.fill(longest, (byte) 'a');
        for (int length = 1; length <= longest.length; length++) {
            final int place = KnownValues.place(longest, length);
            assertEquals(place, KnownValues.place(longest.clone(), length));
            known.keep(place, longest, length, new byte[] {(byte) length, 1});
            assertTrue(find(place, longest, length));
            assertEquals((byte) length, hash[0]);
            longest[length - 1] = 'b';
            assertFalse(find(place, longest, length), "the last byte counts");
            longest[length - 1] = 'a';
        }
    }
}
