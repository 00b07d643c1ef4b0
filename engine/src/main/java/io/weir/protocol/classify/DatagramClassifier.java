package io.weir.protocol.classify;

import io.weir.packet.Frame;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;

/** The half of the {@link Classifier} that takes datagrams of UDP. One thread. */
final class DatagramClassifier {
    private static final int DATAGRAMS = 8;
    private static final int MOST_DATAGRAMS = 16;

    private final Labels labels;
    private final Inspections inspections;
    private final Lifecycle life;
    private final Recognition recognition;
    private final BufferPool buffers;
    private final Bytes arrived = new Bytes();
    private final Bytes answered = new Bytes();

    DatagramClassifier(final Labels labels, final Inspections inspections, final Lifecycle life,
        final Recognition recognition, final BufferPool buffers) {
        this.labels = labels;
        this.inspections = inspections;
        this.life = life;
        this.recognition = recognition;
        this.buffers = buffers;
    }

    /** Takes a UDP frame of a flow. */
    void onDatagram(final long handle, final Frame frame) {
        final int state = labels.inspection(handle);
        if (state == Labels.OVER || frame.payloadLength == 0 || frame.fragmentOffset != 0 || frame.moreFragments) {
            return;
        }
        final Inspection flow = state == Labels.NOT_YET ? life.beginWithContent(handle, true)
            : state == Labels.ASLEEP ? wake(handle) : inspections.get(state);
        if (flow == null) {
            return;
        }
        arrived.wrap(frame.address + frame.payloadOffset, frame.payloadLength);
        datagram(flow, frame.fromUpper == flow.clientIsUpper(), arrived, frame.payloadLength + frame.payloadMissing);
    }

    private void datagram(final Inspection flow, final boolean fromClient, final Bytes payload, final int announced) {
        if (flow.parser() == null) {
            recognise(flow, fromClient, payload, announced);
            return;
        }
        try {
            ((DatagramParser) flow.parser()).datagram(fromClient, payload, announced);
        } catch (final RuntimeException e) {
            life.fault(flow, e);
            return;
        }
        if (flow.isDone()) {
            life.finish(flow, true);
        } else if (flow.isHandingOver()) {
            if (!flow.mayHandOver(Lifecycle.MAX_HAND_OVERS)) {
                life.finish(flow, true);
                return;
            }
            life.release(flow.protocol(), true, life.stopParsing(flow));
            flow.startOver(life.newBeginnings(), false);
            recognise(flow, fromClient, payload, announced);
        } else {
            sleep(flow);
        }
    }

    private void recognise(final Inspection flow, final boolean fromClient, final Bytes payload, final int announced) {
        final int side = fromClient ? 0 : 1;
        final Beginnings beginnings = flow.beginnings();
        beginnings.arrived(side);
        recognition.askDatagram(flow, fromClient, payload, announced);
        final Protocol found = recognition.found();
        if (found != null) {
            final boolean byClient = recognition.isTurned() != fromClient;
            life.label(flow, found, recognition.isTurned());
            if (!found.isParsed(true)) {
                life.finish(flow, true);
                return;
            }
            parse(flow, found, byClient, payload, announced);
            return;
        }
        beginnings.keepInstead(side, payload, announced, Probe.MAX_EARLIER);
        final int count = beginnings.pieces(0) + beginnings.pieces(1);
        if (count >= MOST_DATAGRAMS || count >= DATAGRAMS && !recognition.wantsMore()) {
            life.finish(flow, true);
        }
    }

    /** Parses what was recognised; what it answers comes first if nobody would have known that without the answer. */
    private void parse(final Inspection flow, final Protocol found, final boolean byClient, final Bytes payload,
        final int announced) {
        final Beginnings beginnings = flow.beginnings();
        final int asked = byClient ? 1 : 0;
        final int length = found.isProvenByAnswers() && beginnings.hopeful() == found ? beginnings.wholeLength(asked)
            : 0;
        final byte[] question = length > 0 ? beginnings.takeHead(asked) : null;
        life.stopRecognising(flow);
        life.parseWith(flow, found);
        if (question != null) {
            try {
                ((DatagramParser) flow.parser()).datagram(!byClient, answered.wrap(question, 0, length), length);
            } catch (final RuntimeException e) {
                life.fault(flow, e);
                return;
            } finally {
                buffers.giveBack(question);
            }
        }
        datagram(flow, byClient, payload, announced);
    }

    /**
     * A parser of datagrams that needs to know little of its flow until the next one comes leaves just that: others use
     * parser and inspection meanwhile, while they are in the cache.
     */
    private void sleep(final Inspection flow) {
        final long handle = flow.handle();
        final long kept = ((DatagramParser) flow.parser()).kept();
        if (kept >= 0 && flow.maySleep() && labels.protocol(handle, 0) == flow.protocol().id()) {
            life.release(flow.protocol(), true, life.stopParsing(flow));
            labels.sleep(handle, kept << Inspection.RANK_BITS | flow.nameRank());
            inspections.giveBack(flow);
        }
    }

    private Inspection wake(final long handle) {
        final long kept = labels.wake(handle);
        final Inspection flow = life.take(handle, true);
        if (flow != null) {
            final Protocol known = Protocols.of(labels.protocol(handle, 0));
            life.parseWith(flow, known);
            flow.nameRank((int) kept & (1 << Inspection.RANK_BITS) - 1);
            ((DatagramParser) flow.parser()).resume(kept >>> Inspection.RANK_BITS);
        }
        return flow;
    }
}
