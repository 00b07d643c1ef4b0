package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.protocol.BufferPool;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * Flows as rules see them: 8 bytes beside each flow's record, and a {@link RuleFlow} for those that need one. One
 * worker.
 */
final class RuleFlows implements AutoCloseable {
    /** Rules are not asked any more. */
    static final int SILENT = 1;
    /** Content is not looked at any more. */
    static final int STOPPED = 1 << 1;
    /** The lower endpoint's stream is looked at; the upper's in the next bit, as in all of the following. */
    static final int WATCHED = 1 << 2;
    /** The stream is not looked at. */
    static final int UNWATCHED = 1 << 4;
    /** Nobody else wants the stream. */
    static final int UNWANTED = 1 << 6;
    /** What follows is encrypted and nobody reads it: payload is not looked at any more. */
    static final int SEALED = 1 << 14;
    /** How many protocols were known when rules were asked last, of what goes to the server; to the client above. */
    static final int KNOWN_SHIFT = 8;
    static final int KNOWN_BITS = 3;

    private static final int LENGTH = 8;
    private static final int NUMBER = 0;
    private static final int FLAGS = 4;

    private final NativeMemory.Region region;
    private final BufferPool pool;
    private final int most;
    private final Counters counters;
    private RuleFlow[] made = new RuleFlow[64];
    private int[] free = new int[64];
    private int freeCount;
    private int madeCount;

    RuleFlows(final long flows, final int most, final BufferPool pool, final Counters counters) {
        region = NativeMemory.allocateLazily(NativeMemory.Tag.RULES, flows * LENGTH, NativeMemory.CACHE_LINE);
        this.most = most;
        this.pool = pool;
        this.counters = counters;
    }

    void start(final long handle) {
        UnsafeApi.putLong(region.address() + handle * LENGTH, 0);
    }

    int flags(final long handle) {
        return UnsafeApi.getInt(region.address() + handle * LENGTH + FLAGS);
    }

    void flags(final long handle, final int flags) {
        UnsafeApi.putInt(region.address() + handle * LENGTH + FLAGS, flags);
    }

    void addFlags(final long handle, final int flags) {
        flags(handle, flags(handle) | flags);
    }

    /** Reads what asking rules about a flow needs first. */
    int touch(final long handle) {
        final RuleFlow flow = find(handle);
        return flow == null ? 0 : flow.windows[0].touch() + flow.windows[1].touch();
    }

    /** What is kept of a flow, or null. */
    RuleFlow find(final long handle) {
        final int number = UnsafeApi.getInt(region.address() + handle * LENGTH + NUMBER);
        return number == 0 ? null : made[number];
    }

    /** The same, made if there is none; null if there are as many as may be. */
    RuleFlow get(final long handle) {
        final RuleFlow found = find(handle);
        if (found != null) {
            return found;
        }
        final RuleFlow flow = take();
        if (flow == null) {
            counters.increment(Counter.RULE_FLOWS_REFUSED);
            return null;
        }
        flow.begin();
        UnsafeApi.putInt(region.address() + handle * LENGTH + NUMBER, flow.number);
        return flow;
    }

    private RuleFlow take() {
        if (freeCount > 0) {
            return made[free[--freeCount]];
        }
        if (madeCount == most) {
            return null;
        }
        madeCount++;
        if (madeCount == made.length) {
            made = Arrays.copyOf(made, 2 * madeCount);
            free = Arrays.copyOf(free, 2 * madeCount);
        }
        made[madeCount] = new RuleFlow(madeCount);
        return made[madeCount];
    }

    /** Gives back what is kept of a flow; its set is the caller's. */
    void end(final long handle, final RuleFlow flow) {
        flow.windows[0].close(pool);
        flow.windows[1].close(pool);
        flow.inUse = false;
        free[freeCount++] = flow.number;
        UnsafeApi.putInt(region.address() + handle * LENGTH + NUMBER, 0);
    }

    /** Has streams that began with a set begin anew with none; answers how many flows these were. */
    int leave(final LoadedSet set) {
        int left = 0;
        for (int i = 1; i <= madeCount; i++) {
            final RuleFlow flow = made[i];
            if (flow.inUse && flow.set == set) {
                flow.set = null;
                flow.windows[0].forgetRules();
                flow.windows[1].forgetRules();
                left++;
            }
        }
        return left;
    }

    @Override
    public void close() {
        region.close();
    }
}
