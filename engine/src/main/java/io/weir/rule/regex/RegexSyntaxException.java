package io.weir.rule.regex;

/** An expression that is not well formed, or uses what is not supported here. The message is a plain sentence. */
public final class RegexSyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int position;

    RegexSyntaxException(final int position, final String message) {
        super(message);
        this.position = position;
    }

    /** Where in the expression the fault lies: characters from its start; its length if something is missing there. */
    public int position() {
        return position;
    }
}
