package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ByteRangeTest {
    private static final int LENGTH_MAX = 200;

    private final NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 512, 64);
    private final Random random = new Random(7);

    @AfterEach
    void tearDown() {
        region.close();
    }

    @Test
    void shouldHashTheSameBytesAlikeWhereverTheyLieAndWhateverIsAroundThem() {
        for (int length = 0; length < LENGTH_MAX; length++) {
            final byte[] bytes = bytes(length);
            final long expected = hashAt(64, bytes);
            for (int offset = 8; offset < 24; offset++) {
                assertEquals(expected, hashAt(offset, bytes), "length " + length + " at " + offset);
            }
        }
    }

    @Test
    void shouldTellBytesApartThatDifferInAnyBit() {
        for (int length = 1; length < LENGTH_MAX; length++) {
            final byte[] bytes = bytes(length);
            final Set<Long> hashes = new HashSet<>();
            hashes.add(hashAt(64, bytes));
            for (int bit = 0; bit < length * Byte.SIZE; bit++) {
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
                assertTrue(hashes.add(hashAt(64, bytes)), "length " + length + ", bit " + bit);
                bytes[bit / 8] ^= (byte) (1 << bit % 8);
            }
        }
    }

    @Test
    void shouldTellBytesApartThatDifferInTheirOrderOrTwice() {
        for (int length = 16; length < LENGTH_MAX; length += 8) {
            final byte[] bytes = bytes(length);
            final Set<Long> hashes = new HashSet<>();
            hashes.add(hashAt(64, bytes));
            for (int first = 0; first < length; first += 8) {
                for (int second = first + 8; second < length; second += 8) {
                    final byte[] swapped = bytes.clone();
                    System.arraycopy(bytes, first, swapped, second, 8);
                    System.arraycopy(bytes, second, swapped, first, 8);
                    assertTrue(hashes.add(hashAt(64, swapped)), "swapped " + first + " and " + second);
                    final byte[] flipped = bytes.clone();
                    flipped[first + 7] ^= (byte) 0x80;
                    flipped[second + 7] ^= (byte) 0x80;
                    assertTrue(hashes.add(hashAt(64, flipped)), "top bits of " + first + " and " + second);
                }
            }
        }
    }

    @Test
    void shouldTellZerosOfDifferentLengthsApart() {
        final Set<Long> hashes = new HashSet<>();
        for (int length = 0; length < LENGTH_MAX; length++) {
            assertTrue(hashes.add(hashAt(64, new byte[length])), "length " + length);
        }
    }

    @Test
    void shouldCompareEveryByteAndNoOther() {
        for (int length = 0; length < 40; length++) {
            final byte[] bytes = bytes(length);
            put(8, bytes);
            put(256 + 3, bytes);
            final long one = region.address() + 8;
            final long other = region.address() + 256 + 3;
            UnsafeApi.putByte(other + length, (byte) ~UnsafeApi.getByte(one + length));
            assertTrue(ByteRange.isEqual(one, other, length), "length " + length);
            for (int i = 0; i < length; i++) {
                UnsafeApi.putByte(one + i, (byte) ~bytes[i]);
                assertFalse(ByteRange.isEqual(one, other, length), "byte " + i + " of " + length);
                UnsafeApi.putByte(one + i, bytes[i]);
            }
        }
    }

    private byte[] bytes(final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private long hashAt(final int offset, final byte[] bytes) {
        put(0, bytes(512));
        put(offset, bytes);
        return ByteRange.hash(region.address() + offset, bytes.length);
    }

    private void put(final int offset, final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(region.address() + offset + i, bytes[i]);
        }
    }
}
