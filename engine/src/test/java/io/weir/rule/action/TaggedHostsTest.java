package io.weir.rule.action;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.Frame;
import io.weir.rule.model.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Hosts that several workers tag and ask. */
final class TaggedHostsTest {
    private static final long SECOND = 1_000_000_000L;

    private final TaggedHosts hosts = new TaggedHosts();

    private static Frame frame(final long number, final long from, final long to, final long seconds) {
        final Frame frame = new Frame();
        frame.number = number;
        frame.ipVersion = 4;
        frame.fromUpper = from > to;
        frame.lowerLo = Math.min(from, to);
        frame.upperLo = Math.max(from, to);
        frame.timeNs = seconds * SECOND;
        frame.wireLength = 100;
        return frame;
    }

    private static Effect.Tag packets(final long count) {
        return new Effect.Tag(true, true, count, Effect.Tag.Unit.PACKETS);
    }

    @Test
    void shouldTagNoMoreThanWasAskedForInAllWorkersTogether() throws InterruptedException {
        final long asked = 10_000;
        assertTrue(hosts.add(packets(asked), frame(0, 7, 9, 1)));
        assertFalse(hosts.tags(frame(0, 7, 9, 1)));
        final AtomicInteger tagged = new AtomicInteger();
        final List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            final Thread worker = new Thread(() -> {
                int own = 0;
                for (int number = 1; number <= asked; number++) {
                    own += hosts.tags(frame(number, 3, 7, 1)) ? 1 : 0;
                }
                tagged.addAndGet(own);
            });
            worker.start();
            workers.add(worker);
        }
        for (final Thread worker : workers) {
            worker.join();
        }
        assertEquals(asked - 1, tagged.get());
        assertFalse(hosts.isAny());
    }

    @Test
    void shouldKeepHostsOfTheTwoFamiliesApart() {
        assertTrue(hosts.add(packets(10), frame(0, 7, 9, 1)));
        final Frame other = frame(1, 7, 8, 1);
        other.ipVersion = 6;
        assertFalse(hosts.tags(other));
        assertTrue(hosts.tags(frame(2, 7, 8, 1)));
    }

    @Test
    void shouldRefuseHostsWithoutAPlaceAndTakeThoseOfSilentOnes() {
        int refused = 0;
        for (int host = 1; host <= 2_000; host++) {
            refused += hosts.add(packets(10), frame(host, host, 1_000_000, 1)) ? 0 : 1;
        }
        assertTrue(refused >= 2_000 - 1_024, () -> "all hosts found a place");
        int later = 0;
        for (int host = 3_001; host <= 3_100; host++) {
            later += hosts.add(packets(10), frame(host, host, 1_000_000, 700)) ? 1 : 0;
        }
        assertEquals(100, later);
        assertTrue(hosts.tags(frame(9_000, 3_100, 1, 701)));
    }

    @Test
    void shouldGoOnWithATagUnlessAnotherAsksForMore() {
        hosts.add(packets(3), frame(0, 7, 9, 1));
        hosts.add(packets(2), frame(1, 7, 9, 1));
        assertTrue(hosts.tags(frame(2, 7, 9, 1)));
        hosts.add(packets(5), frame(3, 7, 9, 1));
        assertTrue(hosts.tags(frame(4, 7, 9, 1)));
        assertTrue(hosts.tags(frame(5, 7, 9, 1)));
        assertTrue(hosts.tags(frame(6, 7, 9, 1)));
        assertTrue(hosts.tags(frame(7, 7, 9, 1)));
        assertFalse(hosts.tags(frame(8, 7, 9, 1)));
    }

    @Test
    void shouldBeginATagAnewWhoseTimeIsOver() {
        final Effect.Tag tag = new Effect.Tag(true, true, 60, Effect.Tag.Unit.SECONDS);
        hosts.add(tag, frame(0, 7, 9, 1));
        assertTrue(hosts.tags(frame(1, 7, 9, 61)));
        hosts.add(tag, frame(2, 7, 9, 300));
        assertFalse(hosts.tags(frame(2, 7, 9, 300)));
        assertTrue(hosts.tags(frame(3, 7, 9, 360)));
        assertFalse(hosts.tags(frame(4, 7, 9, 361)));
    }

    @Test
    void shouldCountBytesAndForgetHostsThatWereSilent() {
        final Effect.Tag tag = new Effect.Tag(true, true, 250, Effect.Tag.Unit.BYTES);
        hosts.add(tag, frame(0, 7, 9, 1));
        assertTrue(hosts.tags(frame(1, 7, 9, 2)));
        assertTrue(hosts.tags(frame(2, 7, 9, 3)));
        assertFalse(hosts.tags(frame(3, 7, 9, 4)));
        hosts.add(tag, frame(4, 7, 9, 5));
        assertFalse(hosts.tags(frame(5, 7, 9, 1_000)));
    }
}
