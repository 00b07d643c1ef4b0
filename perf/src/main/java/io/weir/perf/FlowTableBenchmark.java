package io.weir.perf;

import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.flow.Toeplitz;
import io.weir.packet.Frame;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the flow table costs a frame: find, compare and update, in batches of 256 as the worker works, frames of flows
 * picked at random. The cost of the table is {@link #fetched} less {@link #hashAlone}.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = {"--add-opens", "java.base/jdk.internal.misc=ALL-UNNAMED"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class FlowTableBenchmark {
    private static final int BATCH = 256;
    private static final int ACK = 0x10;
    private static final long START_NS = 1_700_000_000_000_000_000L;

    /** Live flows. */
    @Param({"1000", "65536", "1000000"})
    public int flows;
    /** TCP or UDP. */
    @Param({"6", "17"})
    public int protocol;

    private final Frame[] batch = new Frame[BATCH];
    private final Toeplitz toeplitz = new Toeplitz(Toeplitz.randomKey());
    private final long[] handles = new long[BATCH];
    private Counters counters;
    private EventRing ring;
    private FlowTable table;
    private FlowHash hash;
    private long state = 1;
    private long number;
    private long checksum;

    /** Fills the table. */
    @Setup(Level.Trial)
    public void setUp() {
        final FlowTableContext context = new FlowTableContext()
            .memoryBytes(flows * 5L / 4 * FlowTableContext.BYTES_PER_FLOW).conclude();
        counters = new Counters();
        ring = new EventRing(1 << 20, false);
        table = new FlowTable(context, ring, counters);
        hash = FlowHash.random(context);
        for (int i = 0; i < BATCH; i++) {
            batch[i] = new Frame();
        }
        for (int flow = 0; flow < flows; flow++) {
            fill(batch[0], flow);
            table.onFrame(batch[0]);
        }
    }

    /** Frees it. */
    @TearDown(Level.Trial)
    public void tearDown() {
        table.close();
        ring.close();
        counters.close();
    }

    private void fill(final Frame frame, final int flow) {
        final long mixed = flow * 0x9e3779b97f4a7c15L;
        frame.number = ++number;
        frame.sequence = number;
        frame.timeNs = START_NS + number;
        frame.wireLength = 330;
        frame.capturedLength = 330;
        frame.ipVersion = 4;
        frame.protocol = protocol;
        frame.lowerLo = 0x0a000000L + flow;
        frame.upperLo = 0xc0a80000L + (mixed >>> 52);
        frame.lowerPort = (int) (mixed >>> 16) & 0x7fff | 0x8000;
        frame.upperPort = 443;
        frame.fromUpper = (number & 1) != 0;
        frame.payloadLength = 276;
        frame.tcpFlags = protocol == 6 ? ACK : 0;
        frame.tcpSequence = (int) number;
        frame.tcpAcknowledgement = (int) number;
        frame.flowHash = hash.hash(frame);
    }

    private void fillBatch() {
        for (final Frame frame : batch) {
            state ^= state << 13;
            state ^= state >>> 7;
            state ^= state << 17;
            fill(frame, (int) ((state >>> 33) * flows >>> 31));
        }
    }

    /** Frames and their hashes, without the table. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long hashAlone() {
        fillBatch();
        return batch[BATCH - 1].flowHash;
    }

    /** With the Toeplitz hash that picks a worker on top. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long toeplitzToo() {
        fillBatch();
        int sum = 0;
        for (final Frame frame : batch) {
            sum += toeplitz.hash(frame);
        }
        return sum;
    }

    /** Find and update, buckets and records of the batch fetched first. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long fetched() {
        fillBatch();
        table.fetch(batch, BATCH, handles);
        for (final long likely : handles) {
            if (likely != FlowTable.NO_FLOW) {
                checksum += table.touch(likely);
            }
        }
        for (int i = 0; i < BATCH; i++) {
            checksum += table.onFrame(batch[i], handles[i]);
        }
        return checksum;
    }

    /** Find and update, one frame after the other. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public long untouched() {
        fillBatch();
        for (final Frame frame : batch) {
            checksum += table.onFrame(frame);
        }
        return checksum;
    }
}
