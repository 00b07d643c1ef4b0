package io.weir.packet;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.NativeMemory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32C;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

class ChecksumTest {
    @Test
    void shouldAgreeWithTheExampleOfRfc1071() {
        final byte[] bytes = {0x00, 0x01, (byte) 0xf2, 0x03, (byte) 0xf4, (byte) 0xf5, (byte) 0xf6, (byte) 0xf7};
        assertEquals(~0xddf2 & 0xffff, Checksum.fold(Checksum.sum(bytes, 0, bytes.length, 0)));
    }

    @Test
    void shouldAgreeWithAPlainLoopAtEveryLengthAndAlignment() {
        final Random random = new Random(1);
        try (NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 256, 8)) {
            for (int length = 0; length < 100; length++) {
                final byte[] bytes = new byte[length];
                random.nextBytes(bytes);
                final long at = region.address() + length % 8;
                for (int i = 0; i < length; i++) {
                    UnsafeApi.putByte(at + i, bytes[i]);
                }
                final int expected = plain(bytes);
                assertEquals(expected, Checksum.fold(Checksum.sum(at, length, 0)));
                assertEquals(expected, Checksum.fold(Checksum.sum(bytes, 0, length, 0)));
                final CRC32C crc = new CRC32C();
                crc.update(bytes);
                assertEquals((int) crc.getValue(), ~Checksum.crc32c(at, length, -1));
            }
        }
    }

    @Test
    void shouldLoseNoCarryInLongDataOfAnyValue() {
        final Random random = new Random(2);
        for (final int fill : new int[] {0, 1, 0x7f, 0x80, 0xfe, 0xff, -1}) {
            final byte[] bytes = new byte[65_535];
            random.nextBytes(bytes);
            if (fill >= 0) {
                Arrays.fill(bytes, (byte) fill);
            }
            for (int length = bytes.length; length > bytes.length - 70; length--) {
                final byte[] part = Arrays.copyOf(bytes, length);
                assertEquals(plain(part), Checksum.fold(Checksum.sum(part, 0, length, 0)), fill + " " + length);
            }
        }
    }

    @Test
    void shouldGoOnFromTheSumOfEarlierPieces() {
        final byte[] bytes = new byte[400];
        new Random(3).nextBytes(bytes);
        for (int cut = 0; cut <= bytes.length; cut += 2) {
            final long first = Checksum.sum(bytes, 0, cut, 0);
            final long all = Checksum.sum(bytes, cut, bytes.length - cut, first);
            assertEquals(plain(bytes), Checksum.fold(all), "cut " + cut);
        }
    }

    @Test
    void shouldAddUpPiecesOfAPseudoHeader() {
        final byte[] bytes = {0, 1, 0x23, 0x45, 0, 17};
        assertEquals(Checksum.fold(Checksum.sum(bytes, 0, 6, 0)),
            Checksum.fold(Checksum.sumLengthAndProtocol(0x12345, 17, 0)));
        assertEquals(plain(new byte[] {(byte) 0xff, (byte) 0xff, 0, (byte) 255}),
            Checksum.fold(Checksum.sumLengthAndProtocol(0xffff, 255, 0)));
    }

    @Test
    void shouldKnowTheCheckValueOfCrc32c() {
        final byte[] bytes = "123456789".getBytes(StandardCharsets.US_ASCII);
        try (NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 16, 8)) {
            for (int i = 0; i < bytes.length; i++) {
                UnsafeApi.putByte(region.address() + i, bytes[i]);
            }
            assertEquals(0xe306_9283, ~Checksum.crc32c(region.address(), bytes.length, -1));
        }
    }

    private static int plain(final byte[] bytes) {
        long sum = 0;
        for (int i = 0; i < bytes.length; i++) {
            sum += (bytes[i] & 0xff) << (i % 2 == 0 ? 8 : 0);
        }
        while (sum > 0xffff) {
            sum = (sum & 0xffff) + (sum >>> 16);
        }
        return (int) ~sum & 0xffff;
    }
}
