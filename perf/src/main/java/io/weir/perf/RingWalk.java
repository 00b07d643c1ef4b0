package io.weir.perf;

import io.weir.capture.CaptureStatistics;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.agrona.UnsafeApi;

/**
 * {@code RingWalk INTERFACE WARM FRAMES touch|decode}: walks a TPACKET_V3 ring without an engine behind it and reads
 * the addresses of every frame, or decodes it, as {@code perf/c/ring_walk.c} does in C.
 *
 * <p>The first WARM frames are for the compiler; prints the walking thread's CPU time per frame for the FRAMES after
 * them. Ends when they came or after two silent seconds.
 */
public final class RingWalk {
    private static final long WAIT_NS = 100_000_000L;
    private static final int MAX_WAITS = 20;
    /** End of the addresses of IPv4 in Ethernet. */
    private static final int ADDRESSES_END = 34;

    private RingWalk() {
    }

    /** Walks. */
    public static void main(final String[] arguments) {
        if (arguments.length != 4) {
            System.err.println("usage: RingWalk INTERFACE WARM FRAMES touch|decode");
            System.exit(2);
        }
        final long warm = Long.parseLong(arguments[1]);
        final long wanted = warm + Long.parseLong(arguments[2]);
        try (TpacketSource source = new TpacketSource(new TpacketContext().interfaceName(arguments[0]).conclude())) {
            final Walk walk = new Walk(source, "decode".equals(arguments[3]));
            walk.until(warm);
            final long warmLost = walk.lost();
            final long cpuNs = walk.until(wanted);
            final long frames = walk.frames - warm;
            System.out.printf(Locale.ROOT, "weir ring walk, %s: %d frames, %d lost, %.0f ns CPU per frame; "
                + "%d lost of %d before, cold (%d)%n", arguments[3], frames, walk.lost() - warmLost,
                (double) cpuNs / Math.max(1, frames), warmLost, warm, walk.found);
        }
    }

    /** The walk so far. */
    private static final class Walk {
        private final TpacketSource source;
        private final boolean decoding;
        private final Decoder decoder = new Decoder();
        private final Frame frame = new Frame();
        private long frames;
        private long found;
        private long block = -1;

        Walk(final TpacketSource source, final boolean decoding) {
            this.source = source;
            this.decoding = decoding;
        }

        /** Walks up to a frame count; answers the CPU time of this thread. */
        long until(final long count) {
            final long startNs = threadNs();
            boolean begun = false;
            int silent = 0;
            while (frames < count && silent < MAX_WAITS) {
                final long before = frames;
                while (frames < count && source.next(frame)) {
                    if (frame.block != block) {
                        source.release(0, frame.block - 1);
                        block = frame.block;
                    }
                    if (decoding) {
                        decoder.decode(frame);
                        found += frame.payloadOffset;
                    } else if (frame.capturedLength >= ADDRESSES_END) {
                        found += UnsafeApi.getInt(frame.address + ADDRESSES_END - Integer.BYTES);
                    }
                    frames++;
                }
                if (frames == before) {
                    silent += begun ? 1 : 0;
                    source.await(WAIT_NS);
                } else {
                    begun = true;
                    silent = 0;
                }
            }
            return threadNs() - startNs;
        }

        long lost() {
            final CaptureStatistics statistics = new CaptureStatistics();
            source.statistics(statistics);
            return statistics.kernelDropped;
        }

        private static long threadNs() {
            return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        }
    }
}
