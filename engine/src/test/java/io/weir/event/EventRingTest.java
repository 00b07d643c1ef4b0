package io.weir.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRingTest {
    private final long inUseBefore = NativeMemory.inUse(NativeMemory.Tag.EVENT_RING);
    private static final int CAPACITY = 256 * 1024;
    /** A body that makes a record of 1 KiB. */
    private static final int BODY = 1024 - EventRing.HEADER_LENGTH;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private EventRing ring = new EventRing(CAPACITY, false);

    @AfterEach
    void leavesNoMemory() {
        ring.close();
        ring.close();
        assertEquals(inUseBefore, NativeMemory.inUse(NativeMemory.Tag.EVENT_RING));
    }

    private boolean write(final int length, final long sequence) {
        final int body = ring.claim(7, length, sequence, -sequence);
        if (body < 0) {
            return false;
        }
        fill(body, length, sequence);
        ring.commit();
        return true;
    }

    private void fill(final int body, final int length, final long sequence) {
        for (int i = 0; i < length; i++) {
            ring.buffer().putByte(body + i, (byte) (sequence * 31 + i));
        }
    }

    private void read(final int length, final long sequence) {
        final int body = ring.peek();
        assertTrue(body >= 0, "record " + sequence + " is missing");
        check(body, length, sequence);
        assertEquals(body, ring.peek(), "peeking takes nothing away");
        ring.advance();
    }

    private void check(final int body, final int length, final long sequence) {
        assertEquals(7, ring.type(body));
        assertEquals(sequence, ring.sequence(body));
        assertEquals(-sequence, ring.minor(body));
        assertEquals(0, body % 8);
        for (int i = 0; i < length; i++) {
            if (ring.buffer().getByte(body + i) != (byte) (sequence * 31 + i)) {
                throw new AssertionError("record " + sequence + " differs at byte " + i);
            }
        }
    }

    @Test
    void shouldHandOutNothingBeforeTheCommit() {
        assertEquals(-1, ring.peek());
        assertTrue(ring.claim(7, 10, 1, 2) >= 0);
        assertEquals(-1, ring.peek());
        ring.commit();
        assertTrue(ring.peek() >= 0);
    }

    @Test
    void shouldForgetAClaimThatIsNotCommitted() {
        assertTrue(ring.claim(9, BODY, 1, 2) >= 0);
        assertTrue(write(20, 5));
        read(20, 5);
        assertEquals(-1, ring.peek());
    }

    @Test
    void shouldKeepRecordsWholeAcrossTheEnd() {
        final Random random = new Random(1);
        long written = 0;
        long read = 0;
        final int[] lengths = new int[100_000];
        while (read < lengths.length) {
            while (written < lengths.length && random.nextInt(8) != 0) {
                final int length = random.nextInt(10) == 0 ? random.nextInt(EventRing.MAX_BODY + 1)
                    : random.nextInt(300);
                lengths[(int) written] = length;
                if (!write(length, written)) {
                    break;
                }
                written++;
            }
            while (read < written && random.nextInt(8) != 0) {
                read(lengths[(int) read], read);
                read++;
            }
        }
        assertEquals(-1, ring.peek());
    }

    @Test
    void shouldTakeEveryLengthAtEveryPlaceNearTheEnd() {
        for (int step = 0; step < 3 * CAPACITY / 8; step += 997) {
            final int length = 1 + step % 2000;
            assertTrue(write(length, step));
            read(length, step);
            assertTrue(write(EventRing.MAX_BODY, step + 1));
            read(EventRing.MAX_BODY, step + 1);
            assertEquals(-1, ring.peek());
        }
    }

    @Test
    void shouldRefuseWhatDoesNotFitAndCountIt() {
        int written = 0;
        while (write(BODY, written)) {
            written++;
        }
        assertEquals(CAPACITY * 3 / 4 / 1024, written);
        assertEquals(1, ring.refused());
        assertFalse(write(BODY, 0));
        assertEquals(2, ring.refused());
        read(BODY, 0);
        assertTrue(write(BODY, written));
        for (int i = 1; i <= written; i++) {
            read(BODY, i);
        }
        assertEquals(-1, ring.peek());
    }

    @Test
    void shouldKeepAQuarterForUrgentRecords() {
        int ordinary = 0;
        while (write(BODY, ordinary)) {
            ordinary++;
        }
        int urgent = 0;
        for (int body = claimUrgent(ordinary); body >= 0; body = claimUrgent(ordinary + urgent)) {
            fill(body, BODY, ordinary + urgent);
            ring.commit();
            urgent++;
        }
        assertEquals(CAPACITY / 1024, ordinary + urgent);
        assertEquals(2, ring.refused());
        for (int i = 0; i < ordinary + urgent; i++) {
            read(BODY, i);
        }
        assertEquals(-1, ring.peek());
    }

    private int claimUrgent(final long sequence) {
        return ring.claimUrgent(7, BODY, sequence, -sequence);
    }

    @Test
    void shouldRefuseABodyThatIsTooLong() {
        assertThrows(IllegalArgumentException.class, () -> ring.claim(7, EventRing.MAX_BODY + 1, 1, 1));
        assertTrue(ring.claim(7, EventRing.MAX_BODY, 1, 1) >= 0);
    }

    @Test
    void shouldRefuseACapacityThatIsNoPowerOfTwoOrTooSmall() {
        assertThrows(IllegalArgumentException.class, () -> new EventRing(CAPACITY + 8, false).close());
        assertThrows(IllegalArgumentException.class, () -> new EventRing(CAPACITY / 2, false).close());
    }

    @Test
    void shouldStopWaitingOnceAbandoned() throws InterruptedException {
        ring.close();
        ring = new EventRing(CAPACITY, true);
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread worker = start(failure, () -> {
            for (int i = 0; i < CAPACITY / 1024; i++) {
                write(BODY, i);
            }
            assertTrue(ring.refused() > 0);
        });
        ring.abandon();
        join(worker, failure);
    }

    /** Both ends at once, over a ring that is often full: everything arrives, in order and whole. */
    @Test
    void shouldDeliverEverythingInOrderBetweenTwoThreadsWhenMadeToWait() throws InterruptedException {
        ring.close();
        ring = new EventRing(CAPACITY, true);
        final int records = 100_000;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread worker = start(failure, () -> {
            for (int i = 0; i < records; i++) {
                assertTrue(write(length(i), i));
            }
        });
        final long deadline = System.nanoTime() + PATIENCE_NS;
        for (int i = 0; i < records; ) {
            final int body = ring.peek();
            if (body < 0) {
                assertTrue(System.nanoTime() - deadline < 0, "stuck at record " + i);
                assertNull(failure.get());
                LockSupport.parkNanos(1000);
                continue;
            }
            check(body, length(i), i);
            ring.advance();
            i++;
        }
        join(worker, failure);
        assertEquals(0, ring.refused());
        assertEquals(-1, ring.peek());
    }

    @Test
    void shouldWakeWhoeverReadsWhenThereIsNoRoom() throws InterruptedException {
        ring.close();
        ring = new EventRing(CAPACITY, true);
        final Thread reader = Thread.currentThread();
        ring.readBy(reader);
        final int records = 10 * CAPACITY / 1024;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final Thread worker = start(failure, () -> {
            for (int i = 0; i < records; i++) {
                assertTrue(write(BODY, i));
            }
            LockSupport.unpark(reader);
        });
        final long deadline = System.nanoTime() + PATIENCE_NS;
        for (int i = 0; i < records; ) {
            if (ring.peek() < 0) {
                LockSupport.parkNanos(PATIENCE_NS);
                assertTrue(System.nanoTime() - deadline < 0, "nobody woke the reader at record " + i);
                continue;
            }
            ring.advance();
            i++;
        }
        join(worker, failure);
        assertEquals(0, ring.refused());
    }

    @Test
    void shouldBeReadByTheWorkerItselfWhenThereIsNoRoom() {
        final int[] read = {0};
        ring.readHere(() -> {
            while (ring.peek() >= 0) {
                read(BODY, read[0]);
                read[0]++;
            }
        });
        final int records = 10 * CAPACITY / 1024;
        for (int i = 0; i < records; i++) {
            assertTrue(write(BODY, i), "record " + i);
        }
        assertEquals(0, ring.refused());
        assertTrue(read[0] > records - CAPACITY / 1024, "read " + read[0]);
    }

    @Test
    void shouldStartOverAtItsBeginning() {
        final int first = ring.claim(7, BODY, 0, 0);
        fill(first, BODY, 0);
        ring.commit();
        for (int round = 0; round < 3; round++) {
            for (int i = 1; i < CAPACITY / 1024 / 2; i++) {
                assertTrue(write(BODY, i));
            }
            for (int i = 0; i < CAPACITY / 1024 / 2; i++) {
                read(BODY, i);
            }
            assertEquals(-1, ring.peek());
            ring.startOver();
            assertEquals(-1, ring.peek());
            assertTrue(write(BODY, 0));
            assertEquals(first, ring.peek());
        }
    }

    private static int length(final int i) {
        return i % 1000 == 0 ? EventRing.MAX_BODY - i % 7 : i * 37 % 500;
    }

    private static Thread start(final AtomicReference<Throwable> failure, final Runnable work) {
        final Thread thread = new Thread(work, "worker");
        thread.setDaemon(true);
        thread.setUncaughtExceptionHandler((t, e) -> failure.set(e));
        thread.start();
        return thread;
    }

    private static void join(final Thread thread, final AtomicReference<Throwable> failure)
        throws InterruptedException {
        thread.join(TimeUnit.NANOSECONDS.toMillis(PATIENCE_NS));
        assertFalse(thread.isAlive(), "the worker waits for ever");
        assertNull(failure.get());
    }
}
