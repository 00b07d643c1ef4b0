package io.weir.cli.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ServiceNotifierTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long WATCHDOG_NS = 8 * SECOND;

    private final FakeManager manager = new FakeManager();
    private final long[] cycles = new long[2];
    private final ServiceNotifier notifier =
        ServiceNotifier.of(Map.of("NOTIFY_SOCKET", manager.name(), "WATCHDOG_USEC", "8000000"), 1);

    ServiceNotifierTest() {
        notifier.watch(new PacketThreads() {
            @Override
            public int count() {
                return cycles.length;
            }

            @Override
            public long cycles(final int index) {
                return cycles[index];
            }

            @Override
            public String name(final int index) {
                return "thread-" + index;
            }
        });
    }

    @AfterEach
    void close() {
        manager.close();
    }

    private List<String> look(final long nowNs) {
        notifier.look(nowNs, () -> "well");
        return manager.messages();
    }

    private void run() {
        cycles[0]++;
        cycles[1]++;
    }

    private void becomeReady() {
        run();
        look(0);
        assertTrue(notifier.isReady());
    }

    @Test
    void shouldBeReadyOnceEveryThreadHasRunACycle() {
        assertEquals(List.of(), look(0));
        cycles[1] = 1;
        assertEquals(List.of(), look(1));
        cycles[0] = 1;
        assertEquals(List.of("READY=1\nSTATUS=well"), look(2));
        assertEquals(List.of(), look(3));
    }

    @Test
    void shouldGiveASignOfLifeFourTimesInTheManagersPatience() {
        becomeReady();
        run();
        assertEquals(List.of(), look(WATCHDOG_NS / 4 - 1));
        assertEquals(List.of("WATCHDOG=1"), look(WATCHDOG_NS / 4));
        run();
        assertEquals(List.of(), look(WATCHDOG_NS / 2 - 1));
        assertEquals(List.of("WATCHDOG=1"), look(WATCHDOG_NS / 2));
    }

    @Test
    void shouldGiveNoSignOfLifeWhileOneThreadStandsStill() {
        becomeReady();
        for (int second = 1; second < 5; second++) {
            cycles[0] += 1_000;
            assertEquals(List.of(), look(second * SECOND));
        }
        cycles[1]++;
        assertEquals(List.of("STATUS=well", "WATCHDOG=1"), look(5 * SECOND), "it was only slow");
        cycles[1]++;
        assertEquals(List.of(), look(9 * SECOND), "and now the other stands still");
    }

    @Test
    void shouldTellTheStatusEveryFewSeconds() {
        becomeReady();
        assertEquals(List.of(), look(4 * SECOND));
        assertEquals(List.of("STATUS=well"), look(5 * SECOND));
        assertEquals(List.of(), look(6 * SECOND));
        assertEquals(List.of("STATUS=well"), look(10 * SECOND));
    }

    @Test
    void shouldSayWhenItReadsItsConfigurationAgain() {
        notifier.reloading(SECOND);
        notifier.reloaded();
        assertEquals(List.of(), manager.messages(), "nobody may take this for the first READY");
        becomeReady();
        notifier.reloading(SECOND + 1_999);
        notifier.reloaded();
        assertEquals(List.of("RELOADING=1\nMONOTONIC_USEC=1000001", "READY=1"), manager.messages());
    }

    @Test
    void shouldLetThreadsEndOnceItStops() {
        becomeReady();
        notifier.stopping();
        notifier.stopping();
        final List<String> said = manager.messages();
        assertEquals(1, said.size());
        assertTrue(said.get(0).startsWith("STOPPING=1\n"), said.get(0));
        assertEquals(List.of("WATCHDOG=1"), look(WATCHDOG_NS / 4));
    }

    @Test
    void shouldNotFeedAWatchdogOfAnotherProcess() {
        final ServiceNotifier other = ServiceNotifier.of(
            Map.of("NOTIFY_SOCKET", manager.name(), "WATCHDOG_USEC", "8000000", "WATCHDOG_PID", "2"), 1);
        other.look(0, () -> "well");
        manager.messages();
        other.look(4 * SECOND, () -> "well");
        assertEquals(List.of(), manager.messages());
    }

    @Test
    void shouldTellNobodyWithoutAManager() {
        final ServiceNotifier alone = ServiceNotifier.of(Map.of(), 1);
        assertFalse(alone.isHeard());
        alone.look(0, () -> {
            throw new AssertionError("nobody asked for a status");
        });
        alone.stopping();
        assertFalse(alone.isReady());
    }

    @Test
    void shouldGoOnWhenTheManagerIsGone() {
        manager.close();
        becomeReady();
        notifier.stopping();
    }
}
