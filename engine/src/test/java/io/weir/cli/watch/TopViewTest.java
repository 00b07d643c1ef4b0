package io.weir.cli.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.monitor.StatusTree;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TopViewTest {
    private static final String STATUS = """
        {"pid":7,"interfaces":["eth0"],"uptime_ns":61000000000,"time_ms":TIME,"rates":{"frames":1000,"bits":BITS,
        "flows":3,"dropped":2},"flows":{"live":12},"drops":[{"reason":"kernel","frames":5,"what":"x"},
        {"reason":"ring_full","frames":0,"what":"y"}],
        "protocols":[{"name":"tls","bits":900,"frames":9,"bytes_total":10},
        {"name":"dns","bits":100,"frames":1,"bytes_total":5000}],"applications":[{"name":"acme","bits":5}],
        "talkers":[{"address":"2001:db8::1","sent_bits":5000,"received_bits":7}],
        "alerts":[{"time_ms":1,"rule":"9","message":"a\\u001b[2Jb\\u0300\\u8a9e","source":"s","destination":"d"}],
        "latencies":[{"stage":"work","recent":{"count":9,"p50":400,"p99":2000}}],
        "pauses":[{"kind":"gc","recent":{"count":1,"max":3000000},"total":{"max":40000000}}],
        "slowest":[{"time_ms":1,"ns":7000000,"part":"queue wait","part_ns":6000000,"worker":1,"length":99,
        "source":"192.0.2.1:5","destination":"192.0.2.2:53","protocol":"dns"}],
        "elephants":[{"time_ms":1,"source":"192.0.2.7:80","destination":"192.0.2.8:9","protocol":"http"}],
        "workers":[{"busy":0.42,"frames":1000}],"threads":[{"name":"weir-worker-0","cpu":0.5}],
        "counters":{"frames_processed":77,"alerts":0}}""";

    private final TopView view = new TopView(true);

    private static StatusTree status(final long timeMs, final long bits) throws IOException {
        return StatusTree.parse(STATUS.replace("TIME", Long.toString(timeMs)).replace("BITS", Long.toString(bits))
            .getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldShowSomethingOfEverythingOnASmallTerminal() throws IOException {
        final String shown = view.draw(status(1, 1000), TopView.Page.OVERVIEW, 80, 24).plain();
        for (final String wanted : List.of("weir 7 on eth0, up 1:01 min", "1.00 k frames/s", "dropped 2/s",
            "kernel 5", "ring_full 0", "tls", "dns", "acme", "2001:db8::1", "work", "400 ns",
            "pauses gc 3.00 ms", "w0 42 %", "q quit")) {
            assertTrue(shown.contains(wanted), () -> wanted + " is missing in\n" + shown);
        }
        assertEquals(24, shown.lines().count());
    }

    @ParameterizedTest
    @EnumSource(TopView.Page.class)
    void shouldFitAnyTerminalAndSteerNone(final TopView.Page page) throws IOException {
        for (final int[] size : new int[][] {{60, 10}, {80, 24}, {231, 70}}) {
            final Grid grid = view.draw(status(1, 1000), page, size[0], size[1]);
            assertTrue(grid.plain().lines().count() <= size[1]);
            assertTrue(grid.plain().lines().allMatch(line -> line.length() <= size[0]));
            assertTrue(grid.plain().chars().noneMatch(c -> c < ' ' && c != '\n'), "a control character is shown");
            // what is left of the drawing without its own sequences
            final String rest = grid.drawn(true).replaceAll("\u001b\\[[0-9;]*m|\u001b\\[[HK]|\r\n", "");
            assertFalse(rest.contains("\u001b"), rest);
        }
    }

    @Test
    void shouldDrawThroughputOfTheLastSecondsAndSortOnRequest() throws IOException {
        view.draw(status(1, 1000), TopView.Page.PROTOCOLS, 80, 24);
        view.draw(status(1, 1000), TopView.Page.PROTOCOLS, 80, 24);
        final String now = view.draw(status(2, 500), TopView.Page.PROTOCOLS, 80, 24).plain();
        assertTrue(now.contains("bit/s \u2588\u2584\n"), now);
        assertTrue(now.indexOf("tls") < now.indexOf("dns"));
        view.toggleSort();
        final String total = view.draw(status(3, 500), TopView.Page.PROTOCOLS, 80, 24).plain();
        assertTrue(total.indexOf("dns") < total.indexOf("tls"), total);
    }

    @Test
    void shouldShowPausesBesideLatenciesWithTheSlowestFramesAndElephantsBesideLoads() throws IOException {
        final String latency = view.draw(status(1, 1000), TopView.Page.LATENCIES, 120, 24).plain();
        assertTrue(latency.matches("(?s).*work +400 ns +2.00 us  gc +3.00 ms +40.0 ms\n.*"), latency);
        assertTrue(latency.contains("7.00 ms, 6.00 ms of it queue wait  worker 1, 99 bytes dns  192.0.2.1:5 > "
            + "192.0.2.2:53"), latency);
        final String load = view.draw(status(1, 1000), TopView.Page.WORKERS, 120, 24).plain();
        assertTrue(load.contains("192.0.2.7:80 > 192.0.2.8:9  http"), load);
    }

    @Test
    void shouldShowAlertsWithoutWhatSteersOrTakesTwoColumns() throws IOException {
        final String shown = view.draw(status(1, 1000), TopView.Page.ALERTS, 120, 24).plain();
        assertTrue(shown.contains("a\\x1b[2Jb?"), shown);
    }

    @Test
    void shouldKnowItsKeysAndWhatTheTerminalTakes() {
        assertEquals(TopView.Page.TALKERS, TopView.Page.of('t'));
        assertNull(TopView.Page.of('z'));
        assertTrue(Screen.takesUnicode(Map.of("LANG", "de_DE.UTF-8")));
        assertFalse(Screen.takesUnicode(Map.of("LANG", "de_DE.UTF-8", "LC_ALL", "C")));
        assertFalse(Screen.takesUnicode(Map.of()));
    }
}
