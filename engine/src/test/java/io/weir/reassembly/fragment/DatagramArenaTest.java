package io.weir.reassembly.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class DatagramArenaTest {
    private static final int BLOCK = DatagramArena.BLOCK_BYTES;

    @Test
    void shouldFillBlockAfterBlockAndUseAgainWhatWasReleased() {
        try (DatagramArena arena = new DatagramArena(2L * BLOCK)) {
            assertEquals(2, arena.blockCount());
            final long first = arena.claim(BLOCK - 100);
            assertEquals(first + BLOCK - 100, arena.claim(100));
            assertEquals(0, arena.block());
            assertEquals(first + BLOCK, arena.claim(BLOCK));
            assertEquals(1, arena.block());
            assertFalse(arena.hasRoom(1));
            assertEquals(0, arena.claim(1));
            arena.release(0);
            assertTrue(arena.hasRoom(1));
            assertEquals(first, arena.claim(1));
            assertEquals(2, arena.block());
        }
    }

    @Test
    void shouldRefuseWhatNoBlockHoldsInsteadOfWaitingForIt() {
        try (DatagramArena arena = new DatagramArena(2L * BLOCK)) {
            assertTrue(arena.hasRoom(BLOCK + 1));
            assertEquals(0, arena.claim(BLOCK + 1));
            assertNotEquals(0, arena.claim(BLOCK));
        }
    }
}
