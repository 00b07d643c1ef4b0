package io.weir.reassembly.fragment;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.Anomaly;
import io.weir.packet.ChecksumVerdict;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.TransportChecksum;

/**
 * Puts IP fragments together as the receiving host would, those in tunnels too, before frames are dealt out to workers.
 *
 * <p>Each fragment stays a frame and goes on: to the flow of its datagram if that is known, else without one (see
 * {@link DatagramFlow}). The one that completes its datagram becomes the datagram: its descriptor then points into the
 * {@link DatagramArena} and is decoded again. Which copy of an overlap counts, the target's policy says (IPv4); in IPv6
 * an overlap is the end of the datagram (RFC 5722). Owned by the dispatching thread; nothing is allocated after
 * construction.
 */
public final class FragmentReassembler implements AutoCloseable {
    /** Fragments inside fragments are followed to this depth, as tunnels are. */
    private static final int NESTED_MAX = 8;
    private static final long GRACE_NS = 1_000_000_000L;
    /** The longest datagram with its header. */
    private static final int DATAGRAM_MAX = 40 + FragmentBounds.LENGTH_MAX;

    private final Decoder decoder = new Decoder();
    private final Ownership ownership;
    private final FragmentBounds bounds = new FragmentBounds();
    private final FragmentKey key;
    private final FragmentMemory memory;
    private final DatagramTable table;
    private final DatagramArena arena;
    private final DatagramWriter writer;
    private final Counters counters;
    private final long timeoutNs;
    private final int fragmentsMax;
    private final boolean patient;
    private final boolean verify;
    private int waitingDepth;
    private long tickNs;
    /** By how much engine time was ahead of the newest fragment: after a clock was set back, for long. */
    private long lagNs;

    /** Says which fragments are put together here. */
    @FunctionalInterface
    public interface Ownership {
        /** True if fragments with these addresses are. */
        boolean owns(Frame fragment);
    }

    /**
     * Reserves memory, untouched before it is used.
     *
     * @param context  concluded configuration
     * @param counters of the dispatching thread; the caller keeps them
     * @param patient  true to wait when the arena is full, false to count the datagram as not put together
     */
    public FragmentReassembler(final FragmentContext context, final Counters counters, final boolean patient) {
        this(context, counters, patient, fragment -> true);
    }

    /** One of several reassemblers: what comes out of a datagram and is a fragment of another one's stays as it is. */
    public FragmentReassembler(final FragmentContext context, final Counters counters, final boolean patient,
        final Ownership ownership) {
        this.ownership = ownership;
        this.counters = counters;
        this.patient = patient;
        verify = context.verifyChecksums();
        timeoutNs = context.timeoutNs();
        fragmentsMax = context.fragmentsPerDatagram();
        key = new FragmentKey(context.vlanInKey());
        arena = new DatagramArena(context.arenaBytes());
        table = new DatagramTable(context.chunks());
        memory = new FragmentMemory(context, this::giveUpOldest);
        writer = new DatagramWriter(memory.pieces(), arena);
    }

    /** True for a decoded frame that is to be shown to {@link #onFragment}. */
    public static boolean isFragment(final Frame frame) {
        return frame.ipVersion != 0 && (frame.fragmentOffset != 0 || frame.moreFragments);
    }

    /**
     * Takes a decoded fragment.
     *
     * @return false if the arena has no room, for a patient reassembler: then the frame is to be shown again, as it is
     *     now, once blocks were released
     */
    public boolean onFragment(final Frame frame) {
        final int begun = waitingDepth;
        waitingDepth = 0;
        for (int depth = begun; isFragment(frame) && (depth == 0 || ownership.owns(frame)); depth++) {
            if (patient && !arena.hasRoom(frame.ipOffset + DATAGRAM_MAX)) {
                waitingDepth = depth;
                return false;
            }
            if (!take(frame, depth < NESTED_MAX)) {
                return true;
            }
            decoder.decodeRebuilt(frame);
        }
        return true;
    }

    /** True if the frame now holds the datagram that it completed. */
    private boolean take(final Frame frame, final boolean followed) {
        counters.increment(Counter.IP_FRAGMENTS);
        lagNs = Math.max(0, tickNs - frame.timeNs);
        giveUpTimedOut(frame.timeNs);
        key.set(frame);
        long record = table.find(key);
        if (record != DatagramTable.NONE && isTimedOut(record, frame.timeNs)) {
            end(record, Counter.IP_DATAGRAMS_TIMED_OUT);
            record = DatagramTable.NONE;
        }
        if (FragmentBounds.isTiny(frame)) {
            counters.increment(Counter.IP_FRAGMENTS_TINY);
            frame.anomalies |= Anomaly.FRAGMENT_TINY.bit();
        }
        final Anomaly fault = followed && !isRefused(frame) ? bounds.set(frame) : ignored(frame);
        if (fault != null) {
            leaveOut(frame, fault);
            if (record == DatagramTable.NONE) {
                DatagramFlow.assignAlone(frame, counters);
            } else {
                DatagramFlow.assign(record, frame);
            }
            return false;
        }
        return takeData(record == DatagramTable.NONE ? start(frame) : record, frame);
    }

    /** True if hosts do not take it, by its header checksum or as a tiny first fragment (RFC 8200, section 4.5). */
    private boolean isRefused(final Frame frame) {
        return frame.ipVersion == 6 ? FragmentBounds.isTiny(frame)
            : verify && TransportChecksum.verifyIpHeader(frame) == ChecksumVerdict.WRONG;
    }

    private boolean takeData(final long record, final Frame frame) {
        final boolean admitted = isAdmitted(record, frame);
        if (admitted || Datagram.is(record, Datagram.REFUSED)) {
            DatagramFlow.learn(record, frame);
        }
        if (admitted) {
            if (!memory.store(record, frame, bounds)) {
                DatagramFlow.assignAlone(frame, counters);
                return false;
            }
            judgeOverlap(record, frame);
            final int end = Datagram.get(record, Datagram.END);
            if (end != 0 && Datagram.get(record, Datagram.COVERED) == end && !Datagram.is(record, Datagram.REFUSED)) {
                return complete(record, frame);
            }
        }
        DatagramFlow.assign(record, frame);
        return false;
    }

    private long start(final Frame frame) {
        if (table.isFull()) {
            end(table.oldest(), Counter.IP_DATAGRAMS_GIVEN_UP);
        }
        final long record = table.add(key);
        Datagram.putLong(record, Datagram.START_NS, frame.timeNs);
        return record;
    }

    /** Whether a fragment fits to what came before of its datagram; if so, takes its end into account. */
    private boolean isAdmitted(final long record, final Frame frame) {
        if (Datagram.is(record, Datagram.REFUSED)) {
            counters.increment(Counter.IP_FRAGMENTS_IGNORED);
            return false;
        }
        final int count = Datagram.get(record, Datagram.FRAGMENTS);
        if (count >= fragmentsMax) {
            leaveOut(frame, ignored(frame));
            return false;
        }
        final int end = Datagram.get(record, Datagram.END);
        final int highest = Datagram.get(record, Datagram.HIGHEST);
        final boolean fits = frame.moreFragments ? end == 0 || bounds.end <= end
            : end == 0 ? bounds.end >= highest : bounds.end == end;
        if (!fits) {
            leaveOut(frame, Anomaly.FRAGMENT_END_CONFLICT);
            return false;
        }
        Datagram.put(record, Datagram.FRAGMENTS, count + 1);
        Datagram.put(record, Datagram.HIGHEST, Math.max(highest, bounds.end));
        if (!frame.moreFragments) {
            Datagram.put(record, Datagram.END, bounds.end);
        }
        return true;
    }

    private boolean giveUpOldest(final long record) {
        final long oldest = table.oldest();
        end(oldest, Counter.IP_DATAGRAMS_GIVEN_UP);
        return oldest != record;
    }

    private void judgeOverlap(final long record, final Frame frame) {
        final int overlap = memory.overlapBytes();
        if (overlap == 0) {
            return;
        }
        final boolean differing = memory.isDiffering();
        if (overlap == bounds.end - bounds.offset && !differing) {
            counters.increment(Counter.IP_FRAGMENTS_DUPLICATE);
            return;
        }
        counters.increment(Counter.IP_FRAGMENTS_OVERLAPPING);
        if (differing) {
            counters.increment(Counter.IP_FRAGMENTS_DIFFERING);
            frame.anomalies |= Anomaly.FRAGMENT_OVERLAP_DIFFERENT_DATA.bit();
        }
        if (frame.ipVersion == 4) {
            frame.anomalies |= Anomaly.IPV4_FRAGMENT_OVERLAP.bit();
        } else {
            frame.anomalies |= Anomaly.IPV6_FRAGMENT_OVERLAP.bit();
            counters.increment(Counter.IP_DATAGRAMS_REFUSED);
            memory.free(record);
            Datagram.raise(record, Datagram.REFUSED);
        }
    }

    private boolean complete(final long record, final Frame frame) {
        switch (writer.write(record, frame)) {
            case WRITTEN -> {
                DatagramFlow.carry(record, frame);
                end(record, Counter.IP_DATAGRAMS_REBUILT);
                return true;
            }
            case TOO_LARGE -> {
                frame.anomalies |= tooLarge(frame).bit();
                DatagramFlow.assign(record, frame);
                end(record, Counter.IP_DATAGRAMS_REFUSED);
            }
            default -> {
                DatagramFlow.assign(record, frame);
                end(record, Counter.IP_DATAGRAMS_BUFFER_FULL);
            }
        }
        return false;
    }

    private void leaveOut(final Frame frame, final Anomaly why) {
        frame.anomalies |= why.bit();
        counters.increment(
            why == tooLarge(frame) ? Counter.IP_FRAGMENTS_TOO_LARGE : Counter.IP_FRAGMENTS_IGNORED);
    }

    private static Anomaly ignored(final Frame frame) {
        return frame.ipVersion == 4 ? Anomaly.IPV4_FRAGMENT_IGNORED : Anomaly.IPV6_FRAGMENT_IGNORED;
    }

    private static Anomaly tooLarge(final Frame frame) {
        return frame.ipVersion == 4 ? Anomaly.IPV4_FRAGMENT_TOO_LARGE : Anomaly.IPV6_FRAGMENT_TOO_LARGE;
    }

    /**
     * Gives up the datagrams whose time-out has passed, the oldest first. They get a second more than at look-up, so
     * that swapped frames do not matter to others.
     */
    public void expire(final long timeNs) {
        tickNs = timeNs;
        giveUpTimedOut(timeNs - lagNs);
    }

    private void giveUpTimedOut(final long timeNs) {
        long oldest = table.oldest();
        while (oldest != DatagramTable.NONE && isTimedOut(oldest, timeNs - GRACE_NS)) {
            end(oldest, Counter.IP_DATAGRAMS_TIMED_OUT);
            oldest = table.oldest();
        }
    }

    private boolean isTimedOut(final long record, final long timeNs) {
        return timeNs - Datagram.getLong(record, Datagram.START_NS) > timeoutNs;
    }

    /** Gives up what is left at the end of the trace. */
    public void endAll() {
        while (table.size() > 0) {
            end(table.oldest(), Counter.IP_DATAGRAMS_UNFINISHED);
        }
    }

    private void end(final long record, final Counter how) {
        if (!Datagram.is(record, Datagram.REFUSED)) {
            counters.increment(how);
        }
        DatagramFlow.abandon(record, counters);
        memory.free(record);
        table.remove(record);
    }

    /** Where rebuilt datagrams lie; whoever deals frames out releases its blocks. */
    public DatagramArena arena() {
        return arena;
    }

    /** Datagrams that wait for fragments. */
    int pending() {
        return table.size();
    }

    /** Frees the memory. */
    @Override
    public void close() {
        memory.close();
        table.close();
        arena.close();
    }
}
