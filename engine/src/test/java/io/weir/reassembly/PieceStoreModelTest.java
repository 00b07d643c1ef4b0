package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random segments, at sequences that wrap, against {@link PieceModel}. */
class PieceStoreModelTest {
    private static final int SEEDS = 3;
    private static final int STEPS = 400;

    private final UnsafeBuffer hashed = new UnsafeBuffer(ByteBuffer.allocateDirect(1 << 16));

    private Random random;
    private PieceFixture at;
    private PieceModel model;
    private int base;
    private int delivered;
    private int refusals;
    private String where;

    @ParameterizedTest
    @EnumSource(OverlapRule.class)
    void shouldHoldWhatTheModelHolds(final OverlapRule rule) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(rule, seed, 400, 40, 4000);
            run(rule, seed, 20_000, 7000, 4000);
        }
        assertEquals(0, refusals);
    }

    @ParameterizedTest
    @EnumSource(OverlapRule.class)
    void shouldDoAllOrNothingWhenThePoolIsExhausted(final OverlapRule rule) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            run(rule, seed, 400, 40, 12);
            run(rule, seed, 20_000, 7000, 12);
        }
        assertTrue(refusals > 60, "only " + refusals + " refusals");
    }

    private void run(final OverlapRule rule, final long seed, final int window, final int longest, final int chunks) {
        random = new Random(seed);
        at = new PieceFixture(chunks, seed);
        model = new PieceModel(1 << 20);
        base = -random.nextInt(2 * window);
        delivered = 0;
        for (int step = 0; step < STEPS; step++) {
            where = rule + ", seed " + seed + ", window " + window + ", step " + step;
            if (random.nextInt(8) == 0) {
                deliver();
            } else {
                insert(rule, window, longest);
            }
            if (step % 8 == 0) {
                assertHeld();
            }
        }
        assertHeld();
        at.close();
    }

    private void insert(final OverlapRule rule, final int window, final int longest) {
        final byte[] data = new byte[1 + random.nextInt(random.nextInt(4) == 0 ? longest : 1 + longest / 4)];
        final int place = delivered + random.nextInt(window);
        final int flags = random.nextInt(4) == 0 ? PieceStore.PROVISIONAL : 0;
        // a period of two, so that copies often agree
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (random.nextInt(200) == 0 ? 'x' : 'a' + (place + i & 1));
        }
        final int free = at.store.capacity() - at.store.inUse();
        at.insert(base + place, data, rule, flags);
        if (at.store.isRefused()) {
            // pieces may be cut, so that more is needed than the bytes alone would
            assertTrue(free < data.length / PieceHeader.DATA_LENGTH_MAX + 3, where);
            assertEquals(free, at.store.capacity() - at.store.inUse(), where);
            refusals++;
            return;
        }
        model.insert(place, data, rule, flags);
        assertEquals(model.storedBytes, at.store.storedBytes(), where);
        assertEquals(model.overlapBytes, at.store.overlapBytes(), where);
        assertEquals(model.differing, at.store.isDiffering(), where);
        if (model.differing) {
            assertEquals(base + model.differingPlace, at.store.differingSequence(), where);
            assertEquals(model.kept.length, at.store.differingLength(), where);
            assertEquals(hash(model.kept), at.store.keptHash(), where);
            assertEquals(hash(model.refused), at.store.refusedHash(), where);
        } else {
            assertEquals(0, at.store.differingLength(), where);
        }
    }

    private long hash(final byte[] data) {
        hashed.putBytes(0, data);
        return PieceStore.hash(hashed.addressOffset(), data.length);
    }

    private void deliver() {
        final int first = at.store.first(at.root);
        if (first == PieceStore.EMPTY) {
            return;
        }
        final int pieceStart = at.store.sequence(first) - base;
        final int pieceEnd = pieceStart + at.store.length(first);
        delivered = Math.max(delivered, pieceEnd);
        at.root = at.store.removeFirst(at.root);
        model.remove(pieceStart, pieceEnd);
    }

    private void assertHeld() {
        int held = 0;
        int previousEnd = Integer.MIN_VALUE;
        for (int piece = at.store.first(at.root); piece != PieceStore.EMPTY; piece = at.store.next(at.root, piece)) {
            final int place = at.store.sequence(piece) - base;
            assertTrue(place >= previousEnd, where);
            final byte[] data = at.bytes(piece);
            for (int i = 0; i < data.length; i++) {
                final PieceModel.Cell cell = model.cell(place + i);
                assertTrue(cell != null, where);
                assertEquals(cell.value(), data[i], where);
                assertEquals(cell.segment().flags(), at.store.flags(piece), where);
            }
            held += data.length;
            previousEnd = place + data.length;
        }
        assertEquals(model.held(), held, where);
    }
}
