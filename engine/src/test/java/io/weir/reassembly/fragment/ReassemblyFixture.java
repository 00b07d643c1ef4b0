package io.weir.reassembly.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.event.Anomaly;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/** Shows frames to a reassembler as the intake does, each in a descriptor of its own. */
final class ReassemblyFixture implements AutoCloseable {
    static final long SECOND = 1_000_000_000L;

    final Counters counters = new Counters();
    final FragmentReassembler fragments;
    private final Decoder decoder = new Decoder();
    private final NativeMemory.Region bytes = NativeMemory.allocate(NativeMemory.Tag.OTHER, 1 << 18, 64);
    long nowNs = 1_700_000_000L * SECOND;
    int linkType = LinkType.RAW;

    ReassemblyFixture(final FragmentContext context) {
        fragments = new FragmentReassembler(context.conclude(), counters, false);
    }

    ReassemblyFixture() {
        this(new FragmentContext());
    }

    /** Shows a frame; nobody holds on to datagrams that were rebuilt before. */
    Frame show(final byte... frame) {
        return show(frame, frame.length);
    }

    /** Shows a frame of which only the first bytes were captured. */
    Frame show(final byte[] frame, final int capturedLength) {
        final Frame shown = decoded(frame, capturedLength);
        fragments.arena().release(fragments.arena().block() - 1);
        if (FragmentReassembler.isFragment(shown)) {
            assertTrue(fragments.onFragment(shown), "waits for room");
        }
        return shown;
    }

    Frame decoded(final byte[] frame, final int capturedLength) {
        final Frame decoded = new Frame();
        UnsafeApi.copyMemory(frame, BufferUtil.ARRAY_BASE_OFFSET, null, bytes.address(), capturedLength);
        decoded.address = bytes.address();
        decoded.capturedLength = capturedLength;
        decoded.wireLength = frame.length;
        decoded.linkType = linkType;
        decoded.timeNs = nowNs;
        decoder.decode(decoded);
        return decoded;
    }

    /** Asserts that a frame holds a whole datagram, and answers what lies behind the headers of its transport. */
    static byte[] payload(final Frame frame) {
        assertTrue(frame.datagramBlock != Frame.NO_BLOCK, "not rebuilt");
        assertEquals(0, frame.error);
        assertEquals(0, frame.fragmentOffset);
        assertTrue(!frame.moreFragments);
        return copy(frame, frame.payloadOffset, frame.payloadLength);
    }

    /** The captured bytes of a frame from its innermost IP header on. */
    static byte[] packet(final Frame frame) {
        return copy(frame, frame.ipOffset, frame.capturedLength - frame.ipOffset);
    }

    private static byte[] copy(final Frame frame, final int offset, final int length) {
        final byte[] copy = new byte[length];
        UnsafeApi.copyMemory(null, frame.address + offset, copy, BufferUtil.ARRAY_BASE_OFFSET, length);
        return copy;
    }

    static boolean isRebuilt(final Frame frame) {
        return frame.datagramBlock != Frame.NO_BLOCK;
    }

    static boolean has(final Frame frame, final Anomaly anomaly) {
        return (frame.anomalies & anomaly.bit()) != 0;
    }

    long count(final Counter counter) {
        return counters.get(counter);
    }

    @Override
    public void close() {
        fragments.close();
        counters.close();
        bytes.close();
    }
}
