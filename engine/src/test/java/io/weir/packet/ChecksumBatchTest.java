package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Native;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChecksumBatchTest {
    private static final String A = "192.0.2.1";
    private static final String B = "198.51.100.2";
    private static final String A6 = "2001:db8::1";
    private static final String B6 = "2001:db8::2";

    private final Decoding decoding = new Decoding();
    private final ChecksumBatch batch = new ChecksumBatch(1);

    @BeforeAll
    static void loadLibrary() {
        Native.library();
    }

    @AfterEach
    void close() {
        batch.close();
        decoding.close();
    }

    @Test
    void shouldMarkWholeSegmentsAtEveryLengthAndAlignment() {
        for (int length = 0; length < 200; length++) {
            assertTrue(isMarked(PacketBuilder.raw().ipv4(A, B).tcp(1, 2).payload(length).build()), length + " bytes");
            assertTrue(isMarked(PacketBuilder.raw().ipv6(A6, B6).tcp(1, 2).payload(length).build()), length + " bytes");
        }
    }

    @Test
    void shouldAgreeWithJavaWhicheverByteIsDamaged() {
        final Random random = new Random(1);
        int right = 0;
        for (int i = 0; i < 20_000; i++) {
            final byte[] payload = new byte[random.nextInt(100)];
            random.nextBytes(payload);
            final PacketBuilder packet = random.nextBoolean() ? PacketBuilder.raw().ipv4(A, B)
                : PacketBuilder.raw().ipv6(A6, B6);
            final byte[] bytes = packet.tcp(random.nextInt(65_536), 2).seq(random.nextInt()).payload(payload).build();
            if (random.nextInt(4) > 0) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            final boolean marked = isMarked(bytes);
            final boolean expected = TransportChecksum.verify(decode(bytes)) == ChecksumVerdict.OK
                && TransportChecksum.verifyIpHeader(decoding.frame) != ChecksumVerdict.WRONG
                && decoding.frame.protocol == TransportDecoder.TCP;
            assertTrue(expected || !marked, "marked, but Java says no: frame " + i);
            // headers that a damaged length has made longer are Java's alone
            final boolean plain = decoding.frame.transportOffset == (decoding.frame.ipVersion == 4 ? 20 : 40);
            assertTrue(!expected || marked || !plain, "Java says yes, but it is not marked: frame " + i);
            right += marked ? 1 : 0;
        }
        assertTrue(right > 4_000 && right < 6_000, right + " of 20,000 are right");
    }

    @Test
    void shouldLoseNoCarryInLongSegments() {
        for (final int fill : new int[] {0, 0x80, 0xfe, 0xff}) {
            final byte[] payload = new byte[65_000];
            Arrays.fill(payload, (byte) fill);
            assertTrue(isMarked(PacketBuilder.raw().ipv4(A, B).tcp(1, 2).payload(payload).build()));
            assertTrue(isMarked(PacketBuilder.raw().ipv6(A6, B6).tcp(1, 2).payload(payload).build()));
        }
    }

    @Test
    void shouldLeaveToOthersWhatIsNoPlainSegment() {
        assertEquals(0, marks(PacketBuilder.raw().ipv4(A, B).udp(1, 2).payload(9).build(), 0));
        assertEquals(0, marks(PacketBuilder.raw().ipv4(A, B).options(new byte[4]).tcp(1, 2).payload(9).build(), 0));
        assertEquals(0, marks(PacketBuilder.raw().ipv4(A, B).fragment(1, 0, true).tcp(1, 2).payload(8).build(), 0));
        final byte[] segment = PacketBuilder.raw().ipv4(A, B).tcp(1, 2).payload(9).build();
        assertEquals(Frame.CHECKSUM_NOT_READY, marks(segment, Frame.CHECKSUM_NOT_READY));
        assertEquals(Frame.TICK, marks(segment, Frame.TICK));
    }

    @Test
    void shouldTellWhetherSegmentsAreLeft() {
        final byte[] right = PacketBuilder.raw().ipv4(A, B).tcp(1, 2).payload(9).build();
        final byte[] wrong = right.clone();
        wrong[wrong.length - 1] ^= 1;
        final byte[] other = PacketBuilder.raw().ipv4(A, B).udp(1, 2).payload(9).build();
        assertArrayEquals(new int[] {1, 1, 0, 0}, marks(right, right, other));
        assertArrayEquals(new int[] {1, 0, 1, 1}, marks(right, wrong, right));
        assertArrayEquals(new int[] {0, 0, 1, 1}, marks(wrong, other, right));
        assertArrayEquals(new int[] {0, 0, 0, 1}, marks(wrong, wrong, wrong));
        final byte[] fragment = PacketBuilder.raw().ipv4(A, B).fragment(1, 0, true).tcp(1, 2).payload(8).build();
        assertArrayEquals(new int[] {0, 1, 0, 1}, marks(fragment, right, other));
    }

    /** 1 for each of three frames that is marked, and at last if some may be left. */
    private static int[] marks(final byte[] first, final byte[] second, final byte[] third) {
        try (ChecksumBatch several = new ChecksumBatch(3); Decoding a = new Decoding(); Decoding b = new Decoding();
            Decoding c = new Decoding()) {
            final boolean left = several.verify(new Frame[] {a.decode(LinkType.RAW, first),
                b.decode(LinkType.RAW, second), c.decode(LinkType.RAW, third)}, 3);
            return new int[] {mark(a), mark(b), mark(c), left ? 1 : 0};
        }
    }

    private static int mark(final Decoding decoded) {
        return (decoded.frame.flags & Frame.CHECKSUMS_RIGHT) != 0 ? 1 : 0;
    }

    private boolean isMarked(final byte... bytes) {
        return (marks(bytes, 0) & Frame.CHECKSUMS_RIGHT) != 0;
    }

    private int marks(final byte[] bytes, final int flags) {
        decode(bytes);
        decoding.frame.flags = flags;
        batch.verify(new Frame[] {decoding.frame}, 1);
        final int after = decoding.frame.flags;
        decoding.frame.flags = 0;
        return after;
    }

    private Frame decode(final byte... bytes) {
        return decoding.decode(LinkType.RAW, bytes);
    }
}
