package io.weir.rule.detect;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What each rule of a set costs one worker. The worker writes; any thread may read, a moment late.
 */
public final class RuleCosts {
    /** Of so many times that rules are asked, one is timed. */
    public static final int SAMPLE = 256;

    private final AtomicLongArray candidates;
    private final AtomicLongArray matches;
    private final AtomicLongArray sampledNs;
    private final AtomicLongArray samples;
    private int asked;

    RuleCosts(final int rules) {
        candidates = new AtomicLongArray(rules);
        matches = new AtomicLongArray(rules);
        sampledNs = new AtomicLongArray(rules);
        samples = new AtomicLongArray(rules);
    }

    /** Counts that a rule is asked; true if this time is to be measured. */
    boolean asked(final int rule) {
        candidates.lazySet(rule, candidates.getPlain(rule) + 1);
        return (++asked & SAMPLE - 1) == 0;
    }

    void matched(final int rule) {
        matches.lazySet(rule, matches.getPlain(rule) + 1);
    }

    void took(final int rule, final long ns) {
        sampledNs.lazySet(rule, sampledNs.getPlain(rule) + ns);
        samples.lazySet(rule, samples.getPlain(rule) + 1);
    }

    /** How often a rule was asked. */
    public long candidates(final int rule) {
        return candidates.get(rule);
    }

    /** How often it matched. */
    public long matches(final int rule) {
        return matches.get(rule);
    }

    /** Nanoseconds that the times took which were measured. */
    public long sampledNs(final int rule) {
        return sampledNs.get(rule);
    }

    /** How many times were measured. */
    public long samples(final int rule) {
        return samples.get(rule);
    }
}
