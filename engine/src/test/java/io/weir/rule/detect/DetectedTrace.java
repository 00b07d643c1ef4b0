package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.engine.MemorySource.TimedFrame;
import io.weir.engine.MemorySource;
import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.reassembly.StreamContext;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.match.Reputations;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.agrona.DirectBuffer;

/** Frames put through an engine with rules: which rule matched on which frame. */
public final class DetectedTrace {
    static final String CLIENT = "10.1.0.1";
    static final String SERVER = "10.2.0.1";

    private static final long START = 1_700_000_000_000_000_000L;
    private static final long BOUND_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<TimedFrame> frames = new ArrayList<>();
    private int workers = 1;
    private PatternLibrary.Choice library = PatternLibrary.Choice.AUTO;
    private Reputations reputations = Reputations.NONE;
    private Supplier<DetectionContext> context = DetectionContext::new;
    private Supplier<StreamContext> streams = StreamContext::new;
    private long clientNext;
    private long serverNext;
    private int clientPort = 40_000;
    private int serverPort = 80;
    private long nowNs = START;
    /** Counters of the run. */
    private long[] counts;

    /** A match, in words. */
    record Match(long sid, long frame, boolean toServer, boolean fromStream, int length, int transaction,
        String effect) implements Comparable<Match> {
        @Override
        public int compareTo(final Match other) {
            return Long.compare(frame, other.frame);
        }
    }

    DetectedTrace workers(final int count) {
        workers = count;
        return this;
    }

    DetectedTrace library(final PatternLibrary.Choice choice) {
        library = choice;
        return this;
    }

    /** What streams were handed last is kept in so much memory, a power of two. */
    DetectedTrace history(final long bytes) {
        context = () -> new DetectionContext().historyBytes(bytes);
        streams = () -> new StreamContext().comparisonBytes(Math.max(bytes, StreamContext.COMPARISON_BYTES_MIN));
        return this;
    }

    /** Urgent bytes are no part of their streams. */
    DetectedTrace urgentBeside() {
        streams = () -> new StreamContext().urgentInline(false);
        return this;
    }

    /** So many bytes of each stream are followed. */
    DetectedTrace depth(final long bytes) {
        streams = () -> new StreamContext().depth(bytes);
        return this;
    }

    DetectedTrace reputations(final Reputations value) {
        reputations = value;
        return this;
    }

    public DetectedTrace frame(final PacketBuilder packet) {
        nowNs += 1_000_000;
        frames.add(new TimedFrame(nowNs, packet.build()));
        return this;
    }

    public DetectedTrace later(final long seconds) {
        nowNs += seconds * 1_000_000_000L;
        return this;
    }

    public static PacketBuilder packet(final boolean fromClient) {
        return PacketBuilder.ethernet().ipv4(fromClient ? CLIENT : SERVER, fromClient ? SERVER : CLIENT);
    }

    /** A datagram. */
    public DetectedTrace udp(final boolean fromClient, final int client, final int server, final String payload) {
        return frame(packet(fromClient).udp(fromClient ? client : server, fromClient ? server : client)
            .payload(payload.getBytes(StandardCharsets.ISO_8859_1)));
    }

    /** A handshake: three frames. */
    public DetectedTrace connect(final int client, final int server) {
        clientPort = client;
        serverPort = server;
        clientNext = 1001;
        serverNext = 5001;
        return frame(packet(true).tcp(client, server).seq(1000).flags(TcpFlags.SYN))
            .frame(packet(false).tcp(server, client).seq(5000).ack(1001).flags(TcpFlags.SYN | TcpFlags.ACK))
            .frame(packet(true).tcp(client, server).seq(1001).ack(5001).flags(TcpFlags.ACK));
    }

    /** A connection whose handshake the capture missed. */
    DetectedTrace pickUp(final int client, final int server) {
        clientPort = client;
        serverPort = server;
        clientNext = 1001;
        serverNext = 5001;
        return this;
    }

    /** Says something in the connection made last. */
    public DetectedTrace says(final boolean fromClient, final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        final long seq = fromClient ? clientNext : serverNext;
        frame(segment(fromClient, seq, bytes));
        if (fromClient) {
            clientNext += bytes.length;
        } else {
            serverNext += bytes.length;
        }
        return this;
    }

    PacketBuilder segment(final boolean fromClient, final long seq, final byte[] bytes) {
        return (fromClient ? packet(true).tcp(clientPort, serverPort).ack(serverNext)
            : packet(false).tcp(serverPort, clientPort).ack(clientNext)).seq(seq)
            .flags(TcpFlags.PSH | TcpFlags.ACK).payload(bytes);
    }

    /** Moves on without a frame: bytes that the capture missed. */
    DetectedTrace misses(final boolean fromClient, final int bytes) {
        clientNext += fromClient ? bytes : 0;
        serverNext += fromClient ? 0 : bytes;
        return this;
    }

    public List<TimedFrame> frames() {
        return frames;
    }

    long count(final Counter counter) {
        return counts[counter.ordinal()];
    }

    /** The matches, in the order of frames. */
    List<Match> matches(final Rule... rules) {
        return matches(List.of(rules), true);
    }

    /** The same; {@code filters} false for every rule asked everywhere. */
    List<Match> matches(final List<Rule> rules, final boolean filters) {
        final List<Match> found = Collections.synchronizedList(new ArrayList<>());
        try (ActiveRules active = new ActiveRules(new RuleCompiler(PatternLibrary.choose(library)).filters(filters)
                .reputations(reputations).compile(rules));
            MemorySource source = new MemorySource(frames, 8, 32, false);
            Engine engine = new Engine(new EngineContext().source(source).workers(workers).latency(false)
                .detection(context.get()).streams(streams.get())
                .rules(active, (worker, flows, classifier, events, counters) -> new Listener(found)).conclude())) {
            engine.start();
            if (!engine.await(BOUND_NS)) {
                throw new AssertionError("the engine did not end");
            }
            counts = new long[Counter.values().length];
            for (final Counter counter : Counter.values()) {
                counts[counter.ordinal()] = engine.progress().counters().get(counter);
            }
        } catch (final java.io.IOException e) {
            throw new AssertionError(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
        final List<Match> ordered = new ArrayList<>(found);
        Collections.sort(ordered);
        return ordered;
    }

    /** The matches as {@code sid@frame}. */
    String alerts(final Rule... rules) {
        return matches(rules).stream().filter(match -> match.effect().isEmpty())
            .map(match -> match.sid() + "@" + match.frame()).collect(Collectors.joining(" "));
    }

    /** Writes down what it hears. */
    private record Listener(List<Match> found) implements MatchListener {
        @Override
        public void matched(final RuleSet set, final int rule, final long flow, final Frame frame,
            final Transaction transaction, final Protocol protocol, final boolean toServer,
            final DirectBuffer payload, final int offset, final int length, final boolean fromStream,
            final long missing) {
            found.add(new Match(set.rule(rule).id().signature(), frame == null ? 0 : frame.number, toServer,
                fromStream, length, transaction == null ? -1 : transaction.number(), ""));
        }

        @Override
        public void effect(final RuleSet set, final int rule, final Effect effect, final long flow,
            final Frame frame) {
            found.add(new Match(set.rule(rule).id().signature(), frame == null ? 0 : frame.number, true, false, 0, -1,
                effect.toString()));
        }
    }
}
