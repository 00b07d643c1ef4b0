package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstFrameOrderTest {
    private final FirstFrameOrder order = new FirstFrameOrder();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, FirstFrameOrder.CHUNK, 2 * FirstFrameOrder.CHUNK,
        2 * FirstFrameOrder.CHUNK + 1, 7 * FirstFrameOrder.CHUNK + 5})
    void shouldHandOutTheEarliestInOrder(final int flows) {
        final Random random = new Random(flows);
        final long[] firstFrames = random.longs(1, Long.MAX_VALUE).distinct().limit(flows).toArray();
        for (int i = 0; i < flows; i++) {
            order.offer(firstFrames[i], i);
        }
        final int count = order.finish();
        assertTrue(count >= Math.min(flows, FirstFrameOrder.CHUNK));
        final long[] handedOut = new long[count];
        for (int i = 0; i < count; i++) {
            handedOut[i] = firstFrames[order.record(i)];
        }
        Arrays.sort(firstFrames);
        assertArrayEquals(Arrays.copyOf(firstFrames, count), handedOut);
    }

    @Test
    void shouldSortNumbersThatDifferInHighDigitsAlone() {
        order.offer(3L << 44, 0);
        order.offer(1L << 44, 1);
        order.offer(2L << 44, 2);
        assertEquals(3, order.finish());
        assertEquals(1, order.record(0));
        assertEquals(2, order.record(1));
        assertEquals(0, order.record(2));
    }

    @Test
    void shouldForgetOnClear() {
        order.offer(1, 0);
        order.clear();
        assertEquals(0, order.finish());
    }
}
