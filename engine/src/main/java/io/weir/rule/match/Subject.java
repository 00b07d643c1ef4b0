package io.weir.rule.match;

import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;

/**
 * What rules are asked about: a frame, a piece of a stream or a transaction, with its flow. One for each worker, filled
 * anew for each use. A plain record of fields, as {@link Frame} is.
 */
public final class Subject {
    /** Being worked on, or null. */
    public Frame frame;
    /** Handle, or -1. */
    public long flow = -1;
    /** Direction of what is asked about. */
    public boolean toServer;
    /** 4, 6, or 0 if there is no IP header. */
    public int ipVersion;
    /** Transport protocol. */
    public int ipProtocol;
    /** Upper half of the sender's address. */
    public long sourceHi;
    /** Lower half of the sender's address. */
    public long sourceLo;
    /** The sender's port. */
    public int sourcePort;
    /** Upper half of the receiver's address. */
    public long destinationHi;
    /** Lower half of the receiver's address. */
    public long destinationLo;
    /** The receiver's port. */
    public int destinationPort;
    /** Bits and counters of the flow, or null if it has none. */
    public FlowVariables variables;
    /** Payload: of the stream or of the frame. */
    public final Input payload = new Input();
    /** True if {@link #payload} is a part of the stream. */
    public boolean fromStream;
    /** How many bytes of the stream are lost right before the payload. */
    public long missing;
    /** Fields of the transaction; empty if none is asked about. */
    public final TransactionFields fields = new TransactionFields();
    /** The transaction asked about, or null. */
    public Transaction transaction;
    /** Protocol of the transaction, or null. */
    public Protocol protocol;
    /** What the frame shows that is odd: a bit for each ordinal of {@code event.Anomaly}. */
    public int anomalies;
    /** When it is, in nanoseconds since 1970. */
    public long timeNs;
    /** What is known of flows. */
    public final FlowFacts facts;
    /** Variables and limits. */
    public final Matching matching = new Matching();

    final TransformScratch scratch = new TransformScratch();
    final Input buffer = new Input();
    final Input otherBuffer = new Input();

    /** Makes one that is about nothing. */
    public Subject(final FlowFacts facts) {
        this.facts = facts;
    }

    /** Takes addresses and ports from a frame. */
    public void endpointsOf(final Frame of) {
        ipVersion = of.ipVersion;
        ipProtocol = of.protocol;
        if (of.fromUpper) {
            source(of.upperHi, of.upperLo, of.upperPort);
            destination(of.lowerHi, of.lowerLo, of.lowerPort);
        } else {
            source(of.lowerHi, of.lowerLo, of.lowerPort);
            destination(of.upperHi, of.upperLo, of.upperPort);
        }
    }

    /** Takes addresses and ports from a flow. */
    public void endpointsOf(final FlowView of, final boolean fromUpper) {
        ipVersion = of.ipVersion();
        ipProtocol = of.protocol();
        if (fromUpper) {
            source(of.upperHi(), of.upperLo(), of.upperPort());
            destination(of.lowerHi(), of.lowerLo(), of.lowerPort());
        } else {
            source(of.lowerHi(), of.lowerLo(), of.lowerPort());
            destination(of.upperHi(), of.upperLo(), of.upperPort());
        }
    }

    /** The server's port. */
    public int serverPort() {
        return toServer ? destinationPort : sourcePort;
    }

    /** The client's port. */
    public int clientPort() {
        return toServer ? sourcePort : destinationPort;
    }

    /** Sets the sender. */
    public void source(final long hi, final long lo, final int port) {
        sourceHi = hi;
        sourceLo = lo;
        sourcePort = port;
    }

    /** Sets the receiver. */
    public void destination(final long hi, final long lo, final int port) {
        destinationHi = hi;
        destinationLo = lo;
        destinationPort = port;
    }

    /** Exchanges sender and receiver, and the direction. */
    public void turn() {
        final long hi = sourceHi;
        final long lo = sourceLo;
        final int port = sourcePort;
        source(destinationHi, destinationLo, destinationPort);
        destination(hi, lo, port);
        toServer = !toServer;
    }
}
