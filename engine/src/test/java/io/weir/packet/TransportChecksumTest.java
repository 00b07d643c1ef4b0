package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransportChecksumTest {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private final Decoding decoding = new Decoding();

    @AfterEach
    void close() {
        decoding.close();
    }

    @Test
    void shouldTellRightFromWrong() {
        both(PacketBuilder.raw().ipv4(A, B).tcp(1, 2).payload(7).build());
        both(PacketBuilder.raw().ipv6(A6, B6).tcp(1, 2).payload(8).build());
        both(PacketBuilder.raw().ipv4(A, B).udp(1, 2).payload(9).build());
        both(PacketBuilder.raw().ipv6(A6, B6).udp(1, 2).payload(9).build());
        both(PacketBuilder.raw().ipv4(A, B).sctp(1, 2, 3).payload(16).build());
        both(PacketBuilder.raw().ipv4(A, B).icmp(8, 0, 5).payload(16).build());
        both(PacketBuilder.raw().ipv6(A6, B6).icmpv6(128, 0, 5).payload(16).build());
        both(PacketBuilder.raw().ipv4(A, B).udpLite(1, 2, 0).payload(16).build());
        both(PacketBuilder.raw().ipv4(A, B).ipv6(A6, B6).tcp(1, 2).payload(70).build());
    }

    @Test
    void shouldKnowAChecksumComputedElsewhere() {
        // CRC32c of an SCTP INIT header with zeros in its place is what java.util.zip computes in PacketBuilder
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).sctp(1, 2, 3).force(8, 4, 0).payload(4));
        assertEquals(ChecksumVerdict.WRONG, TransportChecksum.verify(frame));
        decoding.raw(PacketBuilder.raw().ipv6("2001:db8::1", "2001:db8::53").udp(53000, 53).force(6, 2, 0x1072)
            .payload("abc"));
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verify(frame));
    }

    @Test
    void shouldCoverOnlyPartOfUdpLite() {
        final byte[] bytes = PacketBuilder.raw().ipv4(A, B).udpLite(1, 2, 8).payload(16).build();
        bytes[bytes.length - 1]++;
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verify(decoding.decode(LinkType.RAW, bytes)));
    }

    @Test
    void shouldNotJudgeWhatIsNotThere() {
        final Frame frame = decoding.raw(PacketBuilder.raw().ipv4(A, B).udp(1, 2).force(6, 2, 0).payload(3));
        assertEquals(ChecksumVerdict.NONE, TransportChecksum.verify(frame));
        decoding.ethernet(PacketBuilder.ethernet().arp(1, A, B));
        assertEquals(ChecksumVerdict.NONE, TransportChecksum.verify(frame));
        assertEquals(ChecksumVerdict.NONE, TransportChecksum.verifyIpHeader(frame));
        decoding.cut(LinkType.RAW, PacketBuilder.raw().ipv4(A, B).tcp(1, 2).payload(99).build(), 60);
        assertEquals(ChecksumVerdict.UNKNOWN, TransportChecksum.verify(frame));
        decoding.raw(PacketBuilder.raw().ipv4(A, B).fragment(1, 0, true).udp(1, 2).payload(8));
        assertEquals(ChecksumVerdict.UNKNOWN, TransportChecksum.verify(frame));
        decoding.raw(PacketBuilder.raw().ipv4(A, B).force(10, 2, 5).gre());
        assertEquals(ChecksumVerdict.NONE, TransportChecksum.verify(frame));
        assertEquals(ChecksumVerdict.WRONG, TransportChecksum.verifyIpHeader(frame));
    }

    @Test
    void shouldHonourTheFlagsOfTheSource() {
        final PacketBuilder wrong = PacketBuilder.raw().ipv4(A, B).tcp(1, 2).force(16, 2, 0x1234);
        decoding.frame.flags = Frame.CHECKSUM_NOT_READY;
        assertEquals(ChecksumVerdict.UNKNOWN, TransportChecksum.verify(decoding.raw(wrong)));
        decoding.frame.flags = Frame.CHECKSUM_VERIFIED;
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verify(decoding.raw(wrong)));
        decoding.frame.flags = 0;
        assertEquals(ChecksumVerdict.WRONG, TransportChecksum.verify(decoding.raw(wrong)));
    }

    private void both(final byte[] bytes) {
        Frame frame = decoding.decode(LinkType.RAW, bytes);
        assertEquals(ChecksumVerdict.OK, TransportChecksum.verify(frame), Decoding.layers(frame));
        bytes[bytes.length - 1] ^= 1;
        frame = decoding.decode(LinkType.RAW, bytes);
        assertEquals(ChecksumVerdict.WRONG, TransportChecksum.verify(frame), Decoding.layers(frame));
    }
}
