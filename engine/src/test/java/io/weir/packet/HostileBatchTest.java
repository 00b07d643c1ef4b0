package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.flow.FlowHash;
import io.weir.flow.FlowTableContext;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Batches of frames nobody would send, among ticks, in descriptors that held others before: each comes out as if it had
 * been decoded alone, in a new one.
 */
class HostileBatchTest {
    private static final int BATCHES = 10_000;
    private static final int MOST_FRAMES = 40;
    private static final int ROOM = 4096;

    private final NativeMemory.Region memory =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, (MOST_FRAMES + 1L) * ROOM, Long.BYTES);
    private final FlowHash hash = new FlowHash(new FlowTableContext().conclude(), 1);
    private final Decoder decoder = new Decoder();
    private final Random random = new Random(4);
    private final List<byte[]> samples = SampleFrames.all();
    private final int[] linkTypes = SampleFrames.linkTypes();
    private final Frame[] frames = new Frame[MOST_FRAMES];
    private int plain;

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldDecodeEachFrameOfABatchAsIfItWereAlone() {
        Arrays.setAll(frames, i -> new Frame());
        for (int batch = 0; batch < BATCHES; batch++) {
            final int count = random.nextInt(MOST_FRAMES + 1);
            for (int i = 0; i < count; i++) {
                if (random.nextInt(12) == 0) {
                    frames[i].mark(Frame.TICK, batch);
                } else {
                    fill(frames[i], memory.address() + (i + 1L) * ROOM);
                }
            }
            final int others = hash.decodePlain(frames, count);
            assertEquals(Arrays.stream(frames, 0, count).filter(frame -> frame.plain == 0).count(), others);
            decoder.decodeOthers(frames, count);
            for (int i = 0; i < count; i++) {
                check(frames[i]);
            }
            leaveTraces(count);
        }
        assertTrue(plain > BATCHES, plain + " frames were plain");
    }

    /** Puts a frame, damaged or cut off or neither, in front of an address. */
    private void fill(final Frame frame, final long end) {
        final int sample = random.nextInt(samples.size());
        final byte[] bytes = samples.get(sample).clone();
        for (int damage = Math.max(0, random.nextInt(8) - 4); damage > 0; damage--) {
            bytes[random.nextInt(bytes.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
        }
        final int length = random.nextInt(4) > 0 ? bytes.length : random.nextInt(bytes.length + 1);
        frame.address = end - length;
        UnsafeApi.copyMemory(bytes, BufferUtil.ARRAY_BASE_OFFSET, null, frame.address, length);
        frame.capturedLength = length;
        frame.wireLength = length + random.nextInt(2);
        frame.linkType = linkTypes[sample];
        frame.flags = random.nextInt(6) == 0 ? Frame.VLAN_STRIPPED : 0;
        frame.strippedVlan = 0x8100_0001;
    }

    private void check(final Frame frame) {
        assertTrue(frame.plain >= 0, "a marker is left");
        if ((frame.flags & Frame.MARKS) != 0) {
            assertEquals(0, frame.plain, "a tick is no frame");
            return;
        }
        final Frame alone = new Frame();
        alone.address = frame.address;
        alone.capturedLength = frame.capturedLength;
        alone.wireLength = frame.wireLength;
        alone.linkType = frame.linkType;
        alone.flags = frame.flags;
        alone.strippedVlan = frame.strippedVlan;
        decoder.decode(alone);
        boolean isSame = HostileFrameTest.same(alone, frame) && alone.plain == frame.plain
            && alone.anomalies == frame.anomalies && alone.carriedFrames == frame.carriedFrames
            && alone.carriedBytes == frame.carriedBytes && alone.datagramBlock == frame.datagramBlock;
        if (frame.plain != 0) {
            plain++;
            isSame &= hash.hash(alone) == frame.flowHash && alone.portsAndProtocol == frame.portsAndProtocol
                && alone.vlanAndTunnel == frame.vlanAndTunnel;
        }
        if (!isSame) {
            final byte[] bytes = new byte[frame.capturedLength];
            UnsafeApi.copyMemory(null, frame.address, bytes, BufferUtil.ARRAY_BASE_OFFSET, bytes.length);
            throw new AssertionError("link type " + frame.linkType + ", flags " + frame.flags + ": "
                + HexFormat.of().formatHex(bytes));
        }
    }

    /** What the way of a frame that is not plain leaves in its descriptor. */
    private void leaveTraces(final int count) {
        for (int i = 0; i < count; i++) {
            if (frames[i].plain == 0) {
                frames[i].anomalies = random.nextInt();
                frames[i].carriedFrames = random.nextInt();
                frames[i].carriedBytes = random.nextInt();
                frames[i].datagramBlock = random.nextInt();
            }
        }
    }
}
