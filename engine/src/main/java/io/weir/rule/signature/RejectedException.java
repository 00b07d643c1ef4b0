package io.weir.rule.signature;

import io.weir.base.Nearest;
import io.weir.rule.model.Severity;
import java.util.Collection;

/** Part of a rule that cannot be taken, and why. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1;
    /** Longer words are not looked up: nobody mistypes that much. */
    private static final int LONGEST_WORD = 64;

    private final Severity severity;
    private final String nearest;

    private RejectedException(final Severity severity, final String sentence, final String nearest) {
        super(sentence, null, false, false);
        this.severity = severity;
        this.nearest = nearest;
    }

    static RejectedException error(final String sentence) {
        return new RejectedException(Severity.ERROR, sentence, null);
    }

    /** A word that is none of those that are possible. */
    static RejectedException unknown(final String sentence, final String word, final Collection<String> possible) {
        return new RejectedException(Severity.ERROR, sentence,
            word.length() > LONGEST_WORD ? null : Nearest.of(word, possible));
    }

    static RejectedException unsupported(final String sentence) {
        return new RejectedException(Severity.UNSUPPORTED, sentence, null);
    }

    Severity severity() {
        return severity;
    }

    String nearest() {
        return nearest;
    }
}
