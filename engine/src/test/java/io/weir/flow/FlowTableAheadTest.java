package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.packet.Frame;
import io.weir.packet.TunnelType;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/**
 * A frame whose flow was found ahead may take the short way of frames that just go on; one of which nothing was found
 * out takes the long one. Records of flows are the same after each frame, to the last bit.
 */
class FlowTableAheadTest {
    private static final int FRAMES = 150_000;
    private static final int FLOWS = 40;
    private static final int SERVER = 0x0a00ff00;
    private static final int[] PROTOCOLS = {6, 6, 6, 6, 17, 17, 1, 132};
    private static final int[] TCP_FLAGS = {0x10, 0x10, 0x10, 0x10, 0x18, 0x18, 0x18, 0x10, 0x02, 0x12, 0x11, 0x14,
        0x04, 0x30, 0x00, 0x01, 0xd0};

    private final Random random = new Random(9);
    private final int[] next = new int[2 * FLOWS];
    private final Frame[] batch = new Frame[1];
    private final long[] likely = new long[1];
    private long soon;

    @Test
    void shouldCountAFrameTheSameWhetherItsFlowWasFoundAheadOrNot() {
        final FlowTableContext context = new FlowTableContext().memoryBytes(30L * FlowTableContext.BYTES_PER_FLOW)
            .timeoutSeconds(FlowProtocol.TCP, FlowState.ESTABLISHED, 3)
            .timeoutSeconds(FlowProtocol.UDP, FlowState.ESTABLISHED, 2);
        try (NativeMemory.Region headers = NativeMemory.allocate(NativeMemory.Tag.OTHER, 128, 64);
            FlowTableFixture ahead = new FlowTableFixture(context);
            FlowTableFixture plain = new FlowTableFixture(context)) {
            double seconds = 0;
            int ticks = 0;
            for (int i = 0; i < FRAMES; i++) {
                seconds += random.nextInt(3000) == 0 ? 4 : random.nextInt(50) == 0 ? -0.4 : random.nextDouble() * 0.02;
                for (; ticks < seconds; ticks++) {
                    ahead.frames.at(ticks);
                    ahead.table.onTick(i, ahead.frames.timeNs());
                    plain.table.onTick(i, ahead.frames.timeNs());
                }
                ahead.frames.at(Math.max(0, seconds));
                next(ahead.frames);
                final Frame frame = ahead.frames.rehashed();
                frame.address = headers.address();
                batch[0] = frame;
                ahead.table.fetch(batch, 1, likely);
                final long handle = ahead.table.onFrame(frame, likely[0]);
                assertEquals(plain.table.onFrame(frame), handle);
                if (handle != FlowTable.NO_FLOW) {
                    assertSame(plain.table.hot(handle), ahead.table.hot(handle), frame);
                }
                assertEquals(plain.records(), ahead.records(), "frame " + i);
            }
            plain.table.endAll(FRAMES, ahead.frames.timeNs());
            ahead.table.endAll(FRAMES, ahead.frames.timeNs());
            assertEquals(plain.records(), ahead.records());
        }
        assertTrue(soon > FRAMES / 5, soon + " frames came to a flow that was found ahead");
    }

    private void assertSame(final long expected, final long actual, final Frame frame) {
        for (int at = 0; at < FlowRecord.HOT_LENGTH; at += Long.BYTES) {
            assertEquals(UnsafeApi.getLong(expected + at), UnsafeApi.getLong(actual + at),
                "frame " + frame.number + " at " + at);
        }
        soon += likely[0] == FlowTable.NO_FLOW ? 0 : 1;
    }

    private void next(final Frames frames) {
        final int flow = (int) (FLOWS * Math.pow(random.nextDouble(), 2));
        final int protocol = PROTOCOLS[flow % PROTOCOLS.length];
        final boolean answers = flow % 5 != 0 && random.nextBoolean();
        final int address = 0x0a000000 + flow;
        if (random.nextInt(200) == 0) {
            odd(frames.arp());
            return;
        }
        if (protocol == 1) {
            odd(answers ? frames.icmp(SERVER, address, 9, 0, 0) : frames.icmp(address, SERVER, 9, 8, 0));
            return;
        }
        if (protocol != 6) {
            odd(answers ? frames.ipv4(protocol, SERVER, 53, address, 40000)
                : frames.ipv4(protocol, address, 40000, SERVER, 53));
            return;
        }
        final int own = 2 * flow + (answers ? 1 : 0);
        final int payload = random.nextInt(3) == 0 ? random.nextInt(1400) : 0;
        final int place = next[own] + (random.nextInt(8) == 0 ? random.nextInt(4000) - 2000 : 0);
        final int acknowledged = next[own ^ 1] + (random.nextInt(8) == 0 ? random.nextInt(4000) - 3000 : 0);
        final int flags = TCP_FLAGS[random.nextInt(random.nextInt(4) == 0 ? TCP_FLAGS.length : 8)];
        next[own] += payload;
        odd(answers ? frames.tcp(SERVER, 80, address, 40000, flags, place, acknowledged, payload)
            : frames.tcp(address, 40000, SERVER, 80, flags, place, acknowledged, payload));
    }

    /** What may be odd about any frame. */
    private void odd(final Frame frame) {
        frame.flags = 0;
        frame.moreFragments = false;
        frame.fragmentOffset = 0;
        frame.carriedFrames = 0;
        frame.carriedBytes = 0;
        switch (random.nextInt(40)) {
            case 0 -> frame.flags = Frame.REFUSED;
            case 1 -> frame.flags = Frame.FLOW_UNKNOWN;
            case 2 -> frame.moreFragments = true;
            case 3 -> frame.fragmentOffset = 8;
            case 4 -> {
                frame.carriedFrames = 2;
                frame.carriedBytes = 300;
            }
            case 5 -> frame.payloadMissing = 7;
            case 6 -> frame.timestampNs += random.nextInt(2_000_000_000);
            case 7 -> frame.interfaceId = 3;
            default -> {
                if (frame.lowerLo % 3 == 0) {
                    frame.vlanCount = 1;
                    frame.vlanIds = random.nextInt(2);
                } else if (frame.lowerLo % 3 == 1) {
                    // tells no flows apart, since each direction has its own
                    frame.tunnels = TunnelType.GTP_U.ordinal();
                    frame.tunnelId = random.nextInt(3);
                }
            }
        }
    }
}
