package io.weir.rule.match;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.Dataset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ValueSetTest {
    private static final int PAIRS = 10;

    /** One of many values that the sum which Java's arrays and strings have for a hash does not tell apart. */
    private static byte[] alike(final int number) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            text.append((number >>> i & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString().getBytes(US_ASCII);
    }

    @Test
    void shouldSpreadValuesThatWereMadeToMeet() {
        final Set<Integer> sums = new HashSet<>();
        final Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 1 << PAIRS; i++) {
            sums.add(Arrays.hashCode(alike(i)));
            hashes.add(ValueSet.hash(alike(i)));
        }
        assertEquals(1, sums.size());
        assertTrue(hashes.size() > 1_000, "only " + hashes.size() + " hashes");
    }

    @Test
    void shouldFindValuesInBytesAndTakeThemOut() {
        final ValueSet set = new ValueSet(0);
        assertTrue(set.add(alike(0)));
        set.mutable();
        final Input input = new Input();
        for (int i = 1; i < 1 << PAIRS; i++) {
            assertTrue(set.ask(input.wrap(alike(i), 0, 2 * PAIRS), Dataset.Command.SET));
        }
        assertEquals(1 << PAIRS, set.values().length);
        for (int i = 0; i < 1 << PAIRS; i++) {
            assertTrue(set.ask(input.wrap(alike(i), 0, 2 * PAIRS), Dataset.Command.IS_SET));
            assertTrue(set.ask(input, Dataset.Command.UNSET));
            assertTrue(set.ask(input, Dataset.Command.IS_NOT_SET));
        }
        assertEquals(0, set.size());
        assertEquals(0, set.values().length);
    }

    @Test
    void shouldTakeNoMoreThanItsLimitsAndAValueThatComesBack() {
        final ValueSet set = new ValueSet(2, 1 << 20);
        set.mutable();
        final Input input = new Input();
        assertTrue(set.ask(input.wrap(alike(1), 0, 2 * PAIRS), Dataset.Command.SET));
        assertTrue(set.takeChanged() && !set.takeChanged());
        assertTrue(!set.ask(input, Dataset.Command.SET) && !set.takeChanged(), "it is there");
        assertTrue(set.ask(input.wrap(alike(2), 0, 2 * PAIRS), Dataset.Command.SET));
        assertTrue(!set.ask(input.wrap(alike(3), 0, 2 * PAIRS), Dataset.Command.SET));
        assertEquals(1, set.refused());
        assertTrue(set.ask(input.wrap(alike(1), 0, 2 * PAIRS), Dataset.Command.UNSET));
        assertTrue(set.ask(input, Dataset.Command.SET), "in the place it had");
        assertEquals(2, set.size());
        final ValueSet small = new ValueSet(0, 100);
        small.mutable();
        assertTrue(small.ask(input, Dataset.Command.SET)
            && !small.ask(input.wrap(alike(2), 0, 2 * PAIRS), Dataset.Command.SET), "bytes are limited too");
    }

    /** Whoever comes first adds a value; all others find it. */
    @Test
    void shouldAddEachValueOnceWhateverWorkersMeet() throws InterruptedException {
        final int workers = 4;
        final ValueSet set = new ValueSet(0);
        set.mutable();
        final AtomicInteger added = new AtomicInteger();
        final Thread[] threads = new Thread[workers];
        for (int i = 0; i < workers; i++) {
            threads[i] = new Thread(() -> {
                final Input input = new Input();
                for (int value = 0; value < 1 << PAIRS; value++) {
                    added.addAndGet(set.ask(input.wrap(alike(value), 0, 2 * PAIRS), Dataset.Command.SET) ? 1 : 0);
                }
            });
            threads[i].start();
        }
        for (final Thread thread : threads) {
            thread.join();
        }
        assertEquals(1 << PAIRS, added.get());
        assertEquals(1 << PAIRS, set.size());
    }

    @Test
    void shouldKeepNoSecondTableOfWhatRulesChange() {
        final ValueSet set = new ValueSet(1 << PAIRS);
        for (int value = 0; value < 1 << PAIRS; value++) {
            set.add(alike(value));
        }
        final long table = 4L * (2 << PAIRS);
        assertTrue(set.heapBytes() > table);
        set.mutable();
        final ValueSet empty = new ValueSet(1 << PAIRS);
        empty.mutable();
        // values with their places, and the chains that an empty set has as well
        assertTrue(set.heapBytes() - empty.heapBytes() < (1L << PAIRS) * (2 * PAIRS + 48) + table / 2);
        assertEquals(1 << PAIRS, set.size());
    }

    @Test
    void shouldMissNothingWhileItBecomesOneThatRulesChange() throws InterruptedException {
        final Input input = new Input();
        final byte[] value = alike(1);
        for (int round = 0; round < 200; round++) {
            final ValueSet set = new ValueSet(0);
            set.add(value);
            final AtomicInteger missed = new AtomicInteger();
            final Thread worker = new Thread(() -> {
                final Input own = new Input().wrap(value, 0, value.length);
                for (int i = 0; i < 5_000; i++) {
                    missed.addAndGet(set.ask(own, Dataset.Command.IS_SET) ? 0 : 1);
                }
            });
            worker.start();
            set.mutable();
            assertTrue(set.ask(input.wrap(value, 0, value.length), Dataset.Command.IS_SET));
            worker.join();
            assertEquals(0, missed.get());
        }
    }
}
