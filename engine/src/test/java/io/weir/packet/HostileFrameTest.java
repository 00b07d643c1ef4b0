package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Frames nobody would send. Each is decoded twice, in front of different bytes, and once only layer by layer: a
 * difference in any field would mean that the decoder read beyond the end, or that its short way leads elsewhere.
 */
class HostileFrameTest {
    private static final int COUNT = 1_000_000;
    private static final int CAPACITY = 4096;
    private static final int BEHIND = 70_000;
    private static final int[] LINK_TYPES = {0, 1, 1, 1, 9, 12, 14, 50, 51, 101, 104, 105, 107, 108, 113, 119, 127, 163,
        166, 192, 228, 229, 276, 999};

    private final Decoder decoder = new Decoder();
    private int plain;
    private final Frame one = new Frame();
    private final Frame other = new Frame();
    private final NativeMemory.Region zeros = NativeMemory.allocate(NativeMemory.Tag.OTHER, CAPACITY + BEHIND, 64);
    private final NativeMemory.Region noise = NativeMemory.allocate(NativeMemory.Tag.OTHER, CAPACITY + BEHIND, 64);

    HostileFrameTest() {
        final Random random = new Random(3);
        for (int i = 0; i < BEHIND; i++) {
            UnsafeApi.putByte(noise.address() + CAPACITY + i, (byte) random.nextInt());
        }
    }

    @AfterEach
    void close() {
        zeros.close();
        noise.close();
    }

    @Test
    void shouldSurviveAMillionRandomFrames() {
        final Random random = new Random(1);
        final byte[] pool = new byte[1 << 16];
        random.nextBytes(pool);
        final byte[] bytes = new byte[256];
        for (int i = 0; i < COUNT; i++) {
            final int length = random.nextInt(200);
            System.arraycopy(pool, random.nextInt(pool.length - length), bytes, 0, length);
            decodeTwice(LINK_TYPES[i % LINK_TYPES.length], bytes, length, random.nextInt(64));
        }
    }

    @Test
    void shouldSurviveAMillionDamagedFrames() {
        final Random random = new Random(2);
        final List<byte[]> frames = SampleFrames.all();
        final int[] linkTypes = SampleFrames.linkTypes();
        final byte[] bytes = new byte[CAPACITY];
        for (int i = 0; i < COUNT; i++) {
            final byte[] whole = frames.get(i % frames.size());
            System.arraycopy(whole, 0, bytes, 0, whole.length);
            for (int damage = random.nextInt(4); damage > 0; damage--) {
                bytes[random.nextInt(whole.length)] = (byte) (random.nextBoolean() ? random.nextInt() : -1);
            }
            final int length = random.nextBoolean() ? whole.length : random.nextInt(whole.length + 1);
            decodeTwice(linkTypes[i % frames.size()], bytes, length, random.nextInt(64));
        }
        assertTrue(plain > COUNT / 50, plain + " frames were plain");
    }

    @Test
    void shouldDecodeEverySampleToItsEnd() {
        final List<byte[]> frames = SampleFrames.all();
        final List<Integer> damaged = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            decodeTwice(SampleFrames.linkTypes()[i], frames.get(i), frames.get(i).length, 0);
            if (one.error != 0 || !one.hasFlow()) {
                damaged.add(i);
            }
        }
        assertEquals(List.of(), damaged);
    }

    private void decodeTwice(final int linkType, final byte[] bytes, final int length, final int flags) {
        fill(one, zeros, linkType, bytes, length, flags);
        fill(other, noise, linkType, bytes, length, flags);
        decoder.decode(one);
        Decoder.decodeLayers(other);
        assertTrue(one.payloadLength >= 0 && one.payloadMissing >= 0, "lengths");
        assertTrue(one.payloadOffset >= 0 && one.payloadOffset + one.payloadLength <= length, "payload");
        assertTrue(one.transportOffset <= length && one.ipOffset <= length, "offsets");
        assertTrue(one.plain == 0 || one.linkType == LinkType.ETHERNET && one.hasFlow() && !isOdd(one), "plain");
        plain += one.plain != 0 ? 1 : 0;
        if (!same(one, other)) {
            throw new AssertionError("read beyond the end, or not as layer by layer, link type " + linkType
                + ", flags " + flags + ": " + HexFormat.of().formatHex(bytes, 0, length));
        }
    }

    /** What no plain frame is. */
    private static boolean isOdd(final Frame frame) {
        return (frame.error | frame.payloadMissing | frame.fragmentOffset | frame.tunnels | frame.vlanCount) != 0
            || frame.moreFragments || frame.layerCount != 3
            || (frame.protocol == 6) != ((frame.plain & Frame.PLAIN_TCP) != 0)
            || (frame.protocol == 17) != ((frame.plain & Frame.PLAIN_UDP) != 0)
            || (frame.ipVersion == 6) != ((frame.plain & Frame.PLAIN_IPV6) != 0);
    }

    private static void fill(final Frame frame, final NativeMemory.Region region, final int linkType,
        final byte[] bytes, final int length, final int flags) {
        frame.address = region.address() + CAPACITY - length;
        UnsafeApi.copyMemory(bytes, BufferUtil.ARRAY_BASE_OFFSET, null, frame.address, length);
        frame.capturedLength = length;
        frame.wireLength = length + flags;
        frame.linkType = linkType;
        frame.flags = flags;
        frame.strippedVlan = 0x8100_0001;
    }

    static boolean same(final Frame a, final Frame b) {
        return a.layerCount == b.layerCount && IntStream.range(0, a.layerCount).allMatch(i -> a.layer(i) == b.layer(i))
            && a.error == b.error && a.ipVersion == b.ipVersion && a.ipOffset == b.ipOffset
            && a.protocol == b.protocol && a.transportOffset == b.transportOffset
            && a.payloadOffset == b.payloadOffset && a.payloadLength == b.payloadLength
            && a.payloadMissing == b.payloadMissing && a.fragmentOffset == b.fragmentOffset
            && a.moreFragments == b.moreFragments && a.fragmentId == b.fragmentId && a.ttl() == b.ttl()
            && a.tcpFlags == b.tcpFlags && a.tcpSequence == b.tcpSequence
            && a.tcpAcknowledgement == b.tcpAcknowledgement && a.tcpWindow == b.tcpWindow
            && a.icmpType == b.icmpType && a.icmpCode == b.icmpCode && a.vlanIds == b.vlanIds
            && a.vlanCount == b.vlanCount && a.tunnels == b.tunnels && a.tunnelId == b.tunnelId
            && a.outerIpOffset == b.outerIpOffset && a.lowerHi == b.lowerHi && a.lowerLo == b.lowerLo
            && a.upperHi == b.upperHi && a.upperLo == b.upperLo && a.lowerPort == b.lowerPort
            && a.upperPort == b.upperPort && a.fromUpper == b.fromUpper;
    }
}
