package io.weir.flow;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * The flows of one worker, in native memory. Frames find or start their flow; flows that end are written as records to
 * the worker's event ring. Everything happens on the worker's thread; nothing is allocated after construction but a
 * larger index, where {@link FlowTableContext#growing} lets it grow.
 *
 * <p>A flow has timed out when a frame comes more than the time-out after the greatest stamp of the frames before it:
 * that is decided here, at look-up, so that start, end and reason depend on the flow's own frames alone. The sweep on
 * ticks only writes flows that nobody asks for.
 */
public final class FlowTable implements AutoCloseable {
    /** No flow: the frame has no flow key. */
    public static final long NO_FLOW = -1;

    private static final int TUNNELLED_SHARE = 4;
    /** Flows that are fetched together when they end. */
    private static final int FETCHED = 32;

    private final FlowSlab slab;
    private final FlowLookup lookup;
    private final FlowLists lists;
    private final TunnelEndpoints tunnelEndpoints;
    /** Null if none are kept. */
    private final HardwareAddresses hardware;
    private final FlowExpiry expiry;
    private final FlowRecordWriter writer;
    private final Counters counters;
    private FlowObserver observer = FlowObserver.NONE;
    private long touched;

    /**
     * Makes an empty table.
     *
     * @param context  concluded configuration; this table takes its share of the memory
     * @param events   where records of ended flows go; the caller keeps it
     * @param counters the worker's counters; the caller keeps them
     */
    public FlowTable(final FlowTableContext context, final EventRing events, final Counters counters) {
        this(context, events, counters, FlowIndex.MAX_LOAD);
    }

    FlowTable(final FlowTableContext context, final EventRing events, final Counters counters, final double load) {
        final int capacity = context.flowsPerTable();
        this.counters = counters;
        slab = new FlowSlab(capacity);
        lookup = new FlowLookup(slab, context, load);
        lists = new FlowLists(slab);
        tunnelEndpoints = new TunnelEndpoints(Math.max(1, capacity / TUNNELLED_SHARE));
        hardware = context.hardwareAddresses() ? new HardwareAddresses(capacity) : null;
        expiry = new FlowExpiry(slab, capacity, context.timeoutsNs());
        writer = new FlowRecordWriter(tunnelEndpoints, hardware, events, counters);
    }

    /** Sets who hears of flows that start and end; one observer, before the first frame. */
    public void observer(final FlowObserver value) {
        observer = value;
    }

    /**
     * Tells which flows the frames of a batch most likely belong to: those that were found for their hashes last, else
     * those that their index buckets alone tell, which are fetched in a pass before.
     *
     * @param batch   with {@link Frame#flowHash} set, 0 in what is no frame of a flow
     * @param handles takes the flow of each of the first {@code count} frames, or {@link #NO_FLOW}
     */
    public void fetch(final Frame[] batch, final int count, final long[] handles) {
        lookup.fetch(batch, count, handles);
    }

    /**
     * Fetches the record of a flow, so that the cache misses of a batch overlap.
     *
     * @param likely what {@link #fetch} has just answered, and not {@link #NO_FLOW}
     * @return something of what was read, which keeps the compiler from leaving it out
     */
    public long touch(final long likely) {
        final long hot = slab.hot((int) likely);
        return UnsafeApi.getLong(hot) + UnsafeApi.getLong(hot + FlowRecord.COUNTS);
    }

    /**
     * The handle that the next flow that starts will most likely get.
     *
     * @param before what was answered for the flow before it, or {@link #NO_FLOW}
     * @return that handle, or {@link #NO_FLOW}
     */
    public long following(final long before) {
        final int record = slab.following((int) before);
        return record == FlowSlab.NONE ? NO_FLOW : record;
    }

    /**
     * Fetches the record that a flow will take, and the next ones with it where none of them was ever in use.
     *
     * @param free what {@link #following} has answered
     * @return the handle behind the last one whose record was fetched: what goes by handle and was not fetched before
     *     lies at {@code free} and up to there
     */
    public long touchFree(final long free) {
        return slab.touchFree((int) free);
    }

    /**
     * Counts a frame in its flow, which starts with it if there was none or the old one has ended.
     *
     * @param frame decoded, with number, sequence, time and {@link Frame#flowHash} set
     * @return handle of the flow, valid until the flow ends, or {@link #NO_FLOW}
     */
    public long onFrame(final Frame frame) {
        return onFrame(frame, NO_FLOW);
    }

    /**
     * The same.
     *
     * @param likely what {@link #fetch} has answered for the frame, however long ago, or {@link #NO_FLOW}
     */
    public long onFrame(final Frame frame, final long likely) {
        return likely != NO_FLOW && goesOn(likely, frame) ? likely : onOther(frame, likely);
    }

    /**
     * Counts a frame that is just the next of a flow under way, as most are: besides counts, stamp and positions it
     * changes nothing, so that none of the questions of {@link #onOther} need be asked. False, with nothing changed,
     * for any other.
     */
    private boolean goesOn(final long likely, final Frame frame) {
        final long hot = slab.hot((int) likely);
        final int flags = FlowRecord.flags(hot);
        final int direction = FlowRecord.direction(flags, frame);
        final long counts = hot + FlowRecord.COUNTS + direction * 16L;
        final long frames = UnsafeApi.getLong(counts);
        final boolean steady = TcpTracker.isSteady(flags, frame);
        if (!steady && (frame.protocol == FlowProtocol.IP_TCP || frames == 0
            || EvictionClass.of(flags) == EvictionClass.UNESTABLISHED)
            || !FlowRecord.isKeyOf(hot, frame) || !expiry.isNext(hot, frame.timeNs) || !isPlain(frame)) {
            return false;
        }
        UnsafeApi.putLong(counts, frames + 1 + frame.carriedFrames);
        UnsafeApi.putLong(counts + Long.BYTES,
            UnsafeApi.getLong(counts + Long.BYTES) + frame.wireLength + frame.carriedBytes);
        FlowRecord.setSeen(hot, frame.timeNs);
        UnsafeApi.putInt(hot + FlowRecord.FLAGS, flags | FlowRecord.FLAG_SEEN | FlowRecord.tcpFlags(frame, direction));
        if (steady) {
            TcpTracker.advance(hot, frame, direction);
        }
        return true;
    }

    /** True if a frame is of a flow, whole, and taken by its receiver. */
    private static boolean isPlain(final Frame frame) {
        return (frame.flags & (Frame.FLOW_UNKNOWN | Frame.REFUSED)) == 0
            && (frame.plain != 0 || frame.fragmentOffset == 0 && !frame.moreFragments && frame.ipVersion != 0);
    }

    private long onOther(final Frame frame, final long likely) {
        if (!frame.hasFlow()) {
            return NO_FLOW;
        }
        int record = lookup.find(frame, (int) likely);
        if (record != FlowSlab.NONE) {
            final long hot = slab.hot(record);
            if (expiry.isTimedOut(hot, frame.timeNs)) {
                end(record, frame.sequence, EndReason.TIMEOUT);
                record = start(frame);
            } else if (TcpReuse.isToBeAsked(hot, frame) && isTakenTcp(frame)
                && TcpReuse.isReuse(hot, slab.cold(record), slab.rare(record), frame)) {
                end(record, frame.sequence, EndReason.TCP_REUSE);
                record = start(frame);
            }
        } else {
            record = start(frame);
        }
        count(record, frame);
        return record;
    }

    /**
     * Notes anomalies of a flow.
     *
     * @param anomalies a bit for each ordinal
     * @return those that were not noted before
     */
    public int noteAnomalies(final long handle, final int anomalies) {
        return FlowRecord.noteAnomalies(slab.hot((int) handle), slab.rare((int) handle), anomalies);
    }

    private static boolean isTakenTcp(final Frame frame) {
        // nobody takes a fragment before its datagram is whole
        return frame.protocol == FlowProtocol.IP_TCP && (frame.flags & Frame.REFUSED) == 0 && !frame.moreFragments
            && frame.fragmentOffset == 0;
    }

    private int start(final Frame frame) {
        int record = slab.take();
        if (record == FlowSlab.NONE) {
            evict(frame.sequence);
            record = slab.take();
        }
        final long hot = slab.hot(record);
        FlowRecord.setKey(hot, frame);
        FlowRecord.setStart(hot, slab.cold(record), frame,
            Initiator.isUpper(frame) ? FlowRecord.FLAG_INITIATOR_IS_UPPER : 0);
        if (frame.tunnels != 0) {
            FlowRecord.setTunnels(hot, slab.rare(record), frame.tunnels, endpoints(frame));
        }
        if (hardware != null) {
            hardware.keep(record, frame);
        }
        lookup.insert(frame, record);
        lists.append(record);
        expiry.start(record, hot);
        counters.increment(Counter.FLOWS_STARTED);
        observer.flowStarted(record, frame);
        return record;
    }

    private int endpoints(final Frame frame) {
        final int slot = tunnelEndpoints.keep(frame);
        if (slot == TunnelEndpoints.NONE) {
            counters.increment(Counter.TUNNEL_ENDPOINTS_LEFT_OUT);
        }
        return slot;
    }

    private void count(final int record, final Frame frame) {
        final long hot = slab.hot(record);
        final int before = FlowRecord.flags(hot);
        final int direction = FlowRecord.direction(before, frame);
        final long counts = hot + FlowRecord.COUNTS + direction * 16L;
        final long earlier = UnsafeApi.getLong(counts);
        final long frames = earlier + 1 + frame.carriedFrames;
        UnsafeApi.putLong(counts, frames);
        UnsafeApi.putLong(counts + Long.BYTES,
            UnsafeApi.getLong(counts + Long.BYTES) + frame.wireLength + frame.carriedBytes);
        expiry.seen(hot, frame);
        int after = before | FlowRecord.FLAG_SEEN;
        if (frame.tcpFlags != 0 && isTakenTcp(frame)) {
            if (TcpTracker.isSteady(before, frame)) {
                TcpTracker.advance(hot, frame, direction);
            } else {
                after = TcpTracker.update(hot, slab.cold(record), frame, after, direction);
            }
            after |= FlowRecord.tcpFlags(frame, direction);
        } else if (frame.protocol != FlowProtocol.IP_TCP && EvictionClass.of(after) != EvictionClass.ESTABLISHED) {
            after = EvictionClass.with(after, Math.max(EvictionClass.of(after),
                EvictionClass.ofOther(frames, FlowRecord.frames(hot, direction ^ 1))));
        }
        if (earlier == 0 && FlowProtocol.of(frame.protocol) == FlowProtocol.ICMP) {
            FlowRecord.setIcmp(slab.cold(record), direction, frame.icmpType, frame.icmpCode);
        }
        if (after != before) {
            setFlags(record, hot, before, after);
            // of other protocols the state changes with the first answer
            if (frame.protocol == FlowProtocol.IP_TCP ? expiry.isShorter(before, after)
                : earlier == 0 && FlowRecord.frames(hot, direction ^ 1) != 0) {
                expiry.stateChanged(record, hot);
            }
        }
    }

    private void setFlags(final int record, final long hot, final int before, final int after) {
        if (EvictionClass.of(before) == EvictionClass.of(after)) {
            UnsafeApi.putInt(hot + FlowRecord.FLAGS, after);
        } else {
            lists.remove(record);
            UnsafeApi.putInt(hot + FlowRecord.FLAGS, after);
            lists.append(record);
        }
    }

    private void evict(final long sequence) {
        final int victim = lists.victim();
        counters.increment(EvictionClass.counter(EvictionClass.of(FlowRecord.flags(slab.hot(victim)))));
        end(victim, sequence, EndReason.FORCED);
    }

    private void end(final int record, final long sequence, final EndReason reason) {
        tell(record, sequence, reason);
        lookup.remove(record);
        lists.remove(record);
        slab.giveBack(record);
    }

    /** Tells the end of a flow, which then stands in nothing any more but in the index and in its list. */
    private void tell(final int record, final long sequence, final EndReason reason) {
        observer.flowEnding(record, reason, sequence);
        writer.write(slab, record, sequence, reason.ordinal(), observer);
        expiry.end(record);
        final long hot = slab.hot(record);
        final int endpoints = FlowRecord.tunnelEndpoints(hot, slab.rare(record));
        if (endpoints != TunnelEndpoints.NONE) {
            tunnelEndpoints.giveBack(endpoints);
        }
        // guesses may name it still
        FlowRecord.clearKey(hot);
    }

    /**
     * Takes over engine time and writes the flows that have timed out, in the order of their first frames. Costs next
     * to nothing while none can have.
     *
     * @param sequence     place of the tick in the order of frames and ticks
     * @param engineTimeNs engine time, ns since 1970
     */
    public void onTick(final long sequence, final long engineTimeNs) {
        if (expiry.tick(engineTimeNs)) {
            expiry.markTimedOut();
            endDue(sequence, false);
        }
        counters.set(Counter.FLOWS_LIVE, slab.live());
    }

    /**
     * Writes all flows there are, in the order of their first frames, and leaves the table empty.
     *
     * @param sequence     place in the order of frames and ticks
     * @param engineTimeNs engine time, ns since 1970
     */
    public void endAll(final long sequence, final long engineTimeNs) {
        expiry.tick(engineTimeNs);
        expiry.markAll();
        endDue(sequence, true);
        lookup.forgetAll();
        lists.clear();
        slab.giveBackAll();
        counters.set(Counter.FLOWS_LIVE, slab.live());
    }

    /**
     * Ends the flows that were found due.
     *
     * @param all true if these are all there are, so that none need be taken out of what holds them
     */
    private void endDue(final long sequence, final boolean all) {
        for (int count = expiry.nextDue(); count > 0; count = expiry.nextDue()) {
            for (int from = 0; from < count; from += FETCHED) {
                final int to = Math.min(count, from + FETCHED);
                fetch(from, to, all);
                for (int i = from; i < to; i++) {
                    final int record = expiry.due(i);
                    final EndReason reason =
                        expiry.isOverdue(slab.hot(record)) ? EndReason.TIMEOUT : EndReason.SHUTDOWN;
                    if (all) {
                        tell(record, sequence, reason);
                    } else {
                        end(record, sequence, reason);
                    }
                }
            }
        }
    }

    /**
     * Lets the cache misses of flows that end together overlap, as the first passes over a batch do for frames; those
     * of their neighbours in the lists as well, which they are taken out of, unless these end too.
     */
    private void fetch(final int from, final int to, final boolean all) {
        long sum = 0;
        for (int i = from; i < to; i++) {
            final int record = expiry.due(i);
            sum += touch(record) + (all ? 0 : UnsafeApi.getLong(slab.cold(record)));
        }
        for (int i = from; i < to; i++) {
            final int record = expiry.due(i);
            sum += observer.fetch(record) + (all ? 0 : lookup.touch(record) + lists.touch(record));
        }
        touched += sum;
    }

    /** Flows in the table. */
    public long size() {
        return slab.live();
    }

    /** The most flows it holds. */
    public long capacity() {
        return slab.capacity();
    }

    /** How well a flow stands, by its handle: 0 unanswered, 1 seen in one direction, 2 established. */
    public int standing(final long handle) {
        return EvictionClass.of(FlowRecord.flags(slab.hot((int) handle)));
    }

    /** True if a frame, just counted, is the one its flow began with; by the flow's handle. */
    public boolean isBegunBy(final long handle, final Frame frame) {
        final long hot = slab.hot((int) handle);
        return FlowRecord.frames(hot, 0) + FlowRecord.frames(hot, 1) == 1 + frame.carriedFrames;
    }

    /** True if a SYN of either side was seen, by the flow's handle. */
    public boolean sawSyn(final long handle) {
        final int tcpFlags = FlowRecord.flags(slab.hot((int) handle)) >>> FlowRecord.FLAG_TCP_FLAGS_SHIFT;
        return (tcpFlags & (TcpTracker.SYN | TcpTracker.SYN << Byte.SIZE)) != 0;
    }

    /** Turns a flow whose protocol says that the side taken for the initiator is the responder. */
    public void turn(final long handle) {
        final int record = (int) handle;
        FlowRecord.turn(slab.hot(record), slab.cold(record), slab.rare(record));
    }

    /** Transport protocol of a flow, by its handle. */
    public int protocol(final long handle) {
        return FlowRecord.protocol(slab.hot((int) handle));
    }

    /** True if the upper endpoint of a flow, by its handle, is its initiator. */
    public boolean initiatorIsUpper(final long handle) {
        return (FlowRecord.flags(slab.hot((int) handle)) & FlowRecord.FLAG_INITIATOR_IS_UPPER) != 0;
    }

    /** Greatest stamp of a flow's frames, by its handle; ns since 1970. */
    public long endNs(final long handle) {
        return FlowRecord.endNs(slab.hot((int) handle));
    }

    long hot(final long handle) {
        return slab.hot((int) handle);
    }

    /** Ethernet addresses of its flows, or null. */
    HardwareAddresses hardware() {
        return hardware;
    }

    long rare(final long handle) {
        return slab.rare((int) handle);
    }

    /** State of the TCP connection of a flow, by its handle. */
    TcpState tcpState(final long handle) {
        return TcpState.of(FlowRecord.flags(slab.hot((int) handle)) & FlowRecord.FLAG_TCP_STATE);
    }

    /** What the passes before the work have read; keeps the compiler from leaving them out. */
    long touched() {
        return touched + slab.touched() + lookup.touched();
    }

    /** Frees the memory; flows still in it are not written. */
    @Override
    public void close() {
        slab.close();
        lookup.close();
        tunnelEndpoints.close();
        if (hardware != null) {
            hardware.close();
        }
        expiry.close();
    }
}
