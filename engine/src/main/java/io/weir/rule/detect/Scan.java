package io.weir.rule.detect;

import io.weir.rule.compile.PatternGroup;
import io.weir.rule.pattern.PatternScanner;
import org.agrona.DirectBuffer;

/** Scans that are answered together, and whom they make candidates. One worker. */
final class Scan {
    private final PatternGroup[] groups = new PatternGroup[PatternScanner.MAX_JOBS];
    private final Candidates[] targets = new Candidates[PatternScanner.MAX_JOBS];
    private final Candidates[] segments = new Candidates[PatternScanner.MAX_JOBS];
    private final int[] after = new int[PatternScanner.MAX_JOBS];
    private final long[] addresses = new long[PatternScanner.MAX_JOBS];
    private final int[] lengths = new int[PatternScanner.MAX_JOBS];
    private PatternScanner scanner;
    private boolean gateFound;
    private boolean gateHidden;

    /** Begins to gather scans. */
    void begin(final PatternScanner with) {
        scanner = with;
        gateFound = false;
        gateHidden = false;
    }

    /**
     * Adds a scan of native memory, which must stay as it is until {@link #run}.
     *
     * @param to      takes the rules that are candidates
     * @param segment takes those about the last segment of what is scanned; null if that is not scanned
     * @param from    patterns count that end behind this place; what is before was scanned already
     */
    void add(final PatternGroup group, final long address, final int most, final Candidates to,
        final Candidates segment, final int from) {
        final int length = Math.min(most, group.reach());
        if (group.database() != null && length >= group.shortest()) {
            int job = scanner.add(group.database(), address, length);
            if (job < 0) {
                run();
                job = scanner.add(group.database(), address, length);
            }
            note(job, group, to, segment, from);
            addresses[job] = address;
            lengths[job] = length;
        }
    }

    /**
     * Adds a scan of a piece of a value: of native memory in place, as above, or of a copy of what lies in an array.
     *
     * @param place of its first byte in the value
     */
    void add(final PatternGroup group, final DirectBuffer buffer, final int most, final int place,
        final Candidates to) {
        final int length = Math.min(most, group.reach() - place);
        if (group.database() != null && length >= group.shortest()) {
            int job = scanner.add(group.database(), buffer, 0, length, place);
            if (job < 0) {
                run();
                job = scanner.add(group.database(), buffer, 0, length, place);
            }
            note(job, group, to, null, 0);
        }
    }

    private void note(final int job, final PatternGroup group, final Candidates to, final Candidates segment,
        final int from) {
        groups[job] = group;
        targets[job] = to;
        segments[job] = segment;
        after[job] = from;
    }

    /** True if something was found since {@link #begin} that says that messages are not to be passed over. */
    boolean isGateFound() {
        return gateFound;
    }

    /** True if the same may stand where what was scanned before meets what is new, behind another one that is told. */
    boolean isGateHidden() {
        return gateHidden;
    }

    /** Scans everything that was added. */
    void run() {
        long again = 0;
        while (scanner.pending() > 0) {
            again |= scanPending();
        }
        scanner.clear();
        // a pattern is told once: where it was told of what was scanned already, what is new is scanned alone
        for (; again != 0; again &= again - 1) {
            final int job = Long.numberOfTrailingZeros(again);
            scanner.add(groups[job].database(), addresses[job] + after[job], lengths[job] - after[job]);
            note(0, groups[job], targets[job], segments[job], 0);
            while (scanner.pending() > 0) {
                scanPending();
            }
            scanner.clear();
        }
    }

    /** Answers which jobs told a pattern that counts no more: a bit for each. */
    private long scanPending() {
        long again = 0;
        final int matches = scanner.scan();
        for (int i = 0; i < matches; i++) {
            final int job = scanner.job(i);
            if (scanner.end(i) > after[job]) {
                gateFound |= groups[job].isGate(scanner.pattern(i));
                targets[job].addAll(groups[job].rulesOf(scanner.pattern(i)));
                if (segments[job] != null) {
                    segments[job].addAll(groups[job].ofSegments(scanner.pattern(i)));
                }
            } else {
                gateHidden |= groups[job].isGate(scanner.pattern(i));
                again |= 1L << job;
            }
        }
        return again;
    }
}
