package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class WallClockTest {
    @Test
    void shouldSetClocksByTheReadingThatWasNotInterrupted() {
        final PrimitiveIterator.OfLong monotonic =
            LongStream.of(100, 9_000_100, 9_000_200, 9_000_240, 9_000_300, 9_000_400, 9_000_500, 19_000_500, 19_000_600,
                19_000_700).iterator();
        final PrimitiveIterator.OfLong epoch =
            LongStream.of(1_009_000_100, 1_009_000_220, 1_009_000_310, 1_019_000_500, 1_019_000_690).iterator();
        assertEquals(1_000_000_000, WallClock.offset(monotonic::nextLong, epoch::nextLong));
    }
}
