package io.weir.cli;

import io.weir.base.Counter;
import io.weir.capture.CaptureStatistics;
import io.weir.output.PrintableText;
import io.weir.output.Summary;
import java.io.PrintWriter;
import java.util.List;

/** Says on standard error, with counts, what was damaged or lost. */
final class Losses {
    private static final int MOST = 20;

    private Losses() {
    }

    /** Writes a line for all lost frames and for each cap that was reached; nothing if all is well. */
    static void tell(final Summary summary, final PrintWriter err) {
        if (summary.lostFrames() > 0) {
            final StringBuilder reasons = new StringBuilder();
            for (final Counter counter : Counter.values()) {
                final long count = summary.counters().get(counter);
                if (counter.kind() == Counter.Kind.DROP && count > 0) {
                    reasons.append(reasons.isEmpty() ? "" : ", ").append(counter.label()).append(' ').append(count);
                }
            }
            err.println("weir: " + summary.lostFrames() + " frames were lost; dropped: " + reasons);
        }
        if (summary.lostRecords() > 0) {
            err.println("weir: " + summary.lostRecords() + " records were lost because outputs were too slow");
        }
        if (summary.evictedFlows() > 0) {
            err.println("weir: " + summary.evictedFlows()
                + " flows were ended early to make room for others; raise flow.memory");
        }
        capReached(summary, Counter.TCP_MEMORY_LIMIT_REACHED, "times memory for TCP segments was used up, and streams "
            + "got gaps; raise reassembly.memory", err);
        capReached(summary, Counter.IP_DATAGRAMS_GIVEN_UP, "datagrams were given up because memory for IP fragments "
            + "was used up; raise reassembly.fragments.memory", err);
        capReached(summary, Counter.TCP_STREAM_LIMIT_REACHED, "times a TCP stream had more waiting than it may, and "
            + "got gaps; raise reassembly.stream-memory", err);
        capReached(summary, Counter.IP_DATAGRAMS_BUFFER_FULL, "datagrams were not put together because the workers did "
            + "not keep up; raise reassembly.fragments.memory or workers.count", err);
        if (!summary.ledger().balanced()) {
            err.println("weir: the packet ledger does not balance: received " + summary.ledger().received()
                + ", processed " + summary.ledger().processed() + ", dropped " + summary.ledger().dropped());
        }
        err.flush();
    }

    private static void capReached(final Summary summary, final Counter counter, final String what,
        final PrintWriter err) {
        if (summary.count(counter) > 0) {
            err.println("weir: " + summary.count(counter) + " " + what);
        }
    }

    /** Writes a line per damaged place of a capture, up to a bound. */
    static void tell(final List<CaptureStatistics.Damage> damages, final PrintWriter err) {
        int told = 0;
        for (final CaptureStatistics.Damage damage : damages) {
            if (told == MOST) {
                err.println("weir: and " + (damages.size() - MOST) + " more damaged places");
                break;
            }
            err.println("weir: " + PrintableText.of(damage.where()
                + (damage.offset() < 0 ? "" : ": at byte " + damage.offset()) + ": " + damage.what()));
            told++;
        }
        err.flush();
    }
}
