package io.weir.protocol;

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
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.classify.Classifier;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.reassembly.StreamEnd;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What two hosts say to each other in one flow, and what the classifier makes of it: {@code
 * Talk.tcp(80).client("GET ...").server("HTTP/1.1 ...").protocol()}. Client is 10.0.0.1:40000, server 10.0.0.2. It is
 * played when first asked for its outcome, to the end of the flow.
 */
public final class Talk {
    private static final int CLIENT_PORT = 40000;
    private static final int TCP_SYN = 2;
    private static final byte[] NOTHING = {};
    private static final int LATER = -1;

    private final boolean udp;
    private final int clientPort;
    private final int serverPort;
    private final List<Step> steps = new ArrayList<>();
    private final List<String> records = new ArrayList<>();
    private final List<String> protocols = new ArrayList<>();
    private final List<String> announced = new ArrayList<>();
    private boolean midStream;
    private int segment = Integer.MAX_VALUE;
    private boolean played;
    private boolean cutOff;
    private Confidence confidence;
    private String flow;
    private int flags;
    private final Map<Counter, Long> counts = new EnumMap<>(Counter.class);
    private List<String> optional = List.of();
    private TransactionListener listener = TransactionListener.NONE;
    private boolean files;
    private ApplicationMatcher applications = ApplicationMatcher.NONE;

    /** Something said, or missing if there are no bytes, or the end of a side if nothing is missing. */
    private static final class Step {
        private final boolean fromClient;
        private final byte[] bytes;
        private final int missing;

        private Step(final boolean fromClient, final byte[] bytes, final int missing) {
            this.fromClient = fromClient;
            this.bytes = bytes;
            this.missing = missing;
        }
    }

    private int dnsVersion = 3;
    private boolean inFrames;

    private Talk(final boolean udp, final int clientPort, final int serverPort) {
        this.udp = udp;
        this.clientPort = clientPort;
        this.serverPort = serverPort;
    }

    /** A TCP connection to a port. */
    public static Talk tcp(final int port) {
        return new Talk(false, CLIENT_PORT, port);
    }

    /** A UDP flow to a port. */
    public static Talk udp(final int port) {
        return new Talk(true, CLIENT_PORT, port);
    }

    /** A UDP flow between two ports. */
    public static Talk udp(final int clientPort, final int serverPort) {
        return new Talk(true, clientPort, serverPort);
    }

    /** Bytes of hexadecimal digits; white space is left out. */
    public static byte[] hex(final String digits) {
        return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
    }

    /** Bytes of text, one for each character. */
    public static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The client says this, in one datagram or piece of stream. */
    public Talk client(final byte... bytes) {
        steps.add(new Step(true, bytes, 0));
        return this;
    }

    /** The client says this. */
    public Talk client(final String said) {
        return client(text(said));
    }

    /** The server says this, in one datagram or piece of stream. */
    public Talk server(final byte... bytes) {
        steps.add(new Step(false, bytes, 0));
        return this;
    }

    /** The server says this. */
    public Talk server(final String said) {
        return server(text(said));
    }

    /** Records of DNS are told in this layout. */
    public Talk dnsVersion(final int version) {
        dnsVersion = version;
        return this;
    }

    /** Bytes of the stream are missing here. */
    public Talk gap(final boolean fromClient, final int missing) {
        steps.add(new Step(fromClient, NOTHING, missing));
        return this;
    }

    /** What follows is said a millisecond later; in TCP, all else at once. */
    public Talk later() {
        steps.add(new Step(true, NOTHING, LATER));
        return this;
    }

    /** A side closes. */
    public Talk close(final boolean fromClient) {
        steps.add(new Step(fromClient, NOTHING, 0));
        return this;
    }

    /** The connection's beginning was not seen. */
    public Talk midStream() {
        midStream = true;
        return this;
    }

    /** Names that tell applications. */
    public Talk applications(final ApplicationMatcher value) {
        applications = value;
        return this;
    }

    /** Optional fields that are told. */
    public Talk fields(final String... names) {
        optional = List.of(names);
        return this;
    }

    /** Somebody looks at what is told, as rules would. */
    public Talk watchedBy(final TransactionListener value) {
        listener = value;
        return this;
    }

    /** Records of files are written. */
    public Talk withFiles() {
        files = true;
        return this;
    }

    /** What is said on TCP does not lie in arrays, as in frames. */
    public Talk inFrames() {
        inFrames = true;
        return this;
    }

    /** Cuts what is said on TCP into pieces of so many bytes. */
    public Talk segmented(final int bytes) {
        final Talk cut = new Talk(udp, clientPort, serverPort);
        cut.steps.addAll(steps);
        cut.midStream = midStream;
        cut.applications = applications;
        cut.optional = optional;
        cut.listener = listener;
        cut.files = files;
        cut.inFrames = inFrames;
        cut.segment = bytes;
        return cut;
    }

    /** Name of the flow's first protocol, or null. */
    public String protocol() {
        play();
        return protocols.isEmpty() ? null : protocols.get(0);
    }

    /** Names of all its protocols, outer first. */
    public List<String> protocols() {
        play();
        return protocols;
    }

    /** How sure the protocol is. */
    public Confidence confidence() {
        play();
        return confidence;
    }

    /** The transactions, as lines of EVE. */
    public List<String> records() {
        play();
        return records;
    }

    /** The objects of the transactions alone, like {@code "http":{...}}. */
    public List<String> objects() {
        return records().stream().map(Talk::object).toList();
    }

    private static String object(final String line) {
        final int from = line.indexOf(',', line.indexOf("\"tx_id\":")) + 1;
        return line.substring(from, line.indexOf(",\"community_id\""));
    }

    /** The flow's record, as a line of EVE. */
    public String flow() {
        play();
        return flow;
    }

    /** True if what it carries is encrypted. */
    public boolean isEncrypted() {
        play();
        return (flags & FlowEvent.ENCRYPTED) != 0;
    }

    /** True if somebody gave the streams up before their end. */
    public boolean isCutOff() {
        play();
        return cutOff;
    }

    /** Flows that were announced, as {@code protocol/transport WAITING:port COMING:port}. */
    public List<String> announced() {
        play();
        return announced;
    }

    /** Parsers that threw. */
    public long faults() {
        return count(Counter.PARSER_FAULTS);
    }

    /** What a counter shows at the end. */
    public long count(final Counter counter) {
        play();
        return counts.get(counter);
    }

    private void play() {
        if (played) {
            return;
        }
        played = true;
        try (WorkerParts parts = new WorkerParts();
            Classifier classifier = new Classifier(new ClassifierContext().fields(optional).files(files).codingLayers(3)
                .dnsVersion(dnsVersion).conclude(), parts.flows, applications, parts.ring, parts.counters)) {
            classifier.listener(listener);
            parts.flows.observer(classifier);
            classifier.cutOff(stream -> cutOff = true);
            if (udp) {
                playDatagrams(parts, classifier);
            } else {
                playStreams(parts, classifier);
            }
            parts.ring.causedBy(parts.frame.sequence + 1, parts.frame.timeNs);
            classifier.onMark();
            parts.flows.endAll(parts.frame.sequence + 1, parts.frame.timeNs);
            read(parts.ring);
            for (final Counter counter : Counter.values()) {
                counts.put(counter, parts.count(counter));
            }
        }
    }

    private void playDatagrams(final WorkerParts parts, final Classifier classifier) {
        for (final Step step : steps) {
            final PacketBuilder packet = step.fromClient
                ? PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").udp(clientPort, serverPort)
                : PacketBuilder.ethernet().ipv4("10.0.0.2", "10.0.0.1").udp(serverPort, clientPort);
            final long handle = parts.put(packet.payload(step.bytes));
            classifier.onFrame(parts.frame);
            classifier.onDatagram(handle, parts.frame);
            read(parts.ring);
        }
    }

    private void playStreams(final WorkerParts parts, final Classifier classifier) {
        final PacketBuilder first =
            PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.0.2").tcp(clientPort, serverPort);
        final long handle = parts.put(midStream ? first.flags(0x10).payload(1) : first.flags(TCP_SYN));
        final boolean clientIsUpper = new FlowView().wrap(parts.flows, handle).initiatorIsUpper();
        final Frame frame = parts.frame;
        classifier.onFrame(frame);
        final long[] offsets = new long[2];
        for (final Step step : steps) {
            final long stream = handle * 2 + (step.fromClient == clientIsUpper ? 1 : 0);
            final int side = step.fromClient ? 0 : 1;
            if (step.missing == LATER) {
                frame.timestampNs += 1_000_000;
            } else if (step.missing > 0) {
                classifier.gap(stream, offsets[side], step.missing, frame.timestampNs);
                offsets[side] += step.missing;
            } else if (step.bytes.length == 0) {
                classifier.end(stream, StreamEnd.FIN, frame.timestampNs);
            }
            for (int at = 0; at < step.bytes.length; at += segment) {
                final byte[] piece =
                    Arrays.copyOfRange(step.bytes, at, (int) Math.min(step.bytes.length, (long) at + segment));
                final UnsafeBuffer data = inFrames ? new UnsafeBuffer(ByteBuffer.allocateDirect(piece.length))
                    : new UnsafeBuffer(new byte[piece.length]);
                data.putBytes(0, piece);
                classifier.data(stream, data, 0, piece.length, offsets[side], frame.timestampNs);
                data.setMemory(0, piece.length, (byte) 0xdb);
                offsets[side] += piece.length;
                read(parts.ring);
                if (segment == Integer.MAX_VALUE) {
                    break;
                }
            }
        }
    }

    private void read(final EventRing ring) {
        final RecordText text = new RecordText();
        for (int body = ring.peek(); body >= 0; body = ring.peek()) {
            switch (ring.type(body)) {
                case EventType.TRANSACTION -> {
                    final TransactionEvent event = new TransactionEvent().wrap(ring.buffer(), body);
                    if (event.hasPart()) {
                        records.add(text.of(event.part()));
                    }
                    records.add(text.of(event));
                }
                case EventType.EXPECTATION -> announced.add(Announcement.of(ring.buffer(), body));
                case EventType.FLOW -> {
                    final FlowEvent event = new FlowEvent().wrap(ring.buffer(), body);
                    flow = text.of(event);
                    flags = event.labelFlags();
                    confidence = Confidence.of(event.confidence());
                    for (int i = 0; i < FlowEvent.MAX_PROTOCOLS && event.protocolNumber(i) != 0; i++) {
                        protocols.add(Protocols.of(event.protocolNumber(i)).name());
                    }
                }
                default -> { }
            }
            ring.advance();
        }
    }
}
