package io.weir.rule.regex;

/** What holds between two bytes. Each is decided by what lies directly before and behind, or where the input ends. */
final class Assertion {
    /** At the start of the input. */
    static final int START = 0;
    /** Where the search started. */
    static final int SEARCH_START = 1;
    /** At the start or behind a line feed, but not behind one at the very end. */
    static final int LINE_START = 2;
    /** At the end of the input. */
    static final int END = 3;
    /** At the end, or before a line feed that ends the input. */
    static final int LAST_LINE_END = 4;
    /** At the end, or before any line feed. */
    static final int LINE_END = 5;
    /** Between a word byte and none. */
    static final int WORD_BOUNDARY = 6;
    /** Not between a word byte and none. */
    static final int NO_WORD_BOUNDARY = 7;

    private Assertion() {
    }

    /** What must be known of what lies before to decide an assertion: bits of {@link Input}. */
    static int needs(final int assertion) {
        return switch (assertion) {
            case START -> Input.AT_START;
            case SEARCH_START -> Input.AT_SEARCH_START;
            case LINE_START -> Input.AT_START | Input.BEHIND_LINE_FEED;
            case WORD_BOUNDARY, NO_WORD_BOUNDARY -> Input.BEHIND_WORD;
            default -> 0;
        };
    }

    /** Whether an assertion holds between what lies before and what comes next, as {@link Input} says it. */
    static boolean holds(final int assertion, final int before, final int next) {
        switch (assertion) {
            case START -> {
                return (before & Input.AT_START) != 0;
            }
            case SEARCH_START -> {
                return (before & Input.AT_SEARCH_START) != 0;
            }
            case LINE_START -> {
                return (before & Input.AT_START) != 0 || (before & Input.BEHIND_LINE_FEED) != 0 && next != Input.END;
            }
            case END -> {
                return next == Input.END;
            }
            case LAST_LINE_END -> {
                return next < 0;
            }
            case LINE_END -> {
                return next < 0 || next == '\n';
            }
            default -> {
                final boolean word = next >= 0 && ByteSet.WORD.contains(next);
                return ((before & Input.BEHIND_WORD) != 0 != word) == (assertion == WORD_BOUNDARY);
            }
        }
    }
}
