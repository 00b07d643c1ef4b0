package io.weir.cli.watch;

import io.weir.cli.watch.Grid.Style;
import io.weir.monitor.StatusTree;
import io.weir.output.HumanUnits;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** Draws a status on a screen of any size from 60 columns and 10 rows on. Keeps the throughput of the last seconds. */
final class TopView {
    /** What is shown below the head. */
    enum Page {
        /** Something of everything. */
        OVERVIEW('o', "all"),
        /** Protocols. */
        PROTOCOLS('p', "proto"),
        /** Applications. */
        APPLICATIONS('a', "apps"),
        /** Addresses. */
        TALKERS('t', "talkers"),
        /** Latencies, pauses and slow frames. */
        LATENCIES('l', "latency"),
        /** Workers, threads and elephants. */
        WORKERS('w', "load"),
        /** Alerts. */
        ALERTS('e', "alerts"),
        /** Drops and counters. */
        DROPS('d', "drops");

        private final char key;
        private final String label;

        Page(final char key, final String label) {
            this.key = key;
            this.label = label;
        }

        /** The page of a key, or null. */
        static Page of(final int key) {
            for (final Page page : values()) {
                if (page.key == key) {
                    return page;
                }
            }
            return null;
        }
    }

    private static final String[] BARS = {" ", "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587",
        "\u2588"};
    private static final int SECONDS = 300;
    private static final int HEAD = 5;
    private static final int NAME = 22;

    private final ArrayDeque<Double> history = new ArrayDeque<>();
    private final boolean unicode;
    private long newestMs;
    private boolean byTotal;

    /**
     * Makes a view.
     *
     * @param unicode whether the terminal shows block characters
     */
    TopView(final boolean unicode) {
        this.unicode = unicode;
    }

    /** Sorts by what passed since the start, or by what passes now. */
    void toggleSort() {
        byTotal = !byTotal;
    }

    /** Draws a status. */
    Grid draw(final StatusTree status, final Page page, final int width, final int height) {
        if (status.number("time_ms") != newestMs) {
            newestMs = status.number("time_ms");
            history.addLast(status.in("rates").real("bits"));
            if (history.size() > SECONDS) {
                history.removeFirst();
            }
        }
        final Grid grid = new Grid(width, height);
        head(grid, status);
        final int last = height - 2;
        switch (page) {
            case OVERVIEW -> overview(grid, status, last);
            case PROTOCOLS -> traffic(grid, HEAD, last, 0, width, "protocol", status.rows("protocols"));
            case APPLICATIONS -> traffic(grid, HEAD, last, 0, width, "application", status.rows("applications"));
            case TALKERS -> talkers(grid, HEAD, last, 0, width, status);
            case LATENCIES -> {
                final int half = width / 2;
                final int next = Math.max(latencies(grid, HEAD, last, 0, half - 1, status),
                    pauses(grid, HEAD, last, half + 1, width, status));
                lines(grid, next + 1, last, "slowest frames of the last minute", status.rows("slowest"),
                    StatusText::slow);
            }
            case WORKERS -> {
                final int next = loads(grid, HEAD, last, status);
                lines(grid, next + 1, last, "newest elephants", status.rows("elephants"), StatusText::elephant);
            }
            case ALERTS -> lines(grid, HEAD, last, "newest alerts", status.rows("alerts"), StatusText::alert);
            case DROPS -> counters(grid, HEAD, last, status);
            default -> throw new IllegalStateException(page.toString());
        }
        foot(grid, page);
        return grid;
    }

    private void head(final Grid grid, final StatusTree status) {
        final int width = grid.width();
        grid.put(0, 0, width - 9, Style.BOLD, StatusText.title(status));
        grid.putRight(0, width, Style.DIM, StatusText.TIME.format(Instant.ofEpochMilli(status.number("time_ms"))));
        grid.put(1, 0, width, Style.PLAIN, StatusText.rates(status));
        int at = grid.put(2, 0, width, Style.DIM, "bit/s ");
        grid.put(2, at, width, Style.GREEN, spark(width - at));
        final double dropped = status.in("rates").real("dropped");
        at = grid.put(3, 0, width, dropped > 0 ? Style.RED : Style.DIM,
            "dropped " + HumanUnits.large(dropped) + "/s, in all:");
        // Reasons that there were come first: not all have room.
        for (final StatusTree drop : sorted(status.rows("drops"), "frames", "frames")) {
            at = grid.put(3, at + 1, width, drop.number("frames") > 0 ? Style.RED : Style.DIM,
                drop.text("reason") + " " + HumanUnits.large(drop.real("frames")));
        }
    }

    /** One character for each second, as high as its throughput; the newest at the right. */
    private String spark(final int columns) {
        final List<Double> shown = StreamSupport.stream(history.spliterator(), false)
            .skip(Math.max(0, history.size() - columns)).toList();
        final double most = shown.stream().mapToDouble(Double::doubleValue).max().orElse(0);
        final StringBuilder text = new StringBuilder();
        for (final double value : shown) {
            final int level = most <= 0 ? 0 : (int) Math.round(value / most * (BARS.length - 1));
            text.append(unicode ? BARS[level] : level == 0 ? "_" : Integer.toString(level));
        }
        return text.toString();
    }

    private void overview(final Grid grid, final StatusTree status, final int last) {
        final int half = grid.width() / 2;
        final int latencyRows = status.rows("latencies").size() + 1;
        final int alertRows = status.rows("alerts").isEmpty() ? 0 : 1;
        final int pauseRows = status.rows("pauses").isEmpty() ? 0 : 1;
        final int bottom = last - alertRows - pauseRows;
        final int lower = Math.max(HEAD + 4, bottom - latencyRows - 1);
        traffic(grid, HEAD, lower - 1, 0, half - 1, "protocol", status.rows("protocols"));
        traffic(grid, HEAD, lower - 1, half + 1, grid.width(), "application", status.rows("applications"));
        talkers(grid, lower, bottom, 0, half - 1, status);
        latencies(grid, lower, bottom, half + 1, grid.width(), status);
        if (pauseRows > 0 && bottom > lower) {
            final int at = grid.put(bottom, 0, grid.width(), Style.DIM, "pauses ");
            grid.put(bottom, at, grid.width(), Style.PLAIN, StatusText.pauses(status));
        }
        if (alertRows > 0) {
            grid.put(last - 1, 0, grid.width(), Style.RED, StatusText.alert(status.rows("alerts").get(0)));
        }
        int at = grid.put(HEAD - 1, 0, grid.width(), Style.DIM, "busy");
        int number = 0;
        for (final StatusTree worker : status.rows("workers")) {
            at = grid.put(HEAD - 1, at + 1, grid.width(), Style.PLAIN,
                "w" + number++ + " " + StatusText.percent(worker.real("busy")));
        }
        for (final StatusTree thread : status.rows("threads")) {
            at = grid.put(HEAD - 1, at + 2, grid.width(), Style.DIM,
                thread.text("name").replace("weir-", "") + " " + StatusText.percent(thread.real("cpu")) + " CPU");
        }
    }

    private void traffic(final Grid grid, final int from, final int to, final int left, final int right,
        final String title, final List<StatusTree> rows) {
        final int name = Math.min(NAME, (right - left) / 2);
        final boolean wide = right - left > 50;
        grid.put(from, left, name, Style.BOLD, title);
        final int first = left + name + (right - left - name) / (wide ? 3 : 2);
        grid.putRight(from, wide ? first : right - 10, Style.BOLD, "bit/s");
        grid.putRight(from, wide ? first + (right - first) / 2 : right, Style.BOLD, "frames/s");
        if (wide) {
            grid.putRight(from, right, Style.BOLD, "bytes in all");
        }
        int row = from + 1;
        for (final StatusTree line : sorted(rows, "bits", "bytes_total")) {
            if (row >= to) {
                return;
            }
            grid.put(row, left, name, Style.PLAIN, line.text("name"));
            grid.putRight(row, wide ? first : right - 10, Style.PLAIN, HumanUnits.large(line.real("bits")));
            grid.putRight(row, wide ? first + (right - first) / 2 : right, Style.PLAIN,
                HumanUnits.large(line.real("frames")));
            if (wide) {
                grid.putRight(row, right, Style.PLAIN, HumanUnits.bytes(line.number("bytes_total")));
            }
            row++;
        }
    }

    private List<StatusTree> sorted(final List<StatusTree> rows, final String rate, final String total) {
        return rows.stream().sorted(Comparator.comparingDouble((StatusTree row) ->
            byTotal ? row.real(total) : row.real(rate)).reversed()).toList();
    }

    private static void talkers(final Grid grid, final int from, final int to, final int left, final int right,
        final StatusTree status) {
        grid.put(from, left, right - left, Style.BOLD, "talker");
        grid.putRight(from, right - 10, Style.BOLD, "sends");
        grid.putRight(from, right, Style.BOLD, "gets");
        int row = from + 1;
        for (final StatusTree line : status.rows("talkers")) {
            if (row >= to) {
                return;
            }
            grid.put(row, left, right - left - 19, Style.PLAIN, line.text("address"));
            grid.putRight(row, right - 10, Style.PLAIN, HumanUnits.large(line.real("sent_bits")));
            grid.putRight(row++, right, Style.PLAIN, HumanUnits.large(line.real("received_bits")));
        }
    }

    private static int latencies(final Grid grid, final int from, final int to, final int left, final int right,
        final StatusTree status) {
        grid.put(from, left, right - left, Style.BOLD, "latency, now");
        grid.putRight(from, right - 10, Style.BOLD, "p50");
        grid.putRight(from, right, Style.BOLD, "p99");
        int row = from + 1;
        for (final StatusTree line : status.rows("latencies")) {
            if (row >= to) {
                return row;
            }
            grid.put(row, left, right - left - 19, Style.PLAIN, line.text("stage").replace('_', ' '));
            final StatusTree recent = line.in("recent");
            grid.putRight(row, right - 10, Style.PLAIN, StatusText.figure(recent, "p50"));
            grid.putRight(row++, right, Style.PLAIN, StatusText.figure(recent, "p99"));
        }
        return row;
    }

    private static int pauses(final Grid grid, final int from, final int to, final int left, final int right,
        final StatusTree status) {
        grid.put(from, left, right - left, Style.BOLD, "longest pause");
        grid.putRight(from, right - 10, Style.BOLD, "now");
        grid.putRight(from, right, Style.BOLD, "ever");
        int row = from + 1;
        for (final StatusTree line : status.rows("pauses")) {
            if (row < to) {
                grid.put(row, left, right - left - 19, Style.PLAIN, line.text("kind").replace('_', ' '));
                grid.putRight(row, right - 10, Style.PLAIN, StatusText.figure(line.in("recent"), "max"));
                grid.putRight(row++, right, Style.PLAIN, HumanUnits.duration(line.in("total").number("max")));
            }
        }
        return row;
    }

    private static int loads(final Grid grid, final int from, final int to, final StatusTree status) {
        final int width = grid.width();
        grid.put(from, 0, width, Style.BOLD, String.format(Locale.ROOT, "%-8s%8s%12s%14s%12s%10s%12s", "worker",
            "busy", "frames/s", "bit/s", "flows", "waiting", "late"));
        int row = from + 1;
        int number = 0;
        for (final StatusTree line : status.rows("workers")) {
            if (row < to) {
                grid.put(row++, 0, width, Style.PLAIN, String.format(Locale.ROOT, "%-8d%8s%12s%14s%12s%10s%12s",
                    number++, StatusText.percent(line.real("busy")), HumanUnits.large(line.real("frames")),
                    HumanUnits.large(line.real("bits")), HumanUnits.count(line.number("flows")),
                    HumanUnits.count(line.number("waiting")), HumanUnits.count(line.number("late_total"))));
            }
        }
        row++;
        for (final StatusTree line : status.rows("threads")) {
            if (row < to) {
                grid.put(row++, 0, width, Style.PLAIN, String.format(Locale.ROOT, "%-24s%8s of a CPU%12s in all",
                    line.text("name"), StatusText.percent(line.real("cpu")),
                    HumanUnits.duration(line.number("cpu_ns"))));
            }
        }
        return row;
    }

    private static void lines(final Grid grid, final int from, final int to, final String title,
        final List<StatusTree> rows, final Function<StatusTree, String> text) {
        if (from >= to) {
            return;
        }
        grid.put(from, 0, grid.width(), Style.BOLD, title);
        int row = from + 1;
        if (rows.isEmpty() && row < to) {
            grid.put(row, 0, grid.width(), Style.DIM, "none");
        }
        for (final StatusTree line : rows) {
            if (row < to) {
                grid.put(row++, 0, grid.width(), line.number("severity") == 1 ? Style.RED : Style.PLAIN,
                    text.apply(line));
            }
        }
    }

    private static void counters(final Grid grid, final int from, final int to, final StatusTree status) {
        grid.put(from, 0, grid.width(), Style.BOLD, "counters that are not 0");
        final StatusTree counters = status.in("counters");
        final List<String> names = counters.names().stream().filter(name -> counters.number(name) != 0).toList();
        final int rows = Math.max(1, to - from - 1);
        final int columns = Math.max(1, (names.size() + rows - 1) / rows);
        final int column = Math.max(36, grid.width() / columns);
        for (int i = 0; i < names.size(); i++) {
            final int left = i / rows * column;
            grid.put(from + 1 + i % rows, left, column - 1, Style.PLAIN, String.format(Locale.ROOT, "%15s  %s",
                HumanUnits.count(counters.number(names.get(i))), names.get(i)));
        }
    }

    private void foot(final Grid grid, final Page page) {
        final int row = grid.height() - 1;
        int at = 0;
        for (final Page other : Page.values()) {
            at = grid.put(row, at, grid.width(), other == page ? Style.INVERSE : Style.DIM,
                other.key + " " + other.label) + 1;
        }
        grid.put(row, at, grid.width(), Style.DIM, "s sort q quit");
    }
}
