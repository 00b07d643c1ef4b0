package io.weir.stats;

import io.weir.event.ExpectationEvent;
import io.weir.event.FlowEvent;
import io.weir.event.TransactionEvent;
import io.weir.protocol.Confidence;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.Protocol;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Flows that other flows have announced, such as FTP's data connections and the media of a call. A fixed number of
 * announcements; the oldest gives way. Owned by the aggregator, which tells and asks in the order of the trace, so that
 * answers are the same in every run.
 *
 * <p>A flow is an announced one if it goes to, or for UDP also comes from, the address and port that wait. Over TCP the
 * other side must be the announced one; media come from wherever the peer's relay is. It begins within
 * {@link #LIFETIME_NS} after the announcement, or is there already: FTP's client may connect before it asks for the
 * file. Of several announcements that no flow has followed yet, the newest from before the flow counts, else the first
 * from within it; of a flow that goes on the other way round, since one from before may be of a flow whose end is not
 * known yet, and one from within is not of a flow to come while this one is at work.
 */
public final class ExpectedFlows {
    /** An announced flow must begin this soon, in ns. */
    public static final long LIFETIME_NS = 600_000_000_000L;

    private static final int SLOT_LENGTH = 1024;
    private static final int MAX_STEPS = 64;
    private static final int TCP = 6;
    private static final int END = -1;

    private final int capacity;
    private final int[] heads;
    private final int[] next;
    private final int[] previous;
    private final boolean[] used;
    private final boolean[] told;
    private final ExpectationEvent announcement = new ExpectationEvent();
    private final UnsafeBuffer record = new UnsafeBuffer(new byte[TransactionEvent.HEAD_LENGTH + SLOT_LENGTH]);
    private final TransactionEvent transaction = new TransactionEvent();
    private UnsafeBuffer slots;
    private long added;
    private long cut;
    private long displaced;

    /**
     * Makes an empty table; most of its memory is taken when it is first told something.
     *
     * @param capacity most announcements it keeps, a power of two; 1 KiB each
     */
    public ExpectedFlows(final int capacity) {
        if (capacity < 1 || Integer.bitCount(capacity) != 1) {
            throw new IllegalArgumentException("expected flows must be a power of two, not " + capacity);
        }
        this.capacity = capacity;
        heads = new int[capacity * 2];
        next = new int[capacity];
        previous = new int[capacity];
        used = new boolean[capacity];
        told = new boolean[capacity];
        Arrays.fill(heads, END);
    }

    /** Takes an announcement; of fields that do not fit no record is written, and that is counted. */
    public void announce(final ExpectationEvent event) {
        if (slots == null) {
            slots = new UnsafeBuffer(new byte[capacity * SLOT_LENGTH]);
        }
        final int slot = (int) (added++ & capacity - 1);
        if (added > capacity) {
            forget(slot, event.stampNs());
        }
        final boolean fits = ExpectationEvent.HEAD_LENGTH + event.fieldsLength() <= SLOT_LENGTH;
        slots.putBytes(slot * SLOT_LENGTH, event.buffer(), 0,
            ExpectationEvent.HEAD_LENGTH + (fits ? event.fieldsLength() : 0));
        announcement.wrap(slots, slot * SLOT_LENGTH, fits ? event.fieldsLength() : 0);
        told[slot] = !fits || event.recordType() == 0;
        used[slot] = false;
        cut += fits ? 0 : 1;
        final int bucket = bucket(event.ipProtocol(), event.waitingHi(), event.waitingLo(), event.waitingPort());
        next[slot] = heads[bucket];
        previous[slot] = END;
        if (heads[bucket] != END) {
            previous[heads[bucket]] = slot;
        }
        heads[bucket] = slot;
    }

    /** Takes the oldest announcement out of its chain, whose last it is. */
    private void forget(final int slot, final long nowNs) {
        look(slot);
        if (!used[slot] && nowNs - announcement.stampNs() <= LIFETIME_NS) {
            displaced++;
        }
        final int bucket = bucket(announcement.ipProtocol(), announcement.waitingHi(), announcement.waitingLo(),
            announcement.waitingPort());
        if (heads[bucket] == slot) {
            heads[bucket] = END;
        } else {
            next[previous[slot]] = END;
        }
    }

    /**
     * Labels a flow as what it was announced to be, unless its content said what it is.
     *
     * @return the record about it that its announcement asked for, valid until the next call, or null
     */
    public TransactionEvent decide(final FlowEvent flow) {
        final int slot = slots == null ? END : find(flow, false);
        if (slot == END) {
            return null;
        }
        look(slot);
        used[slot] = true;
        if (flow.confidence() <= Confidence.EXPECTED.ordinal()) {
            labelled(flow, announcement.protocol());
        }
        if (told[slot]) {
            return null;
        }
        told[slot] = true;
        return record(flow);
    }

    /**
     * True if a flow that goes on was announced as one of a protocol, and, unless null, a field of its record has a
     * value; then it is labelled so, as by {@link #decide}.
     *
     * @param value in lower case
     */
    public boolean isAnnounced(final FlowEvent flow, final Protocol protocol, final Field field, final byte[] value) {
        final int slot = slots == null || flow.flowId() == 0 ? END : find(flow, true);
        if (slot == END) {
            return false;
        }
        look(slot);
        if (announcement.protocol() != protocol.id() || field != null && !has(field, value)) {
            return false;
        }
        if (flow.confidence() <= Confidence.EXPECTED.ordinal()) {
            labelled(flow, protocol.id());
        }
        return true;
    }

    /**
     * What a flow that goes on was announced by, valid until the next call, or null; then it is labelled, as by
     * {@link #decide}.
     */
    ExpectationEvent announcement(final FlowEvent flow) {
        final int slot = slots == null || flow.flowId() == 0 ? END : find(flow, true);
        if (slot == END) {
            return null;
        }
        look(slot);
        if (flow.confidence() <= Confidence.EXPECTED.ordinal()) {
            labelled(flow, announcement.protocol());
        }
        return announcement;
    }

    private static void labelled(final FlowEvent flow, final int protocol) {
        flow.protocols(protocol, 0, Confidence.EXPECTED.ordinal());
        flow.labels(flow.labelFlags() & ~FlowEvent.UNRECOGNISED, flow.hints(), flow.transactions());
    }

    /** True if the announcement looked at has a field with a value, in either case. */
    private boolean has(final Field field, final byte[] value) {
        int at = ExpectationEvent.HEAD_LENGTH;
        final int end = at + announcement.fieldsLength();
        while (at + FieldList.HEADER <= end) {
            final int id = announcement.buffer().getShort(at) & 0xffff;
            final int length = announcement.buffer().getShort(at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length >= FieldList.SIBLING) {
                continue;
            }
            if (id == field.id() && length == value.length && isAt(at, value)) {
                return true;
            }
            at += length;
        }
        return false;
    }

    private boolean isAt(final int at, final byte[] value) {
        for (int i = 0; i < value.length; i++) {
            if (Character.toLowerCase(announcement.buffer().getByte(at + i) & 0xff) != value[i]) {
                return false;
            }
        }
        return true;
    }

    private TransactionEvent record(final FlowEvent flow) {
        final int fields = announcement.fieldsLength();
        flow.copyIdentityTo(record, 0);
        transaction.wrap(record, 0, fields);
        transaction.is(announcement.recordType() - 1, announcement.protocol(), flow.transactions(),
            announcement.isCut(), false);
        transaction.endedBy(0, flow.endNs());
        record.putBytes(TransactionEvent.HEAD_LENGTH, announcement.buffer(), ExpectationEvent.HEAD_LENGTH, fields);
        return transaction;
    }

    private int find(final FlowEvent flow, final boolean goesOn) {
        int slot = find(flow, goesOn, false, flow.responderPort());
        slot = slot != END ? slot : find(flow, goesOn, false, 0);
        if (slot == END && flow.protocol() != TCP) {
            slot = find(flow, goesOn, true, flow.initiatorPort());
            slot = slot != END ? slot : find(flow, goesOn, true, 0);
        }
        return slot;
    }

    /** The announcement that fits best; chains go from the newest to the oldest. */
    private int find(final FlowEvent flow, final boolean goesOn, final boolean byInitiator, final int port) {
        final long waitingHi = byInitiator ? flow.initiatorHi() : flow.responderHi();
        final long waitingLo = byInitiator ? flow.initiatorLo() : flow.responderLo();
        int within = END;
        int followed = END;
        int slot = heads[bucket(flow.protocol(), waitingHi, waitingLo, port)];
        for (int step = 0; slot != END && step < MAX_STEPS; step++) {
            look(slot);
            if (announcement.waitingHi() == waitingHi && announcement.waitingLo() == waitingLo
                && announcement.waitingPort() == port && fits(flow, byInitiator)) {
                final boolean before = announcement.frameNumber() < flow.firstFrame();
                if (before && !used[slot]) {
                    return goesOn && within != END ? within : slot;
                }
                within = before || used[slot] ? within : slot;
                followed = followed == END && before ? slot : followed;
            }
            slot = next[slot];
        }
        return within == END ? followed : within;
    }

    private boolean fits(final FlowEvent flow, final boolean byInitiator) {
        final long comingHi = byInitiator ? flow.responderHi() : flow.initiatorHi();
        final long comingLo = byInitiator ? flow.responderLo() : flow.initiatorLo();
        final int comingPort = byInitiator ? flow.responderPort() : flow.initiatorPort();
        return announcement.ipProtocol() == flow.protocol() && announcement.ipVersion() == flow.ipVersion()
            && announcement.stampNs() <= flow.endNs()
            && flow.startNs() - announcement.stampNs() <= LIFETIME_NS
            && (announcement.comingPort() == 0 || announcement.comingPort() == comingPort)
            && (flow.protocol() != TCP
                || announcement.comingHi() == comingHi && announcement.comingLo() == comingLo);
    }

    private void look(final int slot) {
        announcement.wrap(slots, slot * SLOT_LENGTH);
    }

    private int bucket(final int protocol, final long hi, final long lo, final int port) {
        long hash = hi * 0x9e3779b97f4a7c15L + lo;
        hash = (hash ^ hash >>> 32) * 0xff51afd7ed558ccdL + ((long) port << 8 | protocol);
        hash = (hash ^ hash >>> 29) * 0x9e3779b97f4a7c15L;
        return (int) (hash >>> 33) & heads.length - 1;
    }

    /** Announcements that gave way to newer ones before a flow followed them, and before they were too old. */
    public long displaced() {
        return displaced;
    }

    /** Announcements whose record was too long to be kept. */
    public long cut() {
        return cut;
    }
}
