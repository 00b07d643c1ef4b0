package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import java.nio.charset.StandardCharsets;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveredBytesTest {
    private static final int CAPACITY = 128 << 10;

    private final DeliveredBytes delivered = new DeliveredBytes(CAPACITY);
    private final NativeMemory.Region source = NativeMemory.allocate(NativeMemory.Tag.OTHER, CAPACITY, Long.BYTES);

    @AfterEach
    void close() {
        delivered.close();
        source.close();
    }

    private long add(final int first, final int length, final long before) {
        UnsafeApi.putByte(source.address(), (byte) first);
        UnsafeApi.putByte(source.address() + length - 1, (byte) ~first);
        return delivered.add(source.address(), length, before);
    }

    private void assertSegment(final int first, final int length, final long position) {
        assertTrue(delivered.holds(position));
        assertEquals(length, delivered.length(position));
        assertEquals((byte) first, UnsafeApi.getByte(delivered.address(position)));
        assertEquals((byte) ~first, UnsafeApi.getByte(delivered.address(position) + length - 1));
    }

    @Test
    void shouldLeadFromTheNewestSegmentOfAStreamToThoseBefore() {
        final long oldest = add(1, 100, -1);
        add(2, 7, 0);
        final long middle = add(3, DeliveredBytes.LENGTH_MAX, oldest);
        final long newest = add(4, 2, middle);
        assertSegment(4, 2, newest);
        assertEquals(middle, delivered.before(newest));
        assertSegment(3, DeliveredBytes.LENGTH_MAX, middle);
        assertEquals(oldest, delivered.before(middle));
        assertSegment(1, 100, oldest);
    }

    @Test
    void shouldLeadOverSegmentsOfWhichItHasTheLengthAlone() {
        final long oldest = add(1, 100, -1);
        final long passed = delivered.pass(DeliveredBytes.LENGTH_MAX, oldest);
        final long newest = add(2, 9, passed);
        assertSegment(2, 9, newest);
        assertFalse(delivered.isPassed(newest));
        assertEquals(passed, delivered.before(newest));
        assertTrue(delivered.isPassed(passed));
        assertEquals(DeliveredBytes.LENGTH_MAX, delivered.length(passed));
        assertEquals(oldest, delivered.before(passed));
        assertSegment(1, 100, oldest);
    }

    @Test
    void shouldTakeEightBytesForASegmentThatWasPassedOver() {
        final long first = delivered.pass(1, 0);
        for (int i = 1; i < CAPACITY / Long.BYTES; i++) {
            delivered.pass(DeliveredBytes.LENGTH_MAX, i);
        }
        assertTrue(delivered.holds(first));
        delivered.pass(1, 0);
        assertFalse(delivered.holds(first));
    }

    @Test
    void shouldHoldASegmentUntilItsMemoryIsWrittenOver() {
        final int length = CAPACITY / 4 - Long.BYTES;
        final long[] positions = new long[40];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = add(i, length, 0);
            for (int back = 0; back < 4 && back <= i; back++) {
                assertSegment(i - back, length, positions[i - back]);
            }
            assertFalse(i >= 4 && delivered.holds(positions[i - 4]));
        }
    }

    @Test
    void shouldKeepEverySegmentInOnePiece() {
        for (int i = 0; i < 10_000; i++) {
            final int length = 2 + i * 7_919 % DeliveredBytes.LENGTH_MAX;
            assertSegment(i, length, add(i, length, 0));
        }
    }

    private String last(final long newest, final int count) {
        final long target = source.address() + CAPACITY / 2;
        if (!delivered.copyLast(newest, count, target)) {
            return null;
        }
        final byte[] copy = new byte[count];
        UnsafeApi.copyMemory(null, target, copy, BufferUtil.ARRAY_BASE_OFFSET, count);
        return new String(copy, StandardCharsets.US_ASCII);
    }

    private long text(final String text, final long before) {
        final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        UnsafeApi.copyMemory(bytes, BufferUtil.ARRAY_BASE_OFFSET, null, source.address(), bytes.length);
        return delivered.add(source.address(), bytes.length, before);
    }

    @Test
    void shouldCopyTheLastBytesOfAStreamWithoutThoseTakenOut() {
        text("of another", DeliveredBytes.NONE);
        final long first = text("first", DeliveredBytes.NONE);
        final long urgent = text("!", first);
        delivered.takenOut(urgent);
        text("of another", DeliveredBytes.NONE);
        final long newest = text("last", urgent);

        assertEquals("firstlast", last(newest, 9));
        assertEquals("tlast", last(newest, 5));
        assertEquals("as", last(newest, 3).substring(0, 2));
        assertEquals("", last(newest, 0));
    }

    @Test
    void shouldNotCopyMoreThanAStreamWasHandedNorWhatWasPassedOverOrIsWrittenOver() {
        text("of another", DeliveredBytes.NONE);
        final long first = text("first", DeliveredBytes.NONE);
        final long passed = delivered.pass(4, first);
        final long newest = text("last", passed);
        assertNull(last(first, 6));
        assertNull(last(newest, 5));

        final int length = CAPACITY / 4 - Long.BYTES;
        long before = add(1, length, DeliveredBytes.NONE);
        for (int i = 0; i < 4; i++) {
            before = add(2, length, before);
        }
        assertNotNull(last(before, CAPACITY / 8));
        assertFalse(delivered.copyLast(before, 4 * length + 1, source.address()));
        assertNull(last(newest, 1));
    }

    @Test
    void shouldRefuseAMemoryThatItsLongestSegmentsHaveNoRoomIn() {
        assertThrows(IllegalArgumentException.class, () -> new DeliveredBytes(CAPACITY / 2));
        assertThrows(IllegalArgumentException.class, () -> new DeliveredBytes(CAPACITY + 1));
    }
}
