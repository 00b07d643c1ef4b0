package io.weir.reassembly.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

/** Fragments nobody would send: nothing throws, memory stays as it is, nothing is allocated, no frame gets lost. */
class HostileFragmentTest {
    private static final int FRAMES = 4_000;
    private static final int ROUNDS = 60;
    private static final long ALLOWED_BYTES = 16 * 1024;
    private static final com.sun.management.ThreadMXBean THREADS =
        (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Random random = new Random(5);
    private final Decoder decoder = new Decoder();
    private final Frame frame = new Frame();
    private long flowless;
    private long carried;
    private long nowNs = 1_700_000_000_000_000_000L;

    @Test
    void shouldSurviveWhateverFieldsFragmentsHave() {
        final List<byte[]> frames = new ArrayList<>();
        for (int i = 0; i < FRAMES; i++) {
            frames.add(hostile());
        }
        try (Counters counters = new Counters();
            NativeMemory.Region bytes = NativeMemory.allocate(NativeMemory.Tag.OTHER, 1 << 17, 64);
            FragmentReassembler fragments = new FragmentReassembler(new FragmentContext()
                .memoryBytes(FragmentContext.MEMORY_BYTES_MIN).timeoutSeconds(2).conclude(), counters, false)) {
            final long reserved = NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY);
            long before = 0;
            for (int round = 0; round < ROUNDS; round++) {
                if (round == ROUNDS / 2) {
                    before = THREADS.getCurrentThreadAllocatedBytes();
                }
                for (int i = 0; i < FRAMES; i++) {
                    show(frames.get(random.nextInt(FRAMES)), bytes.address(), fragments);
                }
            }
            final long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
            assertTrue(allocated < ALLOWED_BYTES, "allocated " + allocated);
            assertEquals(reserved, NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY));
            fragments.endAll();
            assertEquals(0, fragments.pending());
            assertEquals(flowless, carried + counters.get(Counter.IP_FRAGMENTS_WITHOUT_FLOW));
            for (final Counter counter : List.of(Counter.IP_DATAGRAMS_REBUILT, Counter.IP_DATAGRAMS_TIMED_OUT,
                Counter.IP_DATAGRAMS_GIVEN_UP, Counter.IP_DATAGRAMS_REFUSED, Counter.IP_FRAGMENTS_IGNORED,
                Counter.IP_FRAGMENTS_TOO_LARGE, Counter.IP_FRAGMENTS_OVERLAPPING, Counter.IP_FRAGMENTS_DIFFERING,
                Counter.IP_FRAGMENTS_DUPLICATE, Counter.IP_FRAGMENTS_TINY)) {
                assertTrue(counters.get(counter) > 0, "never: " + counter.label());
            }
        }
    }

    private void show(final byte[] bytes, final long address, final FragmentReassembler fragments) {
        final int length = random.nextInt(4) == 0 ? random.nextInt(bytes.length + 1) : bytes.length;
        UnsafeApi.copyMemory(bytes, BufferUtil.ARRAY_BASE_OFFSET, null, address, length);
        frame.address = address;
        frame.capturedLength = length;
        frame.wireLength = random.nextInt(4) == 0 ? random.nextInt(70_000) : bytes.length;
        frame.linkType = LinkType.RAW;
        frame.datagramBlock = Frame.NO_BLOCK;
        frame.carriedFrames = 0;
        frame.carriedBytes = 0;
        frame.anomalies = 0;
        frame.flags = 0;
        nowNs += random.nextInt(1_000) == 0 ? 3_000_000_000L : random.nextInt(2_000_000) - 500_000;
        frame.timeNs = nowNs;
        decoder.decode(frame);
        final boolean fragment = FragmentReassembler.isFragment(frame);
        if (fragment) {
            assertTrue(fragments.onFragment(frame));
        }
        fragments.arena().release(fragments.arena().block() - 1);
        flowless += fragment && !frame.hasFlow() ? 1 : 0;
        carried += frame.carriedFrames;
        assertTrue(frame.payloadLength >= 0 && frame.payloadMissing >= 0, "lengths");
        assertTrue(frame.payloadOffset + frame.payloadLength <= frame.capturedLength, "payload");
    }

    /** A fragment with fields that hardly go together, of one of few datagrams so that they meet; or one of many. */
    private byte[] hostile() {
        final int id = random.nextInt(8) == 0 ? random.nextInt() : random.nextInt(20);
        final int offset = 8 * (random.nextInt(20) == 0 ? random.nextInt(8192) : random.nextInt(12));
        final boolean more = random.nextInt(3) != 0;
        final byte[] data = new byte[random.nextInt(50) == 0 ? random.nextInt(60_000) : random.nextInt(90)];
        if (random.nextInt(3) == 0) {
            random.nextBytes(data);
        }
        if (random.nextInt(3) == 0 && data.length >= 16) {
            // a fragment header, or the beginning of an IP header
            data[0] = (byte) (random.nextBoolean() ? 44 : 0x45);
            data[3] = (byte) random.nextInt(3);
            data[7] = (byte) random.nextInt(3);
        }
        final int protocol = new int[] {4, 6, 17, 41, 44, 47, 51, 1, 58, 253}[random.nextInt(10)];
        final PacketBuilder packet = random.nextBoolean()
            ? PacketBuilder.raw().ipv4("10.0.0.1", random.nextInt(9) == 0 ? "10.0.0.1" : "10.0.0.2")
                .options(new byte[4 * random.nextInt(11)]).fragment(id, offset, more).protocol(protocol)
            : PacketBuilder.raw().ipv6("2001:db8::1", "2001:db8::2").ipv6Fragment(id, offset, more)
                .force(0, 1, protocol);
        if (random.nextInt(6) == 0) {
            packet.ipLength(random.nextInt(random.nextBoolean() ? 100 : 65_536));
        }
        return packet.payload(data).build();
    }
}
