package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.rule.compile.CompiledRule;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.StreamGroups.Search;
import io.weir.rule.match.Subject;

/** Has windows of streams searched for candidates of rules, and asks these about them. One worker. */
final class WindowInspection {
    private final Subject subject;
    private final Verdicts verdicts;
    private final Scan scan;
    private final Counters counters;

    WindowInspection(final Subject subject, final Verdicts verdicts, final Scan scan, final Counters counters) {
        this.subject = subject;
        this.verdicts = verdicts;
        this.scan = scan;
        this.counters = counters;
    }

    /**
     * Adds what a window has that was not scanned yet to the scans that are being gathered, and the rules that are
     * always asked to the candidates.
     *
     * @param segment takes rules about the last segment, null if that is not looked at
     */
    void gather(final LoadedSet set, final Search search, final StreamWindow of, final Candidates segment) {
        final int fresh = of.scanned();
        final int from = Math.max(0, fresh - VainSearch.OVERLAP);
        for (final PatternGroup group : search.groups()) {
            for (final int rule : group.always()) {
                if (!of.hasMatched(rule)) {
                    set.ofStream.add(rule);
                }
            }
            if (group.database() != null && fresh < of.length()) {
                scan.add(group, of.address() + from, of.length() - from, set.ofStream, segment, fresh - from);
            }
        }
    }

    /** Makes the window what is asked about. */
    void focus(final StreamWindow of) {
        subject.payload.wrap(of.address(), of.length(), of.base());
        subject.fromStream = true;
        subject.missing = of.missing();
    }

    /** Asks a rule about the window that is in focus; true if it matches. */
    boolean ask(final LoadedSet set, final int number, final StreamWindow of) {
        final CompiledRule rule = set.rules.compiled(number);
        final boolean matches = verdicts.ask(set, number, null);
        if (matches || subject.matching.isExhausted()) {
            if (rule.isTriggered()) {
                of.forget(number);
            } else {
                of.note(number, true);
            }
        } else if (rule.isTriggered() && rule.header().holds(subject) && !of.note(number, false)) {
            counters.increment(Counter.RULE_CANDIDATES_FORGOTTEN);
        }
        return matches;
    }

    /** Asks all candidates about a window, until one passes the flow. */
    void askAll(final LoadedSet set, final StreamWindow of) {
        focus(of);
        for (int rule = set.ofStream.next(0); rule != Candidates.NONE && !verdicts.isPassed();
            rule = set.ofStream.next(rule + 1)) {
            ask(set, rule, of);
        }
        set.ofStream.clear();
    }

    /** No window is asked about. */
    void blur() {
        subject.payload.clear();
        subject.fromStream = false;
        subject.missing = 0;
    }
}
