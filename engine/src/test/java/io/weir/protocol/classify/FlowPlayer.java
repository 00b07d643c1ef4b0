package io.weir.protocol.classify;

import io.weir.WorkerParts;
import io.weir.base.Counter;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;
import io.weir.event.TransactionEvent;
import io.weir.flow.FlowView;
import io.weir.output.RecordText;
import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.TransactionListener;
import io.weir.protocol.catalogue.Protocols;
import io.weir.reassembly.StreamEnd;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Plays many flows, one after the other, to one classifier: {@code player.udp(40000, 53); player.says(true, bytes);
 * player.end()}. What was said is overwritten at once, as a ring's block would be.
 */
public final class FlowPlayer implements AutoCloseable {
    private static final byte POISON = (byte) 0xdb;

    private final WorkerParts parts = new WorkerParts();
    private final Classifier classifier;
    private final UnsafeBuffer piece = new UnsafeBuffer(0, 0);
    private final FlowView view = new FlowView();
    private final FlowEvent flowEvent = new FlowEvent();
    private final TransactionEvent transactionEvent = new TransactionEvent();
    private final RecordText text = new RecordText();
    private final List<String> protocols = new ArrayList<>();
    private final List<String> records = new ArrayList<>();
    private final long[] offsets = new long[2];
    private boolean keepsRecords;
    private boolean playsEachSecond;
    private boolean udp;
    private boolean sctp;
    private int flows;
    private int clientPort;
    private int serverPort;
    private long handle;
    private boolean clientIsUpper;
    private final boolean[] cut = new boolean[2];

    /** A player to a classifier with its default settings. */
    public FlowPlayer() {
        this(new ClassifierContext());
    }

    /** A player to a classifier. */
    public FlowPlayer(final ClassifierContext context) {
        classifier =
            new Classifier(context.conclude(), parts.flows, ApplicationMatcher.NONE, parts.ring, parts.counters);
        parts.flows.observer(classifier);
        classifier.cutOff(stream -> cut[(int) (stream & 1)] = true);
    }

    /** Has somebody look at what is told, as rules would. */
    public FlowPlayer watchedBy(final TransactionListener listener) {
        classifier.listener(listener);
        return this;
    }

    /** Has the records of flows and transactions written as text. */
    public FlowPlayer keepingRecords() {
        keepsRecords = true;
        return this;
    }

    /** Has flows come a second after each other: what has a budget for each second has it for each flow. */
    public FlowPlayer playingEachSecond() {
        playsEachSecond = true;
        return this;
    }

    /** Begins a UDP flow. */
    public void udp(final int client, final int server) {
        begin(true, client, server);
    }

    /** Begins a TCP connection. */
    public void tcp(final int client, final int server, final boolean midStream) {
        begin(false, client, server);
        final PacketBuilder first = packet(true).tcp(client, server);
        handle = parts.put(midStream ? first.flags(TcpFlags.ACK).payload(1) : first.flags(TcpFlags.SYN));
        clientIsUpper = view.wrap(parts.flows, handle).initiatorIsUpper();
        classifier.onFrame(parts.frame);
    }

    /** Begins an SCTP association; what its sides say are the chunks of packets. */
    public void sctp(final int client, final int server) {
        begin(false, client, server);
        sctp = true;
    }

    private void begin(final boolean isUdp, final int client, final int server) {
        if (playsEachSecond) {
            parts.at(++flows);
        }
        udp = isUdp;
        sctp = false;
        clientPort = client;
        serverPort = server;
        protocols.clear();
        records.clear();
        Arrays.fill(offsets, 0);
        Arrays.fill(cut, false);
    }

    private static PacketBuilder packet(final boolean fromClient) {
        return PacketBuilder.ethernet()
            .ipv4(fromClient ? "10.0.0.1" : "10.0.0.2", fromClient ? "10.0.0.2" : "10.0.0.1");
    }

    /** One side sends a datagram, the next bytes of its stream or chunks: one byte at least. */
    public void says(final boolean fromClient, final byte[] bytes) {
        if (udp) {
            final long at = parts.put((fromClient ? packet(true).udp(clientPort, serverPort)
                : packet(false).udp(serverPort, clientPort)).payload(bytes));
            classifier.onFrame(parts.frame);
            classifier.onDatagram(at, parts.frame);
        } else if (sctp) {
            final long at = parts.put((fromClient ? packet(true).sctp(clientPort, serverPort, 1)
                : packet(false).sctp(serverPort, clientPort, 2)).payload(bytes));
            classifier.onFrame(parts.frame);
            classifier.onChunks(at, parts.frame);
        } else {
            final byte[] copy = bytes.clone();
            piece.wrap(copy);
            if (!cut[side(fromClient)]) {
                classifier.data(stream(fromClient), piece, 0, copy.length, offsets[side(fromClient)],
                    parts.frame.timestampNs);
            }
            Arrays.fill(copy, POISON);
            offsets[side(fromClient)] += copy.length;
        }
        read();
    }

    /** How many of the bytes said last nobody looked at, from the first one on. */
    public int passedFirst() {
        return classifier.passedFirst();
    }

    /** How many at their end. */
    public int passedLast() {
        return classifier.passedLast();
    }

    /** Bytes of a stream are missing. */
    public void gap(final boolean fromClient, final long missing) {
        if (!udp && !cut[side(fromClient)]) {
            classifier.gap(stream(fromClient), offsets[side(fromClient)], missing, parts.frame.timestampNs);
            offsets[side(fromClient)] += missing;
        }
    }

    /** A side of a connection ends; it says nothing more. */
    public void closes(final boolean fromClient) {
        if (!udp && !cut[side(fromClient)]) {
            classifier.end(stream(fromClient), StreamEnd.FIN, parts.frame.timestampNs);
            cut[side(fromClient)] = true;
        }
    }

    private int side(final boolean fromClient) {
        return fromClient == clientIsUpper ? 1 : 0;
    }

    private long stream(final boolean fromClient) {
        return handle * 2 + side(fromClient);
    }

    /** Ends the flow; answers the names of its protocols, valid until the next flow begins. */
    public List<String> end() {
        final Frame frame = parts.frame;
        parts.ring.causedBy(frame.sequence + 1, frame.timeNs);
        classifier.onMark();
        parts.flows.endAll(frame.sequence + 1, frame.timeNs);
        read();
        return protocols;
    }

    /** Records of the flow played last, if they are kept. */
    public List<String> records() {
        return records;
    }

    /** Value of a counter of the classifier's worker. */
    public long count(final Counter counter) {
        return parts.count(counter);
    }

    /** Bytes of buffers that nobody has given back. */
    public long buffersInUse() {
        return classifier.buffers().inUse();
    }

    /** Decoders of bodies that nobody has given back. */
    public int decodersInUse() {
        return classifier.decoders().inUse();
    }

    private void read() {
        final EventRing ring = parts.ring;
        for (int body = ring.peek(); body >= 0; body = ring.peek()) {
            if (ring.type(body) == EventType.FLOW) {
                flowEvent.wrap(ring.buffer(), body);
                for (int i = 0; i < FlowEvent.MAX_PROTOCOLS && flowEvent.protocolNumber(i) != 0; i++) {
                    protocols.add(Protocols.name(flowEvent.protocolNumber(i)));
                }
                if (keepsRecords) {
                    records.add(text.of(flowEvent));
                }
            } else if (ring.type(body) == EventType.TRANSACTION && keepsRecords) {
                transactionEvent.wrap(ring.buffer(), body);
                if (transactionEvent.hasPart()) {
                    records.add(text.of(transactionEvent.part()));
                }
                records.add(text.of(transactionEvent));
            }
            ring.advance();
        }
    }

    @Override
    public void close() {
        classifier.close();
        parts.close();
    }
}
