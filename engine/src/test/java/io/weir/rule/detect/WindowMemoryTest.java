package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Blocks of memory: as long as asked for, none over another, and all of it there again when they are back. */
final class WindowMemoryTest {
    private static final int CHUNKS = 4;

    private final WindowMemory memory = new WindowMemory(CHUNKS * (long) WindowMemory.MAX + 1);

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldGiveBlocksAsLongAsAskedFor() {
        for (final int length : new int[] {0, 1, 2048, 2049, 4096, 5000, 32 * 1024, 32 * 1024 + 1, 64 * 1024}) {
            final int block = memory.take(length);
            assertNotEquals(WindowMemory.NONE, block);
            final int capacity = WindowMemory.capacity(block);
            assertTrue(capacity >= length && (capacity < 2 * length || capacity == WindowMemory.MIN), "of " + length);
            assertEquals(capacity, memory.inUse());
            memory.giveBack(block);
        }
        assertEquals(0, WindowMemory.capacity(WindowMemory.NONE));
        assertEquals(0, memory.inUse());
    }

    @Test
    void shouldHaveNoneLeftOnceAllIsOut() {
        for (int size = WindowMemory.MIN; size <= WindowMemory.MAX; size *= 2) {
            final List<Integer> blocks = new ArrayList<>();
            for (int block = memory.take(size); block != WindowMemory.NONE; block = memory.take(size)) {
                blocks.add(block);
            }
            assertEquals(CHUNKS * (WindowMemory.MAX / size), blocks.size());
            assertEquals(WindowMemory.NONE, memory.take(1));
            assertEquals((long) CHUNKS * WindowMemory.MAX, memory.inUse());
            blocks.forEach(memory::giveBack);
        }
    }

    @Test
    void shouldKeepBlocksApartWhateverWasAskedForBefore() {
        final Random random = new Random(6);
        final List<Integer> blocks = new ArrayList<>();
        for (int round = 0; round < 20_000; round++) {
            if (random.nextBoolean() && !blocks.isEmpty()) {
                memory.giveBack(blocks.remove(random.nextInt(blocks.size())));
            } else {
                final int block = memory.take(random.nextInt(WindowMemory.MAX >> random.nextInt(6)) + 1);
                if (block != WindowMemory.NONE) {
                    for (final int other : blocks) {
                        assertTrue(areApart(block, other), "in round " + round);
                    }
                    blocks.add(block);
                }
            }
        }
        blocks.forEach(memory::giveBack);
        assertEquals(0, memory.inUse());
        for (int i = 0; i < CHUNKS; i++) {
            assertNotEquals(WindowMemory.NONE, memory.take(WindowMemory.MAX), "no memory stays tied to a size");
        }
    }

    private boolean areApart(final int one, final int two) {
        return memory.address(one) + WindowMemory.capacity(one) <= memory.address(two)
            || memory.address(two) + WindowMemory.capacity(two) <= memory.address(one);
    }
}
