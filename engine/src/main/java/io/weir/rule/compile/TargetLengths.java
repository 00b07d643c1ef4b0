package io.weir.rule.compile;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import io.weir.protocol.http.HttpBuffers;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The lengths of a request's target that rules ask for: rules whose patterns are too short to look for them in the
 * stream are asked of the few requests whose target is that long. Filled by one thread, then immutable.
 */
final class TargetLengths {
    private final List<NumberSet> sets = new ArrayList<>();
    private boolean bounded = true;

    /** The lengths that a condition asks for, or null for any. */
    static NumberSet of(final Condition condition) {
        if (condition instanceof Condition.All all) {
            for (final Condition part : all.conditions()) {
                final NumberSet lengths = of(part);
                if (lengths != null) {
                    return lengths;
                }
            }
        }
        if (condition instanceof Condition.BufferCondition buffer && buffer.transforms().isEmpty()
            && buffer.buffer().fields().equals(List.of(HttpBuffers.URI))) {
            for (final Step step : buffer.steps()) {
                if (step instanceof Step.Length length) {
                    return length.lengths();
                }
            }
        }
        return null;
    }

    /** Adds a rule that asks for these lengths, or for any if they are null. */
    void add(final NumberSet lengths) {
        if (lengths == null) {
            bounded = false;
        } else {
            sets.add(lengths);
        }
    }

    /**
     * True if a rule may be asked of a transaction, as far as its target says that.
     *
     * @param view for the target; of the caller's thread
     */
    boolean accept(final Transaction transaction, final Bytes view) {
        if (!bounded || transaction.same() != HttpBuffers.URI || !transaction.find(transaction.sameAs(), view)) {
            return true;
        }
        for (int i = 0; i < sets.size(); i++) {
            if (sets.get(i).contains(view.length())) {
                return true;
            }
        }
        return false;
    }
}
