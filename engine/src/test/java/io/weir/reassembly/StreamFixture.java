package io.weir.reassembly;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.EngineTime;
import io.weir.base.NativeMemory;
import io.weir.event.Anomaly;
import io.weir.event.EventRing;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowTableContext;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/** A reassembler with all it needs, fed with packets; the bytes of a packet are gone once it was taken. */
final class StreamFixture implements AutoCloseable {
    static final long START_NS = 1_700_000_000_000_000_000L;

    private static final int MEMORY_BYTES = 1 << 17;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final byte POISON = (byte) 0xdb;

    final Counters counters = new Counters();
    final FlowTable flows;
    final TcpReassembler reassembler;
    final StreamRecorder recorder;
    /** Each anomaly with the side of the sender, place, length and hashes. */
    final List<Found> anomalies = new ArrayList<>();
    private final EventRing ring = new EventRing(4 * EventRing.MAX_BODY, false);
    private final FlowHash hash;
    private final Decoder decoder = new Decoder();
    private final Frame frame = new Frame();
    private final NativeMemory.Region memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, MEMORY_BYTES, 64);
    private final EngineTime time = new EngineTime();
    private long nowNs = START_NS;
    private long sequence;
    private boolean ended;

    /** An anomaly as it was reported. */
    record Found(Anomaly anomaly, boolean fromUpper, long streamOffset, int length, long keptHash, long refusedHash) {
    }

    StreamFixture() {
        this(new StreamContext());
    }

    StreamFixture(final StreamContext context) {
        this(context, new FlowTableContext().memoryBytes(1 << 20));
    }

    StreamFixture(final StreamContext context, final FlowTableContext flowContext) {
        flows = new FlowTable(flowContext.conclude(), ring, counters);
        hash = new FlowHash(flowContext, 1);
        recorder = new StreamRecorder(flows);
        reassembler = new TcpReassembler(context.conclude(), flows, recorder, this::found, counters);
        flows.observer(reassembler);
    }

    private void found(final long handle, final Frame shown, final Anomaly anomaly, final long streamOffset,
        final int length, final long keptHash, final long refusedHash) {
        anomalies.add(new Found(anomaly, shown.fromUpper, streamOffset, length, keptHash, refusedHash));
    }

    /** Moves the clock of the frames that follow; flows that time out meanwhile end. */
    void after(final double seconds) {
        nowNs += Math.round(seconds * TimeUnit.SECONDS.toNanos(1));
        time.observe(nowNs);
        tick();
    }

    private void tick() {
        while (time.tickDue()) {
            flows.onTick(++sequence, time.takeTick());
        }
    }

    /** Takes a whole packet that starts with an Ethernet header. */
    long put(final byte[] packet) {
        return put(packet, packet.length, 0);
    }

    /** Takes the first bytes of a packet, as the snap length left them. */
    long put(final byte[] packet, final int capturedLength, final int flags) {
        UnsafeApi.copyMemory(packet, BufferUtil.ARRAY_BASE_OFFSET, null, memory.address(), capturedLength);
        frame.address = memory.address();
        frame.capturedLength = capturedLength;
        frame.wireLength = packet.length;
        frame.timestampNs = nowNs;
        frame.linkType = LinkType.ETHERNET;
        frame.flags = flags;
        frame.timeNs = time.observe(nowNs);
        tick();
        frame.number++;
        frame.sequence = ++sequence;
        decoder.decode(frame);
        frame.flowHash = hash.hash(frame);
        reassembler.judge(frame);
        final long handle = flows.onFrame(frame);
        reassembler.onSegment(handle, frame);
        UnsafeApi.setMemory(memory.address(), capturedLength, POISON);
        nowNs += STEP_NS;
        return handle;
    }

    long count(final Counter counter) {
        return counters.get(counter);
    }

    /** How often an anomaly was reported. */
    int found(final Anomaly anomaly) {
        return (int) anomalies.stream().filter(found -> found.anomaly() == anomaly).count();
    }

    /** Ends all flows, as the end of a trace does. */
    void endAll() {
        ended = true;
        flows.endAll(++sequence, time.nowNs());
    }

    @Override
    public void close() {
        if (!ended) {
            endAll();
        }
        reassembler.close();
        flows.close();
        ring.close();
        counters.close();
        memory.close();
    }
}
