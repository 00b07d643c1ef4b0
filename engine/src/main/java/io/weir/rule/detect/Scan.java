package io.weir.rule.detect;

import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.RuleSet;
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
        if (group.database() != null && length >= group.shortest() && group.database().mayHold(address, length)) {
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
        if (group.database() != null && length >= group.shortest()
            && group.database().mayHold(buffer.byteArray(), buffer.addressOffset(), length)) {
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
        for (; again != 0; again &= again - 1) {
            runAgain(Long.numberOfTrailingZeros(again));
        }
    }

    /**
     * A pattern is told once: where it was told of what was scanned already, what is new is scanned alone, and then
     * what lies across, from one place further on each time, until nothing is told of what was scanned.
     */
    private void runAgain(final int job) {
        final PatternGroup group = groups[job];
        final Candidates to = targets[job];
        final Candidates segment = segments[job];
        final long address = addresses[job];
        final int length = lengths[job];
        final int old = after[job];
        runAlone(group, address + old, length - old, to, segment, 0);
        final int across = Math.min(length, old + RuleSet.MAX_PATTERN - 1);
        int from = Math.max(0, old - RuleSet.MAX_PATTERN);
        boolean hidden = true;
        while (hidden && ++from < old) {
            hidden = runAlone(group, address + from, across - from, to, segment, old - from);
        }
    }

    /** True if a pattern was told that counts no more. */
    private boolean runAlone(final PatternGroup group, final long address, final int length, final Candidates to,
        final Candidates segment, final int from) {
        scanner.add(group.database(), address, length);
        note(0, group, to, segment, from);
        long hidden = 0;
        while (scanner.pending() > 0) {
            hidden |= scanPending();
        }
        scanner.clear();
        return hidden != 0;
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
