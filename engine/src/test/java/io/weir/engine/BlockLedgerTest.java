package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BlockLedgerTest {
    private static final long NOTHING = -1;

    @Test
    void shouldFreeABlockOnceEveryWorkerPassedItsLastSequence() {
        final BlockLedger ledger = new BlockLedger(4, 2);
        ledger.open(10);
        ledger.refer(10, 0, 5);
        ledger.refer(10, 1, 7);
        ledger.open(11);
        assertEquals(NOTHING, ledger.takeFree(new long[] {5, 6}, false));
        assertEquals(10, ledger.takeFree(new long[] {5, 7}, false));
        assertEquals(1, ledger.openCount());
    }

    @Test
    void shouldKeepTheBlockThatFramesAreTakenFrom() {
        final BlockLedger ledger = new BlockLedger(4, 1);
        ledger.open(0);
        ledger.refer(0, 0, 1);
        assertEquals(NOTHING, ledger.takeFree(new long[] {1}, false));
    }

    @Test
    void shouldFreeTheUnfinishedBlockWhenAskedAndTakeItUpAgain() {
        final BlockLedger ledger = new BlockLedger(4, 1);
        ledger.open(3);
        ledger.refer(3, 0, 1);
        assertEquals(NOTHING, ledger.takeFree(new long[] {0}, true));
        assertEquals(3, ledger.takeFree(new long[] {1}, true));
        assertEquals(NOTHING, ledger.takeFree(new long[] {1}, true));
        ledger.open(3);
        ledger.refer(3, 0, 2);
        assertEquals(NOTHING, ledger.takeFree(new long[] {1}, true));
        ledger.open(4);
        assertEquals(3, ledger.takeFree(new long[] {2}, false));
    }

    @Test
    void shouldFreeInOrderAlone() {
        final BlockLedger ledger = new BlockLedger(4, 2);
        ledger.open(0);
        ledger.refer(0, 0, 9);
        ledger.open(1);
        ledger.refer(1, 1, 1);
        ledger.open(2);
        assertEquals(NOTHING, ledger.takeFree(new long[] {8, 1}, false));
        assertEquals(1, ledger.takeFree(new long[] {9, 1}, false));
    }

    @Test
    void shouldFreeBlocksNobodyRefersTo() {
        final BlockLedger ledger = new BlockLedger(4, 2);
        ledger.open(0);
        ledger.open(3);
        assertEquals(2, ledger.takeFree(new long[] {-1, -1}, false));
    }

    @Test
    void shouldTellHowFarAWorkerMustPassToFreeABlockAndAllBefore() {
        final BlockLedger ledger = new BlockLedger(8, 2);
        ledger.open(0);
        ledger.refer(0, 1, 40);
        ledger.open(1);
        ledger.refer(1, 0, 3);
        ledger.open(2);
        assertEquals(40, ledger.lastSequence(1, 1));
        assertEquals(3, ledger.lastSequence(1, 0));
        assertEquals(NOTHING, ledger.lastSequence(0, 0));
    }

    @Test
    void shouldNeverFreeABlockThatAWorkerStillReads() {
        final Random random = new Random(7);
        final int workers = 3;
        final int blocks = 5;
        final BlockLedger ledger = new BlockLedger(blocks, workers);
        final long[] published = {-1, -1, -1};
        final long[] passed = {-1, -1, -1};
        final long[][] last = new long[10_000][workers];
        long block = 0;
        long freed = -1;
        ledger.open(0);
        Arrays.fill(last[0], -1);
        for (int i = 0; i < 100_000; i++) {
            final int worker = random.nextInt(workers);
            switch (random.nextInt(4)) {
                case 0, 1 -> {
                    last[(int) block][worker] = ++published[worker];
                    ledger.refer(block, worker, published[worker]);
                }
                case 2 -> passed[worker] += random.nextInt((int) (published[worker] - passed[worker]) + 1);
                default -> {
                    if (ledger.openCount() < blocks && block + 1 < last.length) {
                        ledger.open(++block);
                        Arrays.fill(last[(int) block], -1);
                    }
                }
            }
            final long free = ledger.takeFree(passed, false);
            for (long b = freed + 1; b <= free; b++) {
                for (int w = 0; w < workers; w++) {
                    assertTrue(last[(int) b][w] <= passed[w], "block " + b + " freed too early");
                }
                freed = b;
            }
        }
        assertTrue(freed > 1_000, "hardly anything was freed: " + freed);
    }
}
