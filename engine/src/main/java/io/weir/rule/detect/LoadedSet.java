package io.weir.rule.detect;

import io.weir.rule.compile.RuleSet;
import io.weir.rule.pattern.PatternDatabase;
import io.weir.rule.pattern.PatternScanner;

/** A rule set with what one worker needs to ask it. Keeps it from being freed until it is closed. */
final class LoadedSet implements AutoCloseable {
    /** Tells it from all others of this worker; never 0. */
    final int key;
    final RuleSet rules;
    final PatternScanner scanner;
    final RuleCosts costs;
    final Candidates ofFrame;
    final Candidates ofStream;
    final Candidates ofTransaction;
    /** Of what was searched before its flow was turned: {@link TurnedFlow}. */
    final Candidates ofTurned;
    /** Flows whose streams began with it. */
    int flows;
    /** Engine time at which another took its place. */
    long replacedNs;

    /** Takes a set that the caller has retained. */
    LoadedSet(final int key, final RuleSet rules) {
        this.key = key;
        this.rules = rules;
        scanner = rules.library().scanner();
        for (final PatternDatabase database : rules.databases()) {
            scanner.prepare(database);
        }
        costs = new RuleCosts(rules.size());
        ofFrame = new Candidates(rules.size());
        ofStream = new Candidates(rules.size());
        ofTransaction = new Candidates(rules.size());
        ofTurned = new Candidates(rules.size());
    }

    @Override
    public void close() {
        scanner.close();
        rules.release();
    }
}
