package io.weir.engine;

import java.util.Arrays;

/**
 * The flows with the most bytes, in memory for a few: Space-Saving (Metwally, Agrawal, El Abbadi 2005). A flow that has
 * more than a {@value #PLACES}th of all bytes is certain to be among them. One thread.
 */
final class HeavyFlows {
    private static final int PLACES = 64;

    private final long[] handles = new long[PLACES];
    private final long[] hashes = new long[PLACES];
    private final long[] bytes = new long[PLACES];
    /** What a place had before its flow took it, which may be another's. */
    private final long[] inherited = new long[PLACES];
    private long total;

    /**
     * Adds bytes to a flow.
     *
     * @return how many it has, at least
     */
    long add(final long handle, final long hash, final long added) {
        total += added;
        int least = 0;
        for (int i = 0; i < PLACES; i++) {
            if (hashes[i] == hash && handles[i] == handle) {
                bytes[i] += added;
                return bytes[i] - inherited[i];
            }
            if (bytes[i] < bytes[least]) {
                least = i;
            }
        }
        handles[least] = handle;
        hashes[least] = hash;
        inherited[least] = bytes[least];
        bytes[least] += added;
        return added;
    }

    /** Bytes of all flows. */
    long total() {
        return total;
    }

    void clear() {
        Arrays.fill(handles, 0);
        Arrays.fill(hashes, 0);
        Arrays.fill(bytes, 0);
        Arrays.fill(inherited, 0);
        total = 0;
    }
}
