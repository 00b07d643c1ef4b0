package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

class FlowIndexTest {
    private static final int ENTRIES = 5000;

    /** Buckets a search for this hash looks at before it finds the record, or gives up for -1. */
    private static int probes(final FlowIndex index, final long hash, final int record) {
        int at = index.home(hash);
        for (int probes = 1; probes <= index.buckets(); probes++) {
            final long bucket = index.bucket(at);
            for (int word = 0; word < FlowIndex.WORDS; word++) {
                long matches = FlowIndex.matches(bucket, word, FlowIndex.spreadTag(hash));
                while (matches != 0) {
                    if (FlowIndex.record(bucket, word, matches) == record) {
                        return probes;
                    }
                    matches &= matches - 1;
                }
            }
            if (!FlowIndex.isPassed(bucket)) {
                return -probes;
            }
            at = index.after(at);
        }
        throw new AssertionError("a search must end");
    }

    @Test
    void shouldFindWhatWasInsertedAndNothingElseThroughManyRemovals() {
        final Random random = new Random(1);
        final long[] hashes = new long[ENTRIES];
        try (FlowIndex index = new FlowIndex(ENTRIES, 0.95)) {
            for (int i = 0; i < ENTRIES; i++) {
                hashes[i] = random.nextLong();
                index.insert(hashes[i], i);
            }
            for (int round = 0; round < 200_000; round++) {
                final int record = random.nextInt(ENTRIES);
                assertTrue(probes(index, hashes[record], record) > 0);
                index.remove(index.home(hashes[record]), record);
                assertTrue(probes(index, hashes[record], record) < 0);
                // every third entry goes to one corner, so that chains are long
                hashes[record] = round % 3 == 0 ? random.nextLong() >>> 6 : random.nextLong();
                index.insert(hashes[record], record);
            }
            for (int i = 0; i < ENTRIES; i++) {
                index.remove(index.home(hashes[i]), i);
            }
            for (int bucket = 0; bucket < index.buckets(); bucket++) {
                assertFalse(FlowIndex.isPassed(index.bucket(bucket)), "a pass was left behind");
                assertEquals(0, UnsafeApi.getLong(index.bucket(bucket)));
            }
        }
    }

    @Test
    void shouldMissInOneCacheLineNearlyAlwaysEvenAfterManyRemovals() {
        final Random random = new Random(2);
        final long[] hashes = new long[ENTRIES * 4];
        for (final double load : new double[] {FlowIndex.MAX_LOAD, 0.85}) {
            try (FlowIndex index = new FlowIndex(hashes.length, load)) {
                for (int i = 0; i < hashes.length; i++) {
                    hashes[i] = random.nextLong();
                    index.insert(hashes[i], i);
                }
                for (int round = 0; round < 200_000; round++) {
                    final int record = random.nextInt(hashes.length);
                    index.remove(index.home(hashes[record]), record);
                    hashes[record] = random.nextLong();
                    index.insert(hashes[record], record);
                }
                double hits = 0;
                double misses = 0;
                for (int i = 0; i < hashes.length; i++) {
                    hits += probes(index, hashes[i], i);
                    misses -= probes(index, random.nextLong(), -1);
                }
                final boolean dense = load > 0.8;
                assertTrue(hits / hashes.length < (dense ? 1.4 : 1.05), "buckets per hit: " + hits / hashes.length);
                assertTrue(misses / hashes.length < (dense ? 3.5 : 1.15),
                    "buckets per miss: " + misses / hashes.length);
            }
        }
    }

    @Test
    void shouldNeverAnswerWithAFreeSlotAboveAMatch() {
        try (FlowIndex index = new FlowIndex(16, 0.5)) {
            index.insert(1, 5);
            index.insert(1, 6);
            index.insert(2, 7);
            index.remove(0, 6);
            final long bucket = index.bucket(0);
            assertEquals(0x8000, FlowIndex.matches(bucket, 0, FlowIndex.spreadTag(1)));
            assertEquals(5, FlowIndex.record(bucket, 0, 0x8000));
            assertEquals(0x8000_0000_0000L, FlowIndex.matches(bucket, 0, FlowIndex.spreadTag(2)));
            assertEquals(0, FlowIndex.matches(bucket, 1, FlowIndex.spreadTag(1)));
        }
    }

    @Test
    void shouldSayWhichRecordIsMissing() {
        try (FlowIndex index = new FlowIndex(16, 0.5)) {
            final IllegalStateException e = assertThrows(IllegalStateException.class, () -> index.remove(0, 3));
            assertTrue(e.getMessage().contains("3"));
        }
    }
}
