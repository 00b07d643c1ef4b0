package io.weir.rule.detect;

import io.weir.protocol.BufferPool;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * The last bytes of a stream, and the rules that wait for more of it. Pooled with its flow; one worker.
 *
 * <p>A rule waits if one of its patterns was found and the rule did not match yet; it is asked again with each piece
 * until the bytes it was found in are gone.
 */
final class StreamWindow {
    /** Most rules that wait. */
    static final int MOST_WAITING = 16;

    private static final int FIRST_BYTES = 2 * 1024;

    private final int[] waiting = new int[MOST_WAITING];
    private final long[] places = new long[MOST_WAITING];
    private final boolean[] matched = new boolean[MOST_WAITING];
    private int waitingCount;
    private byte[] bytes;
    private int length;
    private int scanned;
    private long base;
    private long missing;
    private boolean open;

    /** Reads where the next bytes go. */
    int touch() {
        return bytes == null || length == bytes.length ? waitingCount : bytes[length];
    }

    /** True if anything of the stream was told. */
    boolean isOpen() {
        return open;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Place of its first byte in the stream. */
    long base() {
        return base;
    }

    /** How many bytes of the stream are lost right before its first byte. */
    long missing() {
        return missing;
    }

    /** How many of its bytes were scanned. */
    int scanned() {
        return scanned;
    }

    /** Notes that all of it was scanned. */
    void allScanned() {
        scanned = length;
    }

    boolean isDirty() {
        return scanned < length;
    }

    /** How many bytes can be taken before some must go that were not scanned. */
    int room(final int most) {
        return most - (length - scanned);
    }

    /**
     * Takes bytes; the oldest go if there would be more than {@code most}.
     *
     * @param count at most {@link #room}
     * @return false if there is no memory; then nothing is kept
     */
    boolean take(final DirectBuffer source, final int offset, final int count, final long place, final int most,
        final BufferPool pool) {
        if (!open || place != base + length) {
            restart(place);
        }
        if (length + count > most) {
            // a quarter more than must go, so that not every piece moves all bytes
            drop(Math.min(scanned, length + count - most + most / 4));
        }
        if (bytes == null || length + count > bytes.length) {
            final byte[] larger = pool.take(Math.min(most, Math.max(FIRST_BYTES, 2 * (length + count))));
            if (larger == null) {
                return false;
            }
            if (bytes != null) {
                System.arraycopy(bytes, 0, larger, 0, length);
                pool.giveBack(bytes);
            }
            bytes = larger;
        }
        source.getBytes(offset, bytes, length, count);
        length += count;
        return true;
    }

    /** Begins anew at a place: what was before is not connected with what follows. */
    void restart(final long place) {
        restart(place, 0);
    }

    /** The same, where bytes are lost before the place. */
    void restart(final long place, final long lost) {
        missing = lost;
        length = 0;
        scanned = 0;
        base = place;
        waitingCount = 0;
        open = true;
    }

    private void drop(final int count) {
        if (count > 0) {
            missing = 0;
        }
        System.arraycopy(bytes, count, bytes, 0, length - count);
        length -= count;
        scanned -= count;
        base += count;
        int kept = 0;
        for (int i = 0; i < waitingCount; i++) {
            if (places[i] >= base) {
                waiting[kept] = waiting[i];
                matched[kept] = matched[i];
                places[kept++] = places[i];
            }
        }
        waitingCount = kept;
    }

    /** Has the rules that wait asked again, and those not asked that have matched without a pattern. */
    void resume(final Candidates candidates) {
        for (int i = 0; i < waitingCount; i++) {
            if (!matched[i]) {
                candidates.add(waiting[i]);
            }
        }
    }

    /** True if a rule without a pattern has matched in these bytes already. */
    boolean hasMatched(final int rule) {
        for (int i = 0; i < waitingCount; i++) {
            if (waiting[i] == rule && matched[i]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes a rule: to be asked again, or, if it matched and has no pattern, not to be asked again in these bytes.
     *
     * @return false if too many are noted
     */
    boolean note(final int rule, final boolean hasMatched) {
        for (int i = 0; i < waitingCount; i++) {
            if (waiting[i] == rule) {
                matched[i] = hasMatched;
                return true;
            }
        }
        if (waitingCount == MOST_WAITING) {
            return false;
        }
        waiting[waitingCount] = rule;
        matched[waitingCount] = hasMatched;
        places[waitingCount++] = base + length;
        return true;
    }

    /** A rule does not wait any more. */
    void forget(final int rule) {
        for (int i = 0; i < waitingCount; i++) {
            if (waiting[i] == rule) {
                waitingCount--;
                waiting[i] = waiting[waitingCount];
                matched[i] = matched[waitingCount];
                places[i] = places[waitingCount];
                return;
            }
        }
    }

    /** Forgets which rules wait: their numbers mean nothing any more. */
    void forgetRules() {
        waitingCount = 0;
    }

    /** Gives its memory back. */
    void close(final BufferPool pool) {
        if (bytes != null) {
            pool.giveBack(bytes);
            bytes = null;
        }
        restart(0);
        open = false;
    }

    @Override
    public String toString() {
        return base + "+" + length + " " + Arrays.toString(waiting);
    }
}
