package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counters;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The last bytes of a stream: what of them was scanned stays the same bytes when the oldest go. */
class StreamWindowTest {
    private static final int MOST = 2048;

    private final Counters counters = new Counters();
    private final WindowMemory memory = new WindowMemory(4L * WindowMemory.MAX);
    private final RuleFlows flows = new RuleFlows(1, 1, memory, counters);
    private final StreamWindow window = new StreamWindow(flows);
    private final UnsafeBuffer bytes = new UnsafeBuffer(new byte[MOST]);
    private long end;

    @BeforeEach
    void start() {
        flows.keep(0);
        window.wrap(0, 0);
    }

    @AfterEach
    void close() {
        window.close();
        flows.close();
        memory.close();
        counters.close();
    }

    private void take(final int count) {
        assertTrue(window.take(bytes, 0, count, end, MOST));
        end += count;
    }

    @Test
    void shouldScanAgainFromTheSameByteThoughTheOldestHaveGone() {
        take(1500);
        window.allScanned();
        final long place = window.scannedTo();
        take(500);
        window.allScanned();
        take(700);

        window.unscan(place);

        assertTrue(window.base() > 0, "the oldest have gone");
        assertEquals(1500, window.base() + window.scanned());
    }

    @Test
    void shouldScanAllThatIsLeftOfWhatHasGoneItself() {
        take(100);
        final long place = window.scannedTo();
        window.allScanned();
        take(2000);
        window.allScanned();
        take(1500);

        window.unscan(place);

        assertTrue(window.base() > place, "the place has gone");
        assertEquals(0, window.scanned());
    }
}
