package io.weir.protocol.classify;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.FlowEvent;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** The half of the {@link Classifier} that takes streams of TCP. One thread. */
final class StreamClassifier implements StreamSink {
    private static final int MAX_RETRIES = 16;
    /** Pieces of one side after which silence of the other side is no reason to wait any more. */
    private static final int ONE_SIDED_PIECES = 4;

    private final Labels labels;
    private final Inspections inspections;
    private final Lifecycle life;
    private final Recognition recognition;
    private final ParserServices services;
    private final BufferPool buffers;
    private final Counters counters;
    private final Bytes arrived = new Bytes();
    private final Bytes nothing = new Bytes();
    /** A view for each protocol that is recognised while what was kept is read for the one around it. */
    private final Bytes[] kept = new Bytes[Lifecycle.MAX_HAND_OVERS + 2];
    private int depth;
    private int passedFirst;
    private int passedLast;

    StreamClassifier(final Labels labels, final Inspections inspections, final Lifecycle life,
        final Recognition recognition, final ParserServices services, final BufferPool buffers,
        final Counters counters) {
        this.labels = labels;
        this.inspections = inspections;
        this.life = life;
        this.recognition = recognition;
        this.services = services;
        this.buffers = buffers;
        this.counters = counters;
        Arrays.setAll(kept, i -> new Bytes());
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long stampNs) {
        final long handle = stream >>> 1;
        final int state = labels.inspection(handle);
        passedLast = 0;
        passedFirst = length;
        if (state == Labels.OVER) {
            life.cutOff(stream);
            return;
        }
        final int toSkip = labels.toSkip(stream);
        if (toSkip >= length) {
            labels.skipped(stream, length);
            return;
        }
        passedFirst = toSkip;
        final Inspection flow = state == Labels.NOT_YET ? life.beginWithContent(handle, false) : look(state);
        if (flow == null) {
            return;
        }
        services.timestampNs(stampNs);
        arrived.wrap(buffer, offset, length);
        stream(flow, (stream & 1) != 0 == flow.clientIsUpper(), arrived);
        leave(flow);
    }

    @Override
    public int passedFirst() {
        return passedFirst;
    }

    @Override
    public int passedLast() {
        return passedLast;
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long stampNs) {
        final long handle = stream >>> 1;
        final int state = labels.inspection(handle);
        if (state == Labels.OVER) {
            return;
        }
        final Inspection flow = state == Labels.NOT_YET ? life.begin(handle, false) : look(state);
        if (flow == null) {
            return;
        }
        services.timestampNs(stampNs);
        gap(flow, (stream & 1) != 0 == flow.clientIsUpper(), length);
        leave(flow);
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long stampNs) {
        final int state = labels.inspection(stream >>> 1);
        if (state <= Labels.NOT_YET) {
            return;
        }
        services.timestampNs(stampNs);
        final Inspection flow = look(state);
        final boolean isUpper = (stream & 1) != 0;
        if (flow.parser() == null && adoptLeft(flow, isUpper == flow.clientIsUpper()) && !life.isUnderWay(flow)) {
            return;
        }
        final boolean fromClient = isUpper == flow.clientIsUpper();
        if (flow.parser() != null) {
            try {
                ((StreamParser) flow.parser()).closed(fromClient);
            } catch (final RuntimeException e) {
                life.fault(flow, e);
                return;
            }
        }
        if (flow.close(fromClient) || flow.isDone()) {
            life.finish(flow, false);
        } else {
            leave(flow);
        }
    }

    /** The inspection with a number, whose parser gets back what was to be skipped without it. */
    Inspection look(final int number) {
        final Inspection flow = inspections.get(number);
        if (labels.isSkipping(flow.handle())) {
            takeBackSkip(flow, true);
            takeBackSkip(flow, false);
        }
        return flow;
    }

    private void takeBackSkip(final Inspection flow, final boolean fromClient) {
        final long stream = flow.stream(fromClient);
        final int left = labels.toSkip(stream);
        labels.skip(stream, 0);
        if (left != Labels.ALL) {
            ((StreamParser) flow.parser()).takeBackSkip(fromClient, left);
        }
    }

    /** What a parser skips next needs no parser, and no inspection, until something else comes. */
    private void leave(final Inspection flow) {
        final StreamParser parser = (StreamParser) flow.parser();
        if (parser != null && parser.isSkipping()) {
            labels.skip(flow.stream(true), parser.handOverSkip(true, Labels.ALL - 1, Labels.ALL));
            labels.skip(flow.stream(false), parser.handOverSkip(false, Labels.ALL - 1, Labels.ALL));
        }
    }

    private void stream(final Inspection flow, final boolean fromClient, final Bytes bytes) {
        if (flow.parser() == null) {
            recognise(flow, fromClient, bytes);
            return;
        }
        final Protocol another = flow.hearsOther(fromClient) ? recognition.another(flow, fromClient, bytes) : null;
        if (another != null) {
            services.listener().another(flow.handle(), another, fromClient);
            services.report(flow, AppLayerAnomaly.MISMATCH, null, true);
        }
        try {
            passedLast = ((StreamParser) flow.parser()).data(fromClient, bytes);
        } catch (final RuntimeException e) {
            life.fault(flow, e);
            return;
        }
        settle(flow, fromClient);
    }

    private void recognise(final Inspection flow, final boolean fromClient, final Bytes bytes) {
        final int side = fromClient ? 0 : 1;
        final Beginnings beginnings = flow.beginnings();
        final boolean isUpper = fromClient == flow.clientIsUpper();
        if (adoptLeft(flow, !fromClient)) {
            if (life.isUnderWay(flow)) {
                stream(flow, isUpper == flow.clientIsUpper(), bytes);
            }
            return;
        }
        labels.addFlags(flow.handle(), FlowEvent.UNRECOGNISED);
        beginnings.arrived(side);
        final int before = beginnings.headLength(side);
        if (before == 0) {
            recognition.ask(flow, fromClient, bytes, 0, Probe.MAX_STREAM);
        }
        if (before > 0 || recognition.found() == null) {
            beginnings.keep(side, bytes, Probe.MAX_STREAM);
        }
        if (before > 0) {
            recognition.askGrown(flow, fromClient);
        } else {
            beginnings.asked(side);
        }
        final boolean startsOver = before > 0 && flow.isMidStream() && recognition.found() == null;
        if (startsOver) {
            recognition.askAgain(flow, fromClient, bytes);
        }
        final Protocol found = recognition.found();
        if (found != null) {
            adopt(flow, found, recognition.isTurned() != fromClient, startsOver ? 0 : before, bytes);
            return;
        }
        final boolean full = beginnings.headLength(side) < before + bytes.length()
            || beginnings.headLength(side) == Probe.MAX_STREAM;
        beginnings.open(side, recognition.wantsMore() && !full);
        final boolean waits = beginnings.pieces(side ^ 1) == 0 && !full && !flow.isMidStream()
            && beginnings.pieces(side) < ONE_SIDED_PIECES;
        if (!beginnings.isOpen(side) && !beginnings.isOpen(side ^ 1) && !waits) {
            if (flow.mayRetry(MAX_RETRIES)) {
                beginnings.clear();
            } else {
                life.finish(flow, true);
            }
        }
    }

    /**
     * Asks about the last pieces of a side if nobody was asked about them; true if that has told the protocol, and the
     * flow has a parser or is over.
     */
    private boolean adoptLeft(final Inspection flow, final boolean fromClient) {
        if (!recognition.isFoundInLeft(flow, fromClient)) {
            return false;
        }
        final int before = flow.beginnings().headLength(fromClient ? 0 : 1);
        adopt(flow, recognition.found(), recognition.isTurned() != fromClient, before, nothing);
        return true;
    }

    /** A stream's protocol is recognised: its parser gets all from the beginning, in the order of the sides. */
    private void adopt(final Inspection flow, final Protocol found, final boolean fromClient, final int before,
        final Bytes bytes) {
        life.label(flow, found, recognition.isTurned());
        if (!found.isParsed(false)) {
            life.finish(flow, true);
            return;
        }
        final int side = fromClient ? 0 : 1;
        final Beginnings beginnings = flow.beginnings();
        final boolean otherFirst = beginnings.firstSide() != side;
        final int otherLength = beginnings.headLength(side ^ 1);
        final byte[] head = beginnings.takeHead(side);
        final byte[] other = beginnings.takeHead(side ^ 1);
        final Transaction left = beginnings.takeLeft();
        life.stopRecognising(flow);
        life.parseWith(flow, found);
        if (left != null) {
            ((StreamParser) flow.parser()).takeOver(left);
        }
        flow.heard(fromClient);
        if (otherFirst) {
            replay(flow, !fromClient, other, otherLength);
        }
        replay(flow, fromClient, head, before);
        if (life.isUnderWay(flow) && !bytes.isEmpty()) {
            stream(flow, fromClient, bytes);
        }
        if (!otherFirst) {
            replay(flow, !fromClient, other, otherLength);
        }
        giveBack(head);
        giveBack(other);
        // all that was read over again does not end with what came last
        passedLast = 0;
    }

    private void replay(final Inspection flow, final boolean fromClient, final byte[] head, final int length) {
        if (length > 0 && life.isUnderWay(flow)) {
            final Bytes view = kept[depth++];
            try {
                stream(flow, fromClient, view.wrap(head, 0, length));
            } finally {
                depth--;
            }
        }
    }

    private void giveBack(final byte[] head) {
        if (head != null) {
            buffers.giveBack(head);
        }
    }

    private void gap(final Inspection flow, final boolean fromClient, final long length) {
        if (flow.parser() == null) {
            flow.beginnings().clear();
            flow.startOver(flow.beginnings(), true);
            return;
        }
        counters.increment(Counter.PARSER_GAPS);
        try {
            ((StreamParser) flow.parser()).gap(fromClient, length);
        } catch (final RuntimeException e) {
            life.fault(flow, e);
            return;
        }
        settle(flow, fromClient);
    }

    /** After a parser's turn: ends it if it is done, lets another one take over if it wants that. */
    private void settle(final Inspection flow, final boolean fromClient) {
        if (flow.isDone()) {
            life.finish(flow, true);
        } else if (flow.isHandingOver()) {
            handOver(flow, fromClient);
        }
    }

    private void handOver(final Inspection flow, final boolean fromClient) {
        if (!flow.mayHandOver(Lifecycle.MAX_HAND_OVERS)) {
            life.finish(flow, true);
            return;
        }
        final Protocol from = flow.protocol();
        final StreamParser old = (StreamParser) life.stopParsing(flow);
        try {
            old.conclude();
        } catch (final RuntimeException e) {
            life.fault(flow, old, e);
            return;
        }
        flow.startOver(life.newBeginnings(), false);
        flow.beginnings().left(old.handsOn());
        flow.restartNumbers(labels.transactions(flow.handle()));
        passOn(flow, old.input(fromClient), fromClient);
        passOn(flow, old.input(!fromClient), !fromClient);
        passedLast = 0;
        life.release(from, false, old);
    }

    private void passOn(final Inspection flow, final StreamInput input, final boolean fromClient) {
        final Bytes rest = input.peek(input.available());
        if (rest != null && !rest.isEmpty() && life.isUnderWay(flow)) {
            stream(flow, fromClient, rest);
        }
    }
}
