package io.weir.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What says which flow a record is about, written in words and value by value, in an array and outside of one. */
class FlowIdentityTest {
    private static final long TUPLE = 0xfffe_b6c3_d431_9c40L;

    private static long[] read(final FlowIdentity identity) {
        return new long[] {identity.initiatorHi(), identity.initiatorLo(), identity.initiatorPort(),
            identity.responderHi(), identity.responderLo(), identity.responderPort(), identity.ipVersion(),
            identity.protocol(), identity.interfaceId(), identity.vlanIds(), identity.vlanCount(), identity.tunnels(),
            identity.tunnelId(), identity.tunnelIpVersion(), identity.icmpType(), identity.icmpCode(),
            identity.icmpResponseType(), identity.icmpResponseCode()};
    }

    @Test
    void shouldReadValuesThatWereWrittenInWords() {
        final FlowIdentity identity = new FlowIdentity().wrapIdentity(
            new UnsafeBuffer(new byte[FlowIdentity.IDENTITY_LENGTH + 8]), 8);
        identity.addresses(1, 2, 3, 4);
        identity.seen(TUPLE, 0x8765_4321_0fff_0ffeL, 0x21);
        assertArrayEquals(new long[] {1, 2, 0x9c40, 3, 4, 0xd431, 6, 0xc3, 0xfffe, 0x0fff_0ffe, 3, 0x21,
            0x8765_4321, 0, 0, 0, 0, 0}, read(identity));
    }

    @Test
    void shouldReadValuesThatWereWrittenOneByOne() {
        final ByteBuffer memory = ByteBuffer.allocateDirect(FlowIdentity.IDENTITY_LENGTH);
        final UnsafeBuffer buffer = new UnsafeBuffer(memory);
        buffer.setMemory(0, buffer.capacity(), (byte) 0xff);
        final FlowIdentity identity = new FlowIdentity().wrapIdentity(buffer, 0);
        identity.tunnel(0x43, 0x8000_0001, 4);
        identity.seenOn(0xfffe, 0x0fff_0001, 2);
        identity.protocol(4, 17);
        identity.initiator(5, 6, 65535);
        identity.responder(7, 8, 32768);
        identity.icmp(8, 255, 128, 254);
        assertArrayEquals(new long[] {5, 6, 65535, 7, 8, 32768, 4, 17, 0xfffe, 0x0fff_0001, 2, 0x43, 0x8000_0001, 4, 8,
            255, 128, 254}, read(identity));
        identity.identity(1L << 50, 2, 3, 4);
        assertEquals(1L << 50, identity.flowId());
        assertEquals(9, identity.startNs() + identity.endNs() + identity.firstFrame());
    }

    @Test
    void shouldLookAtNothingThatIsNotAllThere() {
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[FlowIdentity.IDENTITY_LENGTH]);
        assertThrows(IndexOutOfBoundsException.class, () -> new FlowIdentity().wrapIdentity(buffer, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> new FlowEvent().wrap(buffer, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> new TransactionEvent().wrap(buffer, 0, 0));
    }
}
