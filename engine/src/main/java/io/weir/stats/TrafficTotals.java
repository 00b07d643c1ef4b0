package io.weir.stats;

import io.weir.protocol.application.ApplicationNames;
import io.weir.protocol.catalogue.Protocols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Traffic by protocol, application and address, of the last interval and since the start, put together from the
 * {@link Activity} of all workers. Flows in progress count, unlike in {@link FlowTotals}; under load the figures are
 * estimates. One thread.
 */
public final class TrafficTotals {
    /**
     * Highest number of an application that counts while its flows go on: tables are replaced while an engine runs, and
     * what is shared with its workers cannot grow.
     */
    public static final int APPLICATIONS = 8192;

    private static final int IP_PROTOCOLS = 256;

    private final Sums transports = new Sums(IP_PROTOCOLS);
    private final Sums protocols = new Sums(Protocols.all().size() + 1);
    private final Sums applications;
    private final ApplicationNames table;
    private final HeavyHitters talkers;

    /**
     * One line of a table.
     *
     * @param name   lower case
     * @param frames since the start
     * @param bytes  since the start
     * @param frameRate frames per second in the last interval
     * @param byteRate  bytes per second in the last interval
     */
    public record Row(String name, long frames, long bytes, double frameRate, double byteRate) {
    }

    /** Makes empty totals, with names of applications from this table. */
    public TrafficTotals(final ApplicationNames table, final long seed) {
        this.table = table;
        applications = new Sums(APPLICATIONS + 1);
        talkers = new HeavyHitters(seed);
    }

    /** Begins a new interval. */
    public void begin() {
        transports.begin();
        protocols.begin();
        applications.begin();
        talkers.clear();
    }

    /** Adds what passed one worker in it. */
    public void add(final ActivityInterval interval) {
        final double seconds = Math.max(interval.durationNs(), 1_000_000L) / 1e9;
        transports.add(interval.transports(), interval, seconds);
        protocols.add(interval.protocols(), interval, seconds);
        applications.add(interval.applications(), interval, seconds);
        talkers.addAll(interval.talkers(), interval.byteFactor() / seconds);
    }

    /** The protocols that occurred, most traffic in the interval first; the IP protocol of what has no other name. */
    public List<Row> protocols() {
        final List<Row> rows = new ArrayList<>();
        for (int number = 0; number < IP_PROTOCOLS; number++) {
            transports.row(number, IpProtocol.label(number), rows);
        }
        for (int number = 1; number <= Protocols.all().size(); number++) {
            protocols.row(number, Protocols.name(number), rows);
        }
        return sorted(rows);
    }

    /** The applications that occurred, those with most traffic in the interval first. */
    public List<Row> applications() {
        final List<Row> rows = new ArrayList<>();
        for (int number = 1; number <= APPLICATIONS && table.of(number) != null; number++) {
            applications.row(number, table.of(number).name(), rows);
        }
        return sorted(rows);
    }

    /** The addresses with most traffic in the interval; their figures are per second. */
    public List<HeavyHitters.Row> talkers(final int most) {
        return talkers.top(most);
    }

    private static List<Row> sorted(final List<Row> rows) {
        rows.sort(Comparator.comparingDouble(Row::byteRate).thenComparingLong(Row::bytes).reversed()
            .thenComparing(Row::name));
        return rows;
    }

    /** Sums by number; frames, and in the next element bytes. */
    private static final class Sums {
        private final double[] totals;
        private final double[] rates;

        Sums(final int numbers) {
            totals = new double[2 * numbers];
            rates = new double[2 * numbers];
        }

        void begin() {
            Arrays.fill(rates, 0);
        }

        void add(final long[] sums, final ActivityInterval interval, final double seconds) {
            for (int i = 0; i < sums.length; i++) {
                final double amount = sums[i] * ((i & 1) == 0 ? interval.frameFactor() : interval.byteFactor());
                totals[i] += amount;
                rates[i] += amount / seconds;
            }
        }

        void row(final int number, final String name, final List<Row> rows) {
            if (totals[2 * number] > 0) {
                rows.add(new Row(name, Math.round(totals[2 * number]), Math.round(totals[2 * number + 1]),
                    rates[2 * number], rates[2 * number + 1]));
            }
        }
    }
}
