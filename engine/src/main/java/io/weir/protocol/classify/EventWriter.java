package io.weir.protocol.classify;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.ExpectationEvent;
import io.weir.event.NameEvent;
import io.weir.event.TransactionEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.protocol.Bytes;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;

/**
 * Writes what parsers tell to the worker's event ring; counts what the ring refuses. Records of one frame or tick are
 * ordered by the number of their flow's first frame, as flow records are. Owned by one worker.
 */
final class EventWriter {
    private static final int TCP = 6;
    private static final int UDP = 17;

    private final FlowTable flows;
    private final EventRing events;
    private final Counters counters;
    private final FlowView view = new FlowView();
    private final TransactionEvent transaction = new TransactionEvent();
    private final ExpectationEvent expectation = new ExpectationEvent();
    private final NameEvent name = new NameEvent();

    EventWriter(final FlowTable flows, final EventRing events, final Counters counters) {
        this.flows = flows;
        this.events = events;
        this.counters = counters;
    }

    /** Writes a transaction of a flow; urgent ones may use the part of the ring that is kept for anomalies. */
    void transaction(final Inspection flow, final Transaction written, final Protocol protocol, final int number,
        final boolean urgent) {
        final int body = claim(flow, written.length(), urgent);
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        transaction.wrap(events.buffer(), body, written.length());
        head(flow, written, protocol, number, written.isCut());
        written.copyTo(events.buffer(), body + TransactionEvent.HEAD_LENGTH);
        events.commit();
        count(written.isCut());
    }

    /** Writes a record about a part of a transaction, with the fields of the transaction behind its own. */
    void part(final Inspection flow, final Transaction part, final Transaction of, final int number) {
        final int own = part.length();
        final int body = claim(flow, own + of.length(), false);
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        final boolean cut = part.isCut() || of.isCut();
        transaction.wrap(events.buffer(), body, own + of.length());
        head(flow, part, flow.protocol(), number, cut);
        part.copyTo(events.buffer(), body + TransactionEvent.HEAD_LENGTH);
        of.copyTo(events.buffer(), body + TransactionEvent.HEAD_LENGTH + own);
        events.commit();
        count(cut);
    }

    /**
     * Writes a transaction and, in the same place, the record about a part of it that comes just before.
     *
     * @param shared bytes of the transaction's fields that stand in both
     */
    void withPart(final Inspection flow, final Transaction written, final Transaction part, final int shared) {
        final int own = written.length();
        final int body = claim(flow, own + part.length(), false);
        if (body < 0) {
            counters.add(Counter.RECORDS_REFUSED, 2);
            return;
        }
        final boolean cut = part.isCut() || written.isCut();
        transaction.wrap(events.buffer(), body, own, part.length(), shared);
        head(flow, written, flow.protocol(), written.number(), written.isCut());
        transaction.part(part.type().id(), part.namesServer(), cut);
        written.copyTo(events.buffer(), body + TransactionEvent.HEAD_LENGTH);
        part.copyTo(events.buffer(), body + TransactionEvent.HEAD_LENGTH + own);
        events.commit();
        count(written.isCut());
        count(cut);
    }

    private int claim(final Inspection flow, final int fields, final boolean urgent) {
        view.wrap(flows, flow.handle());
        final int length = TransactionEvent.HEAD_LENGTH + fields;
        if (length > EventRing.MAX_BODY) {
            return -1;
        }
        final long firstFrame = view.firstFrame();
        return urgent ? events.claimUrgent(EventType.TRANSACTION, length, events.causeSequence(), firstFrame)
            : events.claim(EventType.TRANSACTION, length, events.causeSequence(), firstFrame);
    }

    private void head(final Inspection flow, final Transaction written, final Protocol protocol, final int number,
        final boolean cut) {
        view.identity(transaction.flow(), flow.clientIsUpper());
        transaction.is(written.type().id(), protocol == null ? 0 : protocol.id(), number, cut, written.namesServer());
        transaction.endedBy(flow.frameNumber(), flow.timestampNs());
    }

    private void count(final boolean cut) {
        counters.increment(Counter.TRANSACTIONS);
        if (cut) {
            counters.increment(Counter.TRANSACTIONS_CUT);
        }
    }

    /** Writes that a name of an application stands for an address, as the flow's client was told. */
    void name(final Inspection flow, final int application, final Bytes address, final int from, final int length) {
        view.wrap(flows, flow.handle());
        final int body = events.claim(EventType.NAME, NameEvent.LENGTH, events.causeSequence(), view.firstFrame());
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        name.wrap(events.buffer(), body);
        final boolean upper = flow.clientIsUpper();
        name.client(view.ipVersion(), upper ? view.upperHi() : view.lowerHi(), upper ? view.upperLo() : view.lowerLo());
        name.address(length == 4 ? 4 : 6, length == 4 ? 0 : address.u64(from),
            length == 4 ? address.u32(from) : address.u64(from + 8), application);
        name.saidBy(flow.frameNumber(), flow.timestampNs());
        events.commit();
    }

    /** Writes that a flow is announced. */
    void expectation(final Inspection flow, final Protocol what, final boolean overUdp, final boolean byServer,
        final Bytes address, final int from, final int length, final int port, final int peerPort,
        final Transaction properties) {
        view.wrap(flows, flow.handle());
        final int fields = properties == null ? 0 : properties.length();
        final int body = events.claim(EventType.EXPECTATION, ExpectationEvent.HEAD_LENGTH + fields,
            events.causeSequence(), view.firstFrame());
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        expectation.wrap(events.buffer(), body, fields);
        view.identify(expectation.announcer(), flow.clientIsUpper());
        final boolean waitingIsUpper = byServer != flow.clientIsUpper();
        final boolean given = address != null && (length == 4 || length == 16);
        if (given) {
            expectation.waiting(length == 4 ? 0 : address.u64(from),
                length == 4 ? address.u32(from) : address.u64(from + 8), port);
        } else {
            expectation.waiting(waitingIsUpper ? view.upperHi() : view.lowerHi(),
                waitingIsUpper ? view.upperLo() : view.lowerLo(), port);
        }
        expectation.coming(waitingIsUpper ? view.lowerHi() : view.upperHi(),
            waitingIsUpper ? view.lowerLo() : view.upperLo(), peerPort);
        expectation.announced(given ? length == 4 ? 4 : 6 : view.ipVersion(), overUdp ? UDP : TCP, what.id(),
            properties == null ? 0 : properties.type().id() + 1);
        expectation.saidBy(flow.frameNumber(), flow.timestampNs(), properties != null && properties.isCut());
        if (properties != null) {
            properties.copyTo(events.buffer(), body + ExpectationEvent.HEAD_LENGTH);
        }
        events.commit();
    }
}
