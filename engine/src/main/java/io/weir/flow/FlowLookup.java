package io.weir.flow;

import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Finds the record of a frame's flow by the hash: through the index, which knows all flows, and through a small table
 * of those that were found last, which is asked for a whole batch ahead. Owned by one worker.
 */
final class FlowLookup implements AutoCloseable {
    /** Frames whose flows are looked for in the index together. */
    private static final int SEARCHED = 256;
    /** Flows for which there is room in the index at first, and how many times as many when it is full. */
    private static final int FEW = 1 << 16;
    private static final int GROWTH = 4;

    private final FlowSlab slab;
    private final RecentFlows recent;
    private final double load;
    private final long portsMask;
    private final long vlanAndTunnelMask;
    /** Places in a batch of frames whose flow is looked for in the index. */
    private final int[] searched = new int[SEARCHED];
    private FlowIndex index;
    /** Flows for which there is room in it. */
    private int room;
    private long touched;

    FlowLookup(final FlowSlab slab, final FlowTableContext context, final double load) {
        this.slab = slab;
        this.load = load;
        room = context.growing() ? Math.min(slab.capacity(), FEW) : slab.capacity();
        index = new FlowIndex(room, load);
        recent = new RecentFlows(slab.capacity());
        portsMask = FlowKey.portsMask(context.vlanInKey());
        vlanAndTunnelMask = FlowKey.vlanAndTunnelMask(context.vlanInKey(), context.tunnelInKey());
    }

    /** Guesses the flows of a batch; see {@link FlowTable#fetch}. */
    void fetch(final Frame[] batch, final int count, final long[] handles) {
        for (int from = 0; from < count; from += SEARCHED) {
            search(batch, recall(batch, from, Math.min(count, from + SEARCHED), handles), handles);
        }
    }

    /** Tells the flows that were found last; notes the frames whose flow is not among them, and answers how many. */
    private int recall(final Frame[] batch, final int from, final int to, final long[] handles) {
        int unknown = 0;
        for (int i = from; i < to; i++) {
            final int record = recent.find(batch[i].flowHash);
            handles[i] = record;
            if (record == FlowSlab.NONE) {
                searched[unknown++] = i;
            }
        }
        return unknown;
    }

    private void search(final Frame[] batch, final int count, final long[] handles) {
        long sum = 0;
        for (int n = 0; n < count; n++) {
            sum += UnsafeApi.getLong(index.bucket(index.home(batch[searched[n]].flowHash)));
        }
        touched += sum;
        for (int n = 0; n < count; n++) {
            final long hash = batch[searched[n]].flowHash;
            final int likely = likely(index.bucket(index.home(hash)), hash);
            handles[searched[n]] = likely;
            if (likely != FlowSlab.NONE) {
                recent.put(hash, likely);
            }
        }
    }

    private static int likely(final long bucket, final long hash) {
        final long spreadTag = FlowIndex.spreadTag(hash);
        for (int word = 0; word < FlowIndex.WORDS; word++) {
            final long matches = FlowIndex.matches(bucket, word, spreadTag);
            if (matches != 0) {
                return FlowIndex.record(bucket, word, matches);
            }
        }
        return FlowSlab.NONE;
    }

    /**
     * Finds a frame's flow.
     *
     * @param likely a record that may be it, or {@link FlowSlab#NONE}
     * @return its record, or {@link FlowSlab#NONE} if there is no such flow
     */
    int find(final Frame frame, final int likely) {
        return likely != FlowSlab.NONE && isOf(likely, frame) ? likely : find(frame);
    }

    private int find(final Frame frame) {
        final long hash = frame.flowHash;
        final long spreadTag = FlowIndex.spreadTag(hash);
        int at = index.home(hash);
        for (int probes = index.buckets(); probes > 0; probes--) {
            final long bucket = index.bucket(at);
            for (int word = 0; word < FlowIndex.WORDS; word++) {
                long matches = FlowIndex.matches(bucket, word, spreadTag);
                while (matches != 0) {
                    final int record = FlowIndex.record(bucket, word, matches);
                    if (isOf(record, frame)) {
                        recent.put(hash, record);
                        return record;
                    }
                    matches &= matches - 1;
                }
            }
            if (!FlowIndex.isPassed(bucket)) {
                return FlowSlab.NONE;
            }
            at = index.after(at);
        }
        return FlowSlab.NONE;
    }

    /** True if a record is that of the frame's flow: there is no other one then. */
    private boolean isOf(final int record, final Frame frame) {
        return FlowRecord.isKeyOf(slab.hot(record), frame, portsMask,
            FlowKey.vlanAndTunnelMask(frame.portsAndProtocol, vlanAndTunnelMask));
    }

    /** Takes up a flow that starts with a frame, and keeps in the record what finds its place again. */
    void insert(final Frame frame, final int record) {
        if (slab.live() > room) {
            grow();
        }
        FlowRecord.setHash(slab.cold(record), frame.flowHash);
        index.insert(frame.flowHash, record);
        recent.put(frame.flowHash, record);
    }

    /** Forgets a flow that has ended. Guesses name it still: its record must not have its key any more. */
    void remove(final int record) {
        index.remove(home(record), record);
    }

    private int home(final int record) {
        return index.home(FlowRecord.hashUpper(slab.cold(record)));
    }

    /** Moves all flows to a larger index: there is no room for more in this one. */
    private void grow() {
        final int more = (int) Math.min(slab.capacity(), (long) room * GROWTH);
        final FlowIndex larger = new FlowIndex(more, load);
        index.copyTo(larger, slab);
        index.close();
        index = larger;
        room = more;
    }

    /** Forgets all flows, which have ended. */
    void forgetAll() {
        index.clear();
    }

    /** Reads what {@link #remove} will write. */
    long touch(final int record) {
        return UnsafeApi.getLong(index.bucket(home(record)));
    }

    /** What {@link #fetch} has read; keeps the compiler from leaving it out. */
    long touched() {
        return touched;
    }

    @Override
    public void close() {
        index.close();
        recent.close();
    }
}
