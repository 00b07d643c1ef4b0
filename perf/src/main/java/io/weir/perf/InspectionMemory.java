package io.weir.perf;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import io.weir.perf.trace.Hello;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.classify.Classifier;
import io.weir.protocol.classify.ClassifierContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.SplittableRandom;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What a flow costs in memory while it is inspected: {@code InspectionMemory [FLOWS]}. Flows are held open in the
 * middle of their handshake or first transaction, then the heap is measured after a collection.
 */
public final class InspectionMemory {
    private static final int FRAME = 4096;
    private static final int SYN = 2;
    /** Collections in a row that free no more than the slack. */
    private static final int FRUITLESS = 4;
    private static final int SLACK = 64 * 1024;

    private final Counters counters = new Counters();
    private final EventRing events = new EventRing(1 << 20, false);
    private final FlowTableContext context = new FlowTableContext().memoryBytes(256L << 20).conclude();
    private final FlowTable flows = new FlowTable(context, events, counters);
    private final FlowHash hash = FlowHash.random(context);
    private final Classifier classifier = new Classifier(new ClassifierContext().memory(4L << 30).conclude(), flows,
        ApplicationMatcher.NONE, events, counters);
    private final Decoder decoder = new Decoder();
    private final Frame frame = new Frame();
    private final SplittableRandom random = new SplittableRandom(4);
    private final NativeMemory.Region memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, FRAME, 64);

    private InspectionMemory() {
        flows.observer(classifier);
    }

    /** Measures each kind of flow by itself. */
    public static void main(final String[] arguments) {
        final int count = arguments.length == 1 ? Integer.parseInt(arguments[0]) : 200_000;
        final byte[] hello = Hello.client();
        measure("nothing said yet, connection open", count, 443, new byte[0], 0);
        measure("half a TLS hello", count, 443, hello, hello.length / 2);
        measure("a TLS hello that waits for its answer", count, 443, hello, hello.length);
        final byte[] request = ("GET /index.html HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: updater/2.1\r\n"
            + "Accept: */*\r\nCookie: sid=" + "a7".repeat(100) + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        measure("half an HTTP request", count, 80, request, request.length / 2);
        measure("an HTTP request that waits for its answer", count, 80, request, request.length);
        final byte[] banner = "SSH-2.0-OpenSSH_9.6\r\n".getBytes(StandardCharsets.US_ASCII);
        measure("an SSH banner", count, 22, banner, banner.length);
        final byte[] unknown = new byte[300];
        measure("300 bytes nobody knows", count, 9, unknown, unknown.length);
    }

    private static void measure(final String what, final int count, final int port, final byte[] said,
        final int length) {
        final InspectionMemory measured = new InspectionMemory();
        final long before = heap();
        for (int i = 0; i < count; i++) {
            measured.flow(i, port, said, length);
        }
        final long after = heap();
        System.out.printf(Locale.ROOT, "%-45s %6.0f bytes of heap a flow; %d not inspected%n", what,
            (double) (after - before) / count, measured.counters.get(Counter.FLOWS_NOT_INSPECTED));
        measured.close();
    }

    private void close() {
        classifier.close();
        flows.close();
        events.close();
        counters.close();
        memory.close();
    }

    private void flow(final int number, final int port, final byte[] said, final int length) {
        final String client = "10." + (number >>> 16 & 0xff) + "." + (number >>> 8 & 0xff) + "." + (number & 0xff);
        final byte[] built =
            PacketBuilder.ethernet().ipv4(client, "198.18.0.1").tcp(40_000, port).flags(SYN).build();
        UnsafeApi.copyMemory(built, BufferUtil.ARRAY_BASE_OFFSET, null, memory.address(), built.length);
        frame.address = memory.address();
        frame.capturedLength = built.length;
        frame.wireLength = built.length;
        frame.linkType = LinkType.ETHERNET;
        frame.number++;
        frame.sequence++;
        frame.timestampNs = 1_767_225_600_000_000_000L + random.nextInt(1_000_000);
        frame.timeNs = frame.timestampNs;
        decoder.decode(frame);
        frame.flowHash = hash.hash(frame);
        classifier.onFrame(frame);
        final long handle = flows.onFrame(frame);
        if (length > 0) {
            // 10.x is below 198.x, so the client is the lower endpoint.
            classifier.data(handle * 2, new UnsafeBuffer(said, 0, length), 0, length, 0, frame.timestampNs);
        }
        while (events.peek() >= 0) {
            events.advance();
        }
    }

    /** Bytes of heap in use once collections find nothing more: what the kind before held takes several. */
    private static long heap() {
        final Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        int fruitless = 0;
        while (fruitless < FRUITLESS) {
            System.gc();
            final long used = runtime.totalMemory() - runtime.freeMemory();
            fruitless = used < least - SLACK ? 0 : fruitless + 1;
            least = Math.min(least, used);
        }
        return least;
    }
}
