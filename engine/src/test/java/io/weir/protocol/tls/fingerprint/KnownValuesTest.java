package io.weir.protocol.tls.fingerprint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What is known of texts from which something was made before. */
final class KnownValuesTest {
    private static final int MANY = 100_000;

    private final KnownValues known = new KnownValues(2);
    private final byte[] value = new byte[2];

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private boolean find(final byte[] text, final int length) {
        final int found = known.find(KnownValues.hash(text, length), text, length);
        if (found != KnownValues.UNKNOWN) {
            System.arraycopy(known.values(), found, value, 0, value.length);
        }
        return found != KnownValues.UNKNOWN;
    }

    private boolean find(final String text) {
        return find(text(text), text.length());
    }

    private void keep(final byte[] text, final int length, final int first) {
        known.keep(KnownValues.hash(text, length), text, length, new byte[] {(byte) first, 7});
    }

    private void keep(final String text, final int first) {
        keep(text(text), text.length(), first);
    }

    @Test
    void shouldKnowWhatCameTwice() {
        assertFalse(find("771,4865"));
        assertFalse(find(""), "a place that is empty has no text");
        keep("771,4865", 1);
        assertFalse(find("771,4865"), "what came once costs no copy");
        keep("771,4865", 1);
        assertTrue(find("771,4865"));
        assertArrayEquals(new byte[] {1, 7}, value);
        assertFalse(find("771,486"));
    }

    @Test
    void shouldCompareWholeTextsThatShareAPlace() {
        final String text = "771,4865";
        keep(text, 1);
        keep(text, 1);
        String other = null;
        for (int i = 0; find(text); i++) {
            other = "771," + i;
            assertFalse(find(other));
            keep(other, 2);
            keep(other, 2);
        }
        assertTrue(find(other), "what came twice last has the place");
        assertArrayEquals(new byte[] {2, 7}, value);
    }

    @Test
    void shouldForgetNothingForWhatComesOnce() {
        keep("771,4865", 1);
        keep("771,4865", 1);
        for (int i = 0; i < MANY; i++) {
            keep("771," + i, 2);
        }
        assertTrue(find("771,4865"));
    }

    @Test
    void shouldTakeTextsOfAnyLengthUpToTheLongest() {
        final byte[] longest = new byte[KnownValues.MAX_KEY];
        Arrays.fill(longest, (byte) 'a');
        for (int length = 1; length <= longest.length; length++) {
            keep(longest, length, length);
            keep(longest, length, length);
            assertTrue(find(longest, length));
            assertArrayEquals(new byte[] {(byte) length, 7}, value);
            longest[length - 1] = 'b';
            assertFalse(find(longest, length), "the last byte counts");
            longest[length - 1] = 'a';
        }
    }

    @Test
    void shouldKeepWhatIsInUseBesideOthersOfItsPlace() {
        final String text = "771,4865";
        keep(text, 1);
        keep(text, 1);
        String other = "0";
        for (int i = 1; !sharePlace(text, other); i++) {
            other = Integer.toString(i);
        }
        for (int i = 0; i < 3; i++) {
            keep(other, 2);
            assertTrue(find(text));
        }
        assertArrayEquals(new byte[] {1, 7}, value);
    }

    private static boolean sharePlace(final String one, final String other) {
        final long difference = KnownValues.hash(text(one), one.length())
            ^ KnownValues.hash(text(other), other.length());
        return (difference >>> 40 & KnownValues.PLACES - 1) == 0;
    }
}
