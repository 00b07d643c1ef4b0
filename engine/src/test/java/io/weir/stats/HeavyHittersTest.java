package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HeavyHittersTest {
    private final HeavyHitters talkers = new HeavyHitters(7);

    @Test
    void shouldAddUpWhatAFewAddressesSendAndReceive() {
        talkers.add(4, 0, 1, 100, 0, 1);
        talkers.add(4, 0, 2, 0, 100, 1);
        talkers.add(4, 0, 1, 0, 60, 1);
        talkers.add(6, 0, 1, 5, 0, 1);
        assertEquals(List.of(new HeavyHitters.Row(4, 0, 1, 100, 60, 2), new HeavyHitters.Row(4, 0, 2, 0, 100, 1),
            new HeavyHitters.Row(6, 0, 1, 5, 0, 1)), talkers.top(10));
        assertEquals(1, talkers.top(1).size());
    }

    @Test
    void shouldKeepThoseThatTalkMostInAFloodOfAddressesThatComeOnce() {
        final Random random = new Random(1);
        for (int i = 0; i < 200_000; i++) {
            talkers.add(4, 0, random.nextInt() & 0xffff_ffffL | 0x8000_0000L, 100, 0, 1);
            if (i % 10 == 0) {
                talkers.add(4, 0, 1 + i / 10 % 5, 1_000, 500, 1);
            }
        }
        final List<HeavyHitters.Row> top = talkers.top(5);
        for (final HeavyHitters.Row row : top) {
            assertTrue(row.lo() <= 5, "an address that came once is among the first: " + row);
            // four thousand times each; what was not seen before it had its place is missing
            assertTrue(row.bytes() > 0.9 * 4_000 * 1_500 && row.bytes() <= 4_000 * 1_500, row.toString());
        }
    }

    @Test
    void shouldForgetEverything() {
        talkers.add(4, 0, 1, 100, 0, 1);
        talkers.clear();
        assertEquals(List.of(), talkers.top(10));
    }
}
