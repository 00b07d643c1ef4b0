package io.weir.flow;

import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * The flows of a table by {@link EvictionClass}, each list in the order in which flows came into the class: doubly
 * linked through the records. A frame moves nothing, unless it changes the class, which happens twice at most.
 */
final class FlowLists {
    /** So many flows seen lately are spared in a row before one of them goes all the same. */
    private static final int SECOND_CHANCES = 16;

    private final FlowSlab slab;
    private final int[] heads = new int[EvictionClass.COUNT];
    private final int[] tails = new int[EvictionClass.COUNT];

    FlowLists(final FlowSlab slab) {
        this.slab = slab;
        clear();
    }

    /** Forgets all flows. */
    void clear() {
        Arrays.fill(heads, FlowSlab.NONE);
        Arrays.fill(tails, FlowSlab.NONE);
    }

    /** Appends a flow to the list its flags tell. */
    void append(final int record) {
        final int list = list(record);
        final int tail = tails[list];
        final long cold = slab.cold(record);
        UnsafeApi.putInt(cold + FlowRecord.NEXT, FlowSlab.NONE);
        UnsafeApi.putInt(cold + FlowRecord.PREVIOUS, tail);
        if (tail == FlowSlab.NONE) {
            heads[list] = record;
        } else {
            UnsafeApi.putInt(slab.cold(tail) + FlowRecord.NEXT, record);
        }
        tails[list] = record;
    }

    /** Takes a flow out of the list its flags tell. */
    void remove(final int record) {
        final int list = list(record);
        final long cold = slab.cold(record);
        final int next = UnsafeApi.getInt(cold + FlowRecord.NEXT);
        final int previous = UnsafeApi.getInt(cold + FlowRecord.PREVIOUS);
        if (previous == FlowSlab.NONE) {
            heads[list] = next;
        } else {
            UnsafeApi.putInt(slab.cold(previous) + FlowRecord.NEXT, next);
        }
        if (next == FlowSlab.NONE) {
            tails[list] = previous;
        } else {
            UnsafeApi.putInt(slab.cold(next) + FlowRecord.PREVIOUS, previous);
        }
    }

    /** Reads what taking a flow out will write beside it. */
    int touch(final int record) {
        final long cold = slab.cold(record);
        final int next = UnsafeApi.getInt(cold + FlowRecord.NEXT);
        final int previous = UnsafeApi.getInt(cold + FlowRecord.PREVIOUS);
        return (next == FlowSlab.NONE ? 0 : UnsafeApi.getInt(slab.cold(next) + FlowRecord.PREVIOUS))
            + (previous == FlowSlab.NONE ? 0 : UnsafeApi.getInt(slab.cold(previous) + FlowRecord.NEXT));
    }

    /** The flow that has to go when room is needed, or {@link FlowSlab#NONE} if there is no flow. */
    int victim() {
        for (int list = 0; list < EvictionClass.ESTABLISHED; list++) {
            if (heads[list] != FlowSlab.NONE) {
                return heads[list];
            }
        }
        for (int spared = 0; spared < SECOND_CHANCES; spared++) {
            final int head = heads[EvictionClass.ESTABLISHED];
            if (head == FlowSlab.NONE) {
                return head;
            }
            final long hot = slab.hot(head);
            final int flags = FlowRecord.flags(hot);
            if ((flags & FlowRecord.FLAG_SEEN) == 0) {
                return head;
            }
            UnsafeApi.putInt(hot + FlowRecord.FLAGS, flags & ~FlowRecord.FLAG_SEEN);
            remove(head);
            append(head);
        }
        return heads[EvictionClass.ESTABLISHED];
    }

    private int list(final int record) {
        return EvictionClass.of(FlowRecord.flags(slab.hot(record)));
    }
}
