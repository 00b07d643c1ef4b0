package io.weir.perf;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.PolledSource;
import io.weir.capture.afxdp.AfXdpContext;
import io.weir.capture.afxdp.AfXdpSender;
import io.weir.capture.afxdp.AfXdpSource;
import io.weir.capture.inject.FrameSender;
import io.weir.capture.inject.PacketSender;
import io.weir.capture.pfring.PfRingContext;
import io.weir.capture.pfring.PfRingSource;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.packet.Frame;
import io.weir.packet.PacketBuilder;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.UnsafeApi;

/**
 * {@code BackEndRounds FROM TO FRAMES ROUNDS PROGRAMS}: what each back end costs per frame over a veth pair, and what
 * each way of sending does. Frames of 60 and 1,000 bytes, and of 60, 570 and 1,514 as 7:4:1. PROGRAMS is the directory
 * of the C programs, and of a stand-in for the library of PF_RING: what that costs is our side alone.
 *
 * <p>A thread sends as fast as it can while another walks what arrives and reads the addresses of each frame. Rounds
 * take all of them in turn, with the walks in C among them; a figure is the median of the rounds, of thread CPU time,
 * which for the sender includes what the kernel does on its way to the receiver.
 */
public final class BackEndRounds {
    private static final int BATCH = 64;
    private static final int WARM_UP = 2;
    private static final int ADDRESSES_END = 34;
    private static final long WAIT_NS = 100_000_000L;
    private static final long SILENT_NS = 500_000_000L;
    private static final long MEMORY = 64L << 20;
    private static final String[] SIZES = {"60 bytes", "IMIX", "1,000 bytes"};
    private static final int[][] LENGTHS = {{60}, {60, 570, 60, 570, 60, 60, 1514, 60, 570, 60, 60, 570}, {1000}};
    private static final Pattern NS = Pattern.compile("(\\d+) frames, (\\d+) lost, (\\d+) ns");

    private final String from;
    private final String to;
    private final int frames;
    private final Path programs;
    private long found;

    private BackEndRounds(final String[] arguments) {
        from = arguments[0];
        to = arguments[1];
        frames = Integer.parseInt(arguments[2]);
        programs = Path.of(arguments[4]);
    }

    /** Runs the rounds and prints a line for each size and way. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length != 5) {
            System.err.println("usage: BackEndRounds FROM TO FRAMES ROUNDS PROGRAMS");
            System.exit(2);
        }
        final BackEndRounds rounds = new BackEndRounds(arguments);
        for (int size = 0; size < SIZES.length; size++) {
            rounds.run(size, Integer.parseInt(arguments[3]));
        }
    }

    private void run(final int size, final int rounds) throws IOException, InterruptedException {
        final String[] names = {"tpacket_v3", "af_xdp native", "af_xdp generic", "C ring walk of tpacket_v3",
            "pf_ring over the stand-in, our side", "C calling the stand-in for pf_ring",
            "sending by sendmmsg, nobody capturing", "sending by af_xdp, nobody capturing"};
        // Receiver and sender in ns per frame, and frames lost, by way and round.
        final double[][][] results = new double[names.length][3][rounds];
        for (int round = -WARM_UP; round < rounds; round++) {
            for (int way = 0; way < names.length; way++) {
                final double[] result = measure(way, size);
                for (int i = 0; i < result.length && round >= 0; i++) {
                    results[way][i][round] = result[i];
                }
            }
        }
        for (int way = 0; way < names.length; way++) {
            System.out.printf(Locale.ROOT, "%-11s %-38s receiver %6.0f ns (%.0f to %.0f), sender %6.0f ns, lost %.0f of"
                + " %d%n", SIZES[size], names[way], median(results[way][0]), least(results[way][0]),
                Arrays.stream(results[way][0]).max().orElse(0), median(results[way][1]),
                Arrays.stream(results[way][2]).sum(), (long) rounds * frames);
        }
        if (found == 0) {
            throw new IllegalStateException("no frame was looked at");
        }
    }

    private double[] measure(final int way, final int size) throws IOException, InterruptedException {
        return switch (way) {
            case 0 -> receive(() -> new TpacketSource(new TpacketContext().interfaceName(to)), size);
            case 1 -> receive(() -> new AfXdpSource(xdp(AfXdpContext.Mode.NATIVE)), size);
            case 2 -> receive(() -> new AfXdpSource(xdp(AfXdpContext.Mode.GENERIC)), size);
            case 3 -> walkInC("ring_walk", size);
            case 4 -> receive(() -> new PfRingSource(new PfRingContext().interfaceName(to)
                .library(programs.resolve("libpfring.so").toString())), size);
            case 5 -> walkInC("pfring_walk", size);
            case 6 -> new double[] {0, send(new PacketSender(from), size), 0};
            default -> new double[] {0, send(new AfXdpSender(from, AfXdpContext.Mode.AUTO), size), 0};
        };
    }

    private AfXdpContext xdp(final AfXdpContext.Mode mode) {
        return new AfXdpContext().interfaceName(to).mode(mode).memoryBytes(MEMORY);
    }

    /** CPU time of this thread per frame that was sent, in ns. */
    private double send(final FrameSender sender, final int size) {
        final int[] lengths = LENGTHS[size];
        try (sender; NativeMemory.Region memory =
            NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) BATCH * 2048, NativeMemory.CACHE_LINE)) {
            for (int i = 0; i < BATCH; i++) {
                final byte[] frame = PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(40_000 + i, 9)
                    .payload(lengths[i % lengths.length] - 42).build();
                for (int j = 0; j < frame.length; j++) {
                    UnsafeApi.putByte(memory.address() + i * 2048L + j, frame[j]);
                }
            }
            final long startNs = threadNs();
            for (int i = 0; i < frames; i++) {
                sender.add(memory.address() + i % BATCH * 2048L, lengths[i % BATCH % lengths.length]);
            }
            sender.flush();
            return (double) (threadNs() - startNs) / frames;
        }
    }

    private double[] receive(final Supplier<PolledSource> open, final int size) throws InterruptedException {
        final double[] result = new double[3];
        try (PolledSource source = open.get()) {
            final Thread sender = new Thread(() -> result[1] = send(new PacketSender(from), size));
            sender.start();
            final long startNs = threadNs();
            final long got = walk(source);
            result[0] = (double) (threadNs() - startNs) / Math.max(1, got);
            sender.join();
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            result[2] = frames - got;
        }
        return result;
    }

    private long walk(final PolledSource source) {
        final Frame frame = new Frame();
        long got = 0;
        long block = -1;
        long lastNs = System.nanoTime();
        while (got < frames) {
            final long before = got;
            while (source.next(frame)) {
                if (frame.block != block) {
                    source.release(0, frame.block - 1);
                    block = frame.block;
                }
                if (frame.capturedLength >= ADDRESSES_END) {
                    found += UnsafeApi.getInt(frame.address + ADDRESSES_END - Integer.BYTES);
                }
                got++;
            }
            if (got != before) {
                lastNs = System.nanoTime();
                source.release(0, block);
            } else if (got > 0 && System.nanoTime() - lastNs > SILENT_NS) {
                break;
            }
            if (got < frames) {
                source.await(WAIT_NS);
            }
        }
        return got;
    }

    private double[] walkInC(final String program, final int size) throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(programs.resolve(program).toString(), to, Integer.toString(frames))
            .start();
        // It says "ready" once it is bound.
        final int first = process.getInputStream().read();
        final double sender = send(new PacketSender(from), size);
        final String said = (char) first + new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        final Matcher matcher = NS.matcher(said);
        if (!matcher.find()) {
            throw new IOException(program + " said: " + said);
        }
        return new double[] {Double.parseDouble(matcher.group(3)), sender,
            frames - Double.parseDouble(matcher.group(1))};
    }

    private static long threadNs() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double least(final double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }
}
