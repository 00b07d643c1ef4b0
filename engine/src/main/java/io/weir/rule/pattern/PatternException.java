package io.weir.rule.pattern;

/** A pattern library cannot be used, or cannot compile a set; the message is one sentence for people that says why. */
public final class PatternException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PatternException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
