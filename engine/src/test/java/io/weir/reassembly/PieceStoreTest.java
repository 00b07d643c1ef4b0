package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceStoreTest {
    private static final int LONGEST = 65_535;

    @Test
    void shouldHoldPiecesInOrderOfSequenceAcrossTheWrap() {
        try (PieceFixture at = new PieceFixture(8, 1)) {
            at.insert(20, "cc", OverlapRule.OLD);
            at.insert(-10, "aa", OverlapRule.OLD);
            at.insert(-1, "bb", OverlapRule.OLD);
            assertEquals("-10:aa -1:bb 20:cc", at.drain());
        }
    }

    @Test
    void shouldTellWhatWasNewAndWhatWasThere() {
        try (PieceFixture at = new PieceFixture(8, 1)) {
            at.insert(2, "aa", OverlapRule.OLD);
            assertEquals(2, at.store.storedBytes());
            assertEquals(0, at.store.overlapBytes());
            at.insert(0, "bbbbbb", OverlapRule.OLD);
            assertEquals(4, at.store.storedBytes());
            assertEquals(2, at.store.overlapBytes());
            assertEquals("0:bbaabb", at.drain());
        }
    }

    @Test
    void shouldPutTheNewCopyIntoTheMiddleOfTheOldOne() {
        try (PieceFixture at = new PieceFixture(8, 1)) {
            at.insert(-3, "aaaaaa", OverlapRule.NEW);
            at.insert(-1, "bb", OverlapRule.NEW);
            assertEquals("-3:aabbaa", at.drain());
        }
    }

    @Test
    void shouldFindNoDifferenceWhereCopiesAgree() {
        try (PieceFixture at = new PieceFixture(8, 1)) {
            at.insert(0, "abcdefghij", OverlapRule.OLD);
            at.insert(3, "defghijk", OverlapRule.OLD);
            assertFalse(at.store.isDiffering());
            assertEquals(0, at.store.differingLength());
        }
    }

    @Test
    void shouldHashBothCopiesOfTheOverlapWithTheFirstDifference() {
        try (PieceFixture at = new PieceFixture(16, 1)) {
            at.insert(0, "abc", OverlapRule.LEFT_ELSE_OLD);
            at.insert(10, "def", OverlapRule.LEFT_ELSE_OLD);
            at.insert(20, "ghi", OverlapRule.LEFT_ELSE_OLD);
            at.insert(1, "bc.......dEf.......gHi", OverlapRule.LEFT_ELSE_OLD);
            assertTrue(at.store.isDiffering());
            assertEquals(10, at.store.differingSequence());
            assertEquals(3, at.store.differingLength());
            assertEquals(PieceFixture.hash("dEf"), at.store.keptHash());
            assertEquals(PieceFixture.hash("def"), at.store.refusedHash());
        }
    }

    @Test
    void shouldTellTheDifferenceOfSegmentsCutOverChunks() {
        try (PieceFixture at = new PieceFixture(64, 1)) {
            at.insert(0, "a".repeat(5000) + "b", OverlapRule.OLD);
            at.insert(0, "a".repeat(5000) + "c", OverlapRule.OLD);
            assertEquals(0, at.store.differingSequence());
            assertEquals(5001, at.store.differingLength());
            assertEquals(PieceFixture.hash("a".repeat(5000) + "b"), at.store.keptHash());
        }
    }

    @Test
    void shouldHashByContentAndLength() {
        assertEquals(PieceFixture.hash("abcdefghijk"), PieceFixture.hash("abcdefghijk"));
        assertNotEquals(PieceFixture.hash("abcdefghijk"), PieceFixture.hash("abcdefghijl"));
        assertNotEquals(PieceFixture.hash("abcdefghabcdefgi"), PieceFixture.hash("abcdefgiabcdefgh"));
        assertNotEquals(PieceFixture.hash("\0\0"), PieceFixture.hash("\0"));
        assertNotEquals(PieceFixture.hash("\0".repeat(8)), PieceFixture.hash("\0".repeat(16)));
    }

    @ParameterizedTest
    @EnumSource(OverlapRule.class)
    void shouldLetProvisionalCopiesLoseAgainstOthersWhateverTheRule(final OverlapRule rule) {
        try (PieceFixture at = new PieceFixture(16, 1)) {
            at.insert(0, "pppp", rule, PieceStore.PROVISIONAL);
            at.insert(2, "aaaa", rule);
            at.insert(1, "qqqqqqq", rule, PieceStore.PROVISIONAL);
            final String text = at.drain();
            assertTrue(text.matches("0:p[pq]aaaaqq"), text);
        }
    }

    @Test
    void shouldRemoveTheFirstPiece() {
        try (PieceFixture at = new PieceFixture(8, 1)) {
            at.insert(-2, "abcd", OverlapRule.OLD);
            at.insert(10, "e", OverlapRule.OLD);
            at.root = at.store.removeFirst(at.root);
            assertEquals("10:e", at.drain());
            assertEquals(PieceStore.EMPTY, at.store.removeFirst(PieceStore.EMPTY));
        }
    }

    @Test
    void shouldTakeTheLongestSegmentOverAnother() {
        try (PieceFixture at = new PieceFixture(80, 1)) {
            at.insert(-40_000, "a".repeat(LONGEST), OverlapRule.LEFT_ELSE_OLD);
            assertEquals(33, at.store.inUse());
            at.insert(-40_001, "b".repeat(LONGEST), OverlapRule.LEFT_ELSE_OLD);
            assertEquals(LONGEST - 1, at.store.overlapBytes());
            assertEquals(LONGEST - 1, at.store.differingLength());
            assertEquals("-40001:" + "b".repeat(LONGEST) + "a", at.drain());
        }
    }

    @Test
    void shouldDoNothingWithAnEmptySegment() {
        try (PieceFixture at = new PieceFixture(1, 1)) {
            at.insert(0, "", OverlapRule.OLD);
            assertEquals(PieceStore.EMPTY, at.root);
            assertFalse(at.store.isRefused());
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndChangeNothing() {
        try (PieceFixture at = new PieceFixture(2, 1)) {
            at.insert(0, "aa", OverlapRule.LEFT_ELSE_OLD);
            at.insert(10, "bb", OverlapRule.LEFT_ELSE_OLD);
            at.insert(11, "xxx", OverlapRule.LEFT_ELSE_OLD);
            assertTrue(at.store.isRefused());
            assertEquals(0, at.store.storedBytes());
            assertFalse(at.store.isDiffering());
            assertEquals("0:aa 10:bb", at.drain());
        }
    }

    @Test
    void shouldReplaceWholePiecesWithoutAFreeChunk() {
        try (PieceFixture at = new PieceFixture(3, 1)) {
            at.insert(0, "a".repeat(5000), OverlapRule.NEW);
            assertEquals(3, at.store.inUse());
            at.insert(0, "b".repeat(5000), OverlapRule.NEW);
            assertFalse(at.store.isRefused());
            at.insert(-1, "c".repeat(5002), OverlapRule.NEW);
            assertFalse(at.store.isRefused());
            assertEquals("-1:" + "c".repeat(5002), at.drain());
        }
    }

    @Test
    void shouldShareChunksWhereRulesDoNotLookAtBounds() {
        try (PieceFixture at = new PieceFixture(1, 1)) {
            for (int i = 0; i < 2000; i++) {
                at.insert(i, "a", OverlapRule.OLD);
                assertFalse(at.store.isRefused());
            }
            assertEquals("0:" + "a".repeat(2000), at.drain());
        }
    }

    @Test
    void shouldGiveEachTreeBackByItself() {
        try (PieceFixture at = new PieceFixture(64, 1)) {
            at.insert(0, "a".repeat(9000), OverlapRule.OLD);
            final int other = at.root;
            at.root = PieceStore.EMPTY;
            at.insert(0, "b".repeat(5000), OverlapRule.OLD);
            assertEquals(5, at.store.free(other));
            assertEquals(3, at.store.inUse());
            assertEquals(0, at.store.free(PieceStore.EMPTY));
            assertEquals("0:" + "b".repeat(5000), at.drain());
        }
    }

    @Test
    void shouldSayHowMuchMemoryAStoreNeeds() {
        assertEquals("memory for reassembly must hold 1 to 2147483647 chunks of 2048 bytes; 2047 bytes do not",
            assertThrows(IllegalArgumentException.class, () -> new PieceStore(2047)).getMessage());
    }

    /** Orders that make a list or a plain search tree slow: rising, falling, outside in, every second one. */
    @ParameterizedTest
    @ValueSource(strings = {"rising", "falling", "outside in", "combs", "random"})
    void shouldFindItsPlaceInLogarithmicTimeWhateverTheOrder(final String order) {
        final int count = 1 << 15;
        final Random random = new Random(7);
        try (PieceFixture at = new PieceFixture(count, 3)) {
            long most = 0;
            for (int i = 0; i < count; i++) {
                final int place = switch (order) {
                    case "rising" -> i;
                    case "falling" -> -i;
                    case "outside in" -> (i & 1) == 0 ? i : 2 * count - i;
                    case "combs" -> (i & 127) * 256 + (i >> 7);
                    default -> random.nextInt(1 << 28);
                };
                final long before = at.store.comparisons();
                at.insert(2 * place, "a", OverlapRule.LEFT_ELSE_OLD);
                most = Math.max(most, at.store.comparisons() - before);
            }
            // a handful of walks down a tree of 2^15; 45 is three times its best depth
            assertTrue(most < 6 * 45, most + " comparisons for one of " + count);
            final long before = at.store.comparisons();
            int left = at.store.inUse();
            while (at.root != PieceStore.EMPTY) {
                at.root = at.store.removeFirst(at.root);
                left--;
            }
            assertEquals(0, left);
            assertTrue(at.store.comparisons() - before < 45L * count);
        }
    }

    @ParameterizedTest
    @EnumSource(OverlapRule.class)
    void shouldNotPassVeryManySmallPiecesAgainAndAgain(final OverlapRule rule) {
        final int count = 1400;
        try (PieceFixture at = new PieceFixture(4 * count, 3)) {
            for (int i = 0; i < count; i++) {
                // each starts after the one before and reaches further: all of them keep a byte against what follows
                at.insert(i, "a".repeat(count + 1), rule);
                at.insert(4 * count + 2 * i, "b", rule, i & PieceStore.PROVISIONAL);
            }
            at.insert(count - 1, "c".repeat(2 * count), rule);
            at.insert(4 * count, "d".repeat(2 * count), rule);
            final long before = at.store.comparisons();
            at.insert(count - 1, "e".repeat(2 * count), rule);
            at.insert(4 * count, "f", rule, PieceStore.PROVISIONAL);
            at.insert(4 * count + 1, "g".repeat(2 * count), rule);
            final long comparisons = at.store.comparisons() - before;
            assertTrue(comparisons < 10_000, comparisons + " comparisons");
        }
    }

    @Test
    void shouldAllocateNothing() {
        final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final byte[] data = new byte[3000];
        try (PieceFixture at = new PieceFixture(256, 1)) {
            churn(at, data);
            final long before = threads.getCurrentThreadAllocatedBytes();
            churn(at, data);
            final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < 1000, allocated + " bytes allocated");
        }
    }

    private static void churn(final PieceFixture at, final byte[] data) {
        for (int i = 0; i < 20_000; i++) {
            data[0] = (byte) i;
            at.insert(i * 7919 % 100_003, data, OverlapRule.LEFT_ELSE_LONGER, i & PieceStore.PROVISIONAL);
            if (at.store.isRefused()) {
                at.root = at.store.removeFirst(at.root);
            }
        }
    }
}
