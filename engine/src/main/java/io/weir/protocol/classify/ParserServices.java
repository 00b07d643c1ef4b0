package io.weir.protocol.classify;

import io.weir.base.Counters;
import io.weir.base.Spares;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Field;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.TransactionListener.Stage;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.protocol.content.Decoders;
import java.util.Arrays;
import java.util.BitSet;

/**
 * What the parsers of one worker share: pools and scratch memory, what is asked for, and the way of what they tell, to
 * the event ring and to whoever listens. One thread.
 */
final class ParserServices {
    private final Counters counters;
    private final ApplicationMatcher applications;
    private final BitSet wanted;
    private final BufferPool buffers;
    private final Decoders decoders;
    private final boolean wantsFiles;
    private final boolean unpacksFiles;
    private final int dnsVersion;
    private final Labels labels;
    private final EventWriter writer;
    private final Spares<Transaction> freeTransactions = new Spares<>();
    private Object[] scratches = {};
    private TransactionListener listener = TransactionListener.NONE;
    private long timestampNs;
    private long frameNumber;

    ParserServices(final ClassifierContext context, final Labels labels, final ApplicationMatcher applications,
        final BufferPool buffers, final Decoders decoders, final EventWriter writer, final Counters counters) {
        this.labels = labels;
        this.applications = new RecentNames(applications);
        this.buffers = buffers;
        this.decoders = decoders;
        this.writer = writer;
        this.counters = counters;
        wanted = context.wanted();
        wantsFiles = context.files();
        unpacksFiles = context.unpacksFiles();
        dnsVersion = context.dnsVersion();
    }

    /** Sets who is told of what parsers tell. */
    void listener(final TransactionListener value) {
        listener = value;
    }

    /** Notes which frame is being worked on. */
    void frame(final long number, final long stampNs) {
        frameNumber = number;
        timestampNs = stampNs;
    }

    /** Notes that no frame is being worked on. */
    void mark() {
        frameNumber = 0;
    }

    /** Sets when what is parsed now was sent. */
    void timestampNs(final long stampNs) {
        timestampNs = stampNs;
    }

    Transaction open(final RecordType type) {
        Transaction transaction = freeTransactions.take();
        if (transaction == null) {
            transaction = new Transaction(buffers);
        }
        transaction.open(type, listener.asking());
        return transaction;
    }

    void told(final Inspection flow, final Transaction transaction, final boolean byClient) {
        if (listener.isListening()) {
            number(flow, transaction);
            listener.told(flow.handle(), flow.protocol(), transaction, byClient ? Stage.CLIENT : Stage.SERVER);
        }
    }

    void close(final Inspection flow, final Transaction transaction) {
        number(flow, transaction);
        listener.told(flow.handle(), flow.protocol(), transaction, Stage.CLOSED);
        writer.transaction(flow, transaction, flow.protocol(), transaction.number(), false);
        discard(transaction);
    }

    void beside(final Inspection flow, final Transaction record, final Transaction of, final Field numberField,
        final Field object) {
        number(flow, of);
        record.put(numberField, of.number()).sibling(object);
        writer.part(flow, record, of, of.number());
        discard(record);
    }

    void close(final Inspection flow, final Transaction transaction, final Transaction record, final int shared,
        final Field numberField, final Field object) {
        number(flow, transaction);
        if (listener.isListening()) {
            listener.told(flow.handle(), flow.protocol(), transaction, Stage.CLOSED);
        }
        record.put(numberField, transaction.number()).sibling(object);
        writer.withPart(flow, transaction, record, shared);
        discard(record);
        discard(transaction);
    }

    void number(final Inspection flow, final Transaction transaction) {
        if (transaction.number() == Transaction.UNNUMBERED) {
            transaction.number(labels.nextTransaction(flow.handle()) - flow.firstNumber());
        }
    }

    void discard(final Transaction transaction) {
        if (transaction.isHolding(false)) {
            listener.letGo(transaction);
        }
        transaction.release();
        freeTransactions.giveBack(transaction);
    }

    /** Reports what was odd in a flow, to its parser or to those who recognise protocols. */
    void report(final Inspection flow, final ProtocolEvent event, final Transaction of, final boolean inRecognition) {
        listener.event(flow.handle(), flow.protocol(), event, of);
        final Transaction anomaly = open(AppLayerAnomaly.RECORD);
        AppLayerAnomaly.fill(anomaly, event, inRecognition);
        if (of != null && of.namesServer()) {
            anomaly.byServer();
        }
        final int number = of == null ? labels.nextTransaction(flow.handle()) - flow.firstNumber() : of.number();
        writer.transaction(flow, anomaly, flow.protocol(), number, true);
        discard(anomaly);
    }

    TransactionListener listener() {
        return listener;
    }

    boolean wantsFiles() {
        return wantsFiles;
    }

    boolean unpacksFiles() {
        return unpacksFiles;
    }

    int dnsVersion() {
        return dnsVersion;
    }

    Decoders decoders() {
        return decoders;
    }

    BufferPool buffers() {
        return buffers;
    }

    boolean wants(final Field field) {
        return wanted.get(field.id()) || listener.wants(field);
    }

    <T> T scratch(final Scratch<T> kind) {
        final int number = kind.number();
        if (number >= scratches.length || scratches[number] == null) {
            scratches = Arrays.copyOf(scratches, Math.max(scratches.length, number + 1));
            scratches[number] = kind.make();
        }
        return kind.cast(scratches[number]);
    }

    Labels labels() {
        return labels;
    }

    EventWriter writer() {
        return writer;
    }

    ApplicationMatcher applications() {
        return applications;
    }

    Counters counters() {
        return counters;
    }

    /** Stamp of what is parsed now. */
    long timestampNs() {
        return timestampNs;
    }

    /** Number of the frame being worked on, or 0. */
    long frameNumber() {
        return frameNumber;
    }
}
