package io.weir.rule.pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** What the sieve says to hold nothing holds nothing. */
final class PairSieveTest {
    private static final int MOST = 300;

    private static PatternSet set(final boolean noCase, final String... patterns) {
        final PatternSet set = new PatternSet();
        Arrays.stream(patterns).forEach(each -> set.add(each.getBytes(ISO_8859_1), noCase));
        return set;
    }

    private static boolean mayHold(final PairSieve sieve, final byte[] bytes, final int length) {
        try (NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.PATTERNS, length, 1)) {
            for (int i = 0; i < length; i++) {
                UnsafeApi.putByte(region.address() + i, bytes[i]);
            }
            return sieve.mayHold(region.address(), length);
        }
    }

    @Test
    void shouldNeverMissAPatternWhereverItStands() {
        final Random random = new Random(1);
        final String[] patterns = {" gid=", "ab", "\0\0\1"};
        for (int i = 0; i < 20_000; i++) {
            final boolean noCase = random.nextBoolean();
            final PairSieve sieve = PairSieve.of(set(noCase, patterns));
            final byte[] bytes = new byte[MOST];
            random.nextBytes(bytes);
            final int length = 9 + random.nextInt(MOST - 9);
            final String pattern = patterns[random.nextInt(patterns.length)];
            final byte[] placed = (noCase && random.nextBoolean() ? pattern.toUpperCase(Locale.ROOT)
                : pattern).getBytes(ISO_8859_1);
            final int at = random.nextInt(length - placed.length + 1);
            System.arraycopy(placed, 0, bytes, at, placed.length);
            assertTrue(mayHold(sieve, bytes, length), pattern + " at " + at + " of " + length);
        }
    }

    @Test
    void shouldMostlySayThatThereIsNothing() {
        final Random random = new Random(2);
        final PairSieve sieve = PairSieve.of(set(true, " gid=", "secret"));
        int held = 0;
        for (int i = 0; i < 2_000; i++) {
            final byte[] bytes = new byte[172];
            random.nextBytes(bytes);
            held += mayHold(sieve, bytes, bytes.length) ? 1 : 0;
        }
        assertTrue(held < 100, held + " of 2000");
        assertFalse(mayHold(sieve, "what nobody looks for".getBytes(ISO_8859_1), 21));
    }

    @Test
    void shouldBeThereOnlyForAFewPatternsOfTwoBytesAndMore() {
        assertNotNull(PairSieve.of(set(false, "ab", "cd", "ef")));
        assertNull(PairSieve.of(set(false, "ab", "c")));
        assertNull(PairSieve.of(set(false, "ab", "cd", "ef", "gh")));
        assertEquals(1, set(true, "ab", "AB").size());
    }
}
