package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

/** Arrays that are lent. */
final class BufferPoolTest {
    @Test
    void shouldGiveTheShortestArrayThatIsLongEnough() {
        final BufferPool pool = new BufferPool(Long.MAX_VALUE);
        int least = 0;
        for (int size = BufferPool.MIN; size <= BufferPool.MAX; size *= 2) {
            assertLengths(pool, least, size);
            if (size < BufferPool.MAX) {
                assertLengths(pool, size + 1, size + size / 2);
            }
            least = size + size / 2 + 1;
        }
        assertNull(pool.take(BufferPool.MAX + 1));
    }

    @Test
    void shouldRefuseArraysOfNoClass() {
        final BufferPool pool = new BufferPool(Long.MAX_VALUE);
        for (final int length : new int[] {0, 1, BufferPool.MIN - 1, BufferPool.MIN + 1, 200, BufferPool.MAX - 1,
            BufferPool.MAX + 1, BufferPool.MAX + BufferPool.MAX / 2}) {
            assertThrows(IllegalArgumentException.class, () -> pool.giveBack(new byte[length]), () -> length + " B");
            assertEquals(0, pool.inUse());
        }
    }

    /** New and given back, both come with this length. */
    private static void assertLengths(final BufferPool pool, final int least, final int length) {
        for (final int asked : new int[] {least, length, least}) {
            final byte[] array = pool.take(asked);
            assertEquals(length, array.length, "asked for " + asked);
            pool.giveBack(array);
        }
    }
}
