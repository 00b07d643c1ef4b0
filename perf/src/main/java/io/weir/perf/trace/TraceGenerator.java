package io.weir.perf.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;

/**
 * Writes the traces that figures are measured on: {@code TraceGenerator NAME FRAMES FILE}.
 *
 * <p>{@code mixed}: short flows of every kind (web, TLS, DNS, media), 5,000 of them alive at a time, about 330 bytes a
 * frame. {@code few}: the same, 50 alive at a time, whose state no cache loses: beside {@code mixed} it tells what
 * waiting for memory costs. {@code heavy}: of the web, TLS and DNS alone, with more to carry, about 660 bytes a frame.
 * {@code million}: a million flows that stay open, frames of any of them in no order; each of the first million frames
 * is a flow's first.
 *
 * <p>{@code tcp}: TCP connections, 2,000 alive at a time, all in order and all brought to their FIN. {@code tcp-light}:
 * 1 % of their segments swapped with the next and 0.5 % repeated. {@code tcp-heavy}: 30 % and 20 %. {@code attack}: a
 * thousand such connections, longer and with a swap now and then, among FRAMES flows that leave a gap open.
 * {@link TraceFacts} of these four are written beside them.
 */
public final class TraceGenerator {
    private static final long SEED = 20_260_101;
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final int MAX_FRAME = 2048;
    private static final int ALIVE = 5_000;
    private static final int FEW = 50;
    private static final int MILLION = 1_000_000;
    private static final int MAX_FRAMES = 10_000_000;
    private static final String NAMES = "mixed|few|heavy|million|tcp|tcp-light|tcp-heavy|attack";
    private static final int TCP_ALIVE = 2_000;
    private static final int TCP_TURNS = 12;
    private static final int WELL_BEHAVED = 1_000;
    private static final int WELL_BEHAVED_TURNS = 200;

    private final SplittableRandom random = new SplittableRandom(SEED);
    private final byte[] frame = new byte[MAX_FRAME];

    private TraceGenerator() {
    }

    /** Writes one trace and says what it wrote. */
    public static void main(final String[] arguments) throws IOException {
        final int frames = arguments.length == 3 ? Integer.parseInt(arguments[1]) : 0;
        if (frames < 1 || frames > MAX_FRAMES) {
            System.err.println("usage: TraceGenerator " + NAMES + " FRAMES FILE (at most " + MAX_FRAMES + " frames)");
            System.exit(2);
        }
        final Path file = Path.of(arguments[2]);
        final Path unfinished = file.resolveSibling(file.getFileName() + ".unfinished");
        switch (arguments[0]) {
            case "mixed" -> new TraceGenerator().mixed(frames, ALIVE, unfinished);
            case "few" -> new TraceGenerator().mixed(frames, FEW, unfinished);
            case "heavy" -> new TraceGenerator().heavy(frames, unfinished);
            case "million" -> new TraceGenerator().million(frames, unfinished);
            case "tcp" -> new TraceGenerator().tcp(frames, unfinished, file, TcpTalk.Disorder.NONE);
            case "tcp-light" -> new TraceGenerator().tcp(frames, unfinished, file, new TcpTalk.Disorder(0.01, 0.005));
            case "tcp-heavy" -> new TraceGenerator().tcp(frames, unfinished, file, new TcpTalk.Disorder(0.3, 0.2));
            case "attack" -> new TraceGenerator().attack(frames, unfinished, file);
            default -> throw new IllegalArgumentException("unknown trace " + arguments[0]);
        }
        Files.move(unfinished, file, StandardCopyOption.REPLACE_EXISTING);
    }

    private void mixed(final int frames, final int alive, final Path file) throws IOException {
        final Script[] scripts = new Script[256];
        for (int i = 0; i < scripts.length; i++) {
            scripts[i] = switch (i % 16) {
                case 0, 1, 2, 3, 4, 5 -> Script.web(random);
                case 6, 7, 8, 9 -> Script.tls(random);
                case 10 -> Script.media(random);
                default -> Script.dns(random);
            };
        }
        shortFlows(scripts, frames, alive, file);
    }

    private void heavy(final int frames, final Path file) throws IOException {
        final Script[] scripts = new Script[256];
        for (int i = 0; i < scripts.length; i++) {
            scripts[i] = switch (i % 4) {
                case 0, 1 -> Script.largerWeb(random);
                case 2 -> Script.largerTls(random);
                default -> Script.dns(random);
            };
        }
        shortFlows(scripts, frames, ALIVE, file);
    }

    private void shortFlows(final Script[] scripts, final int frames, final int alive, final Path file)
        throws IOException {
        final FlowSet flows = new FlowSet(alive, scripts, false, random.split());
        try (PcapOutput output = new PcapOutput(file)) {
            for (int i = 0; i < frames; i++) {
                final int length = flows.next(random.nextInt(alive), frame);
                output.write(START_NS + i * 5_000L, frame, length);
            }
            report(flows, frames, output);
        }
    }

    private void million(final int frames, final Path file) throws IOException {
        final Script[] scripts = new Script[256];
        for (int i = 0; i < scripts.length; i++) {
            scripts[i] = Script.keptOpen(random);
        }
        final FlowSet flows = new FlowSet(MILLION, scripts, true, random.split());
        try (PcapOutput output = new PcapOutput(file)) {
            for (int i = 0; i < frames; i++) {
                final int slot = i < MILLION ? i : random.nextInt(MILLION);
                final int length = flows.next(slot, frame);
                output.write(START_NS + i * 5_000L, frame, length);
            }
            report(flows, frames, output);
        }
    }

    /** The frames asked for, and then as many as it takes to bring the connections to their end. */
    private void tcp(final int frames, final Path file, final Path named, final TcpTalk.Disorder disorder)
        throws IOException {
        final TcpTraffic traffic = new TcpTraffic(TCP_ALIVE, TCP_TURNS, StreamPattern.PORT, disorder, random.split());
        try (PcapOutput output = new PcapOutput(file)) {
            long written = 0;
            for (; !traffic.isOver(); written++) {
                output.write(START_NS + written * 5_000L, frame, traffic.next(frame, written < frames));
            }
            report(traffic.facts(written), named, output);
        }
    }

    private void attack(final int flows, final Path file, final Path named) throws IOException {
        final TcpTalk.Disorder disorder = new TcpTalk.Disorder(0.02, 0.01);
        final TcpTraffic traffic =
            new TcpTraffic(WELL_BEHAVED, WELL_BEHAVED_TURNS, StreamPattern.PORT, disorder, random.split());
        final GapAttack attack = new GapAttack(random.split());
        try (PcapOutput output = new PcapOutput(file)) {
            long written = 0;
            for (; !traffic.isOver(); written++) {
                final boolean isAttack = attack.flowsStarted() < flows && random.nextInt(2) == 0;
                final int length = isAttack ? attack.next(frame)
                    : traffic.next(frame, attack.flowsStarted() < flows);
                output.write(START_NS + written * 5_000L, frame, length);
            }
            System.out.print(attack.flowsStarted() + " flows with a gap; ");
            report(traffic.facts(written), named, output);
        }
    }

    private static void report(final TraceFacts facts, final Path trace, final PcapOutput output) throws IOException {
        facts.write(trace);
        System.out.println(facts + ", " + (output.bytes() - 24) / facts.frames()
            + " bytes a frame with its 16-byte record header, " + (output.bytes() >> 20) + " MiB");
    }

    private static void report(final FlowSet flows, final int frames, final PcapOutput output) {
        System.out.println(frames + " frames of " + flows.flowsStarted() + " flows, "
            + (output.bytes() - 24) / frames + " bytes a frame with its 16-byte record header, "
            + (output.bytes() >> 20) + " MiB");
    }
}
