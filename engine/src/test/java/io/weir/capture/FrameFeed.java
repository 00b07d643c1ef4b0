package io.weir.capture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.NativeMemory;
import io.weir.capture.inject.PacketSender;
import io.weir.packet.PacketBuilder;
import org.agrona.UnsafeApi;

/** Sends numbered UDP frames and frames made elsewhere on one interface. */
public final class FrameFeed implements AutoCloseable {
    /** Offset of the number in a numbered frame: Ethernet, IPv4, UDP. */
    public static final int NUMBER_OFFSET = 14 + 20 + 8;

    private static final int BYTES = 1 << 17;

    private final PacketSender sender;
    private final NativeMemory.Region memory =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, BYTES, NativeMemory.CACHE_LINE);
    private int number;

    /** Opens a sender on an interface. */
    public FrameFeed(final String interfaceName) {
        sender = new PacketSender(interfaceName);
    }

    /** An Ethernet frame with a UDP datagram of documentation addresses. */
    public static byte[] udp(final int destinationPort, final int payloadBytes) {
        return PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2").udp(40000, destinationPort)
            .payload(payloadBytes).build();
    }

    /** The same frame with a VLAN tag in place behind the addresses. */
    public static byte[] tagged(final byte[] frame, final int tpid, final int tci) {
        final byte[] tagged = new byte[frame.length + 4];
        System.arraycopy(frame, 0, tagged, 0, 12);
        tagged[12] = (byte) (tpid >> 8);
        tagged[13] = (byte) tpid;
        tagged[14] = (byte) (tci >> 8);
        tagged[15] = (byte) tci;
        System.arraycopy(frame, 12, tagged, 16, frame.length - 12);
        return tagged;
    }

    /** Sends one frame; the kernel must take it. */
    public void send(final byte[] frame) {
        final long refused = sender.refused();
        put(memory.address(), frame);
        sender.add(memory.address(), frame.length);
        sender.flush();
        assertEquals(refused, sender.refused(), sender.lastError());
    }

    /** Sends {@code count} frames of {@code length} bytes numbered on from the last; returns how many were taken. */
    public long sendNumbered(final int count, final int length) {
        final byte[] frame = udp(9, length - NUMBER_OFFSET);
        final int slots = PacketSender.BATCH;
        for (int i = 0; i < slots; i++) {
            put(memory.address() + (long) i * length, frame);
        }
        final long before = sender.sent();
        for (int i = 0; i < count; i++) {
            final long at = memory.address() + (long) (i % slots) * length;
            UnsafeApi.putInt(at + NUMBER_OFFSET, Integer.reverseBytes(number++));
            sender.add(at, length);
        }
        sender.flush();
        return sender.sent() - before;
    }

    private static void put(final long address, final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(address + i, bytes[i]);
        }
    }

    /** Frames the kernel took in all. */
    public long sent() {
        return sender.sent();
    }

    /** Frames it refused. */
    public long refused() {
        return sender.refused();
    }

    @Override
    public void close() {
        sender.close();
        memory.close();
    }
}
