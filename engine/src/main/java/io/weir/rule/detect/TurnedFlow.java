package io.weir.rule.detect;

import io.weir.rule.compile.PatternGroup;

/**
 * The flow that the frame being worked on has proved to be the other way round, and how far its streams were looked at
 * before. What lies there is searched once more, for rules about the direction that holds; rules that
 * ask for no direction were asked about it and match no second time. One that asks for it in one of several ways to
 * hold may match once more. One worker.
 */
final class TurnedFlow {
    private static final long NONE = -1;

    private long handle = NONE;
    private long lowerLookedAt;
    private long upperLookedAt;

    /** A frame arrives. */
    void clear() {
        handle = NONE;
    }

    /** A flow was turned whose streams were looked at up to these places. */
    void set(final long flow, final long ofLower, final long ofUpper) {
        handle = flow;
        lowerLookedAt = ofLower;
        upperLookedAt = ofUpper;
    }

    boolean is(final long flow) {
        return handle == flow;
    }

    /** Has what was looked at of a stream scanned, once, with the scans that are being gathered. */
    void gather(final LoadedSet set, final PatternGroup[] groups, final int side, final StreamWindow window,
        final Scan scan) {
        final long lookedAt = (side == 0 ? lowerLookedAt : upperLookedAt) - window.base();
        final int length = (int) Math.min(lookedAt, window.length());
        if (length <= 0) {
            return;
        }
        for (final PatternGroup group : groups) {
            scan.add(group, window.address(), length, set.ofTurned, null, 0);
        }
        if (side == 0) {
            lowerLookedAt = 0;
        } else {
            upperLookedAt = 0;
        }
    }

    /** What was gathered was scanned: makes rules candidates of which something was found. */
    static void scanned(final LoadedSet set) {
        final Candidates found = set.ofTurned;
        for (int rule = found.next(0); rule != Candidates.NONE; rule = found.next(rule + 1)) {
            if (set.rules.compiled(rule).asksDirection()) {
                set.ofStream.add(rule);
            }
        }
        found.clear();
    }
}
