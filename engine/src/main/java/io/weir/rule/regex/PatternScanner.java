package io.weir.rule.regex;

/** A place in an expression that moves on as characters are taken. */
final class PatternScanner {
    private static final int BYTE_MAX = 0xff;
    private static final int DECIMAL_MAX = 1_000_000;
    private static final int NAME_MAX = 32;

    private final String pattern;
    private int position;

    PatternScanner(final String pattern) {
        this.pattern = pattern;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position >= pattern.length();
    }

    /** The next character, -1 at the end. */
    int peek() {
        return peek(0);
    }

    private int peek(final int ahead) {
        return position + ahead < pattern.length() ? pattern.charAt(position + ahead) : -1;
    }

    /** Takes the next character, which must be there. */
    int next() throws RegexSyntaxException {
        final char c = pattern.charAt(position);
        if (c > BYTE_MAX) {
            throw fault("this character is no byte; write the bytes it stands for as \\xHH");
        }
        position++;
        return c;
    }

    boolean take(final char c) {
        final boolean there = peek() == c;
        position += there ? 1 : 0;
        return there;
    }

    boolean take(final String text) {
        final boolean there = looksAt(text);
        position += there ? text.length() : 0;
        return there;
    }

    boolean looksAt(final String text) {
        return pattern.startsWith(text, position);
    }

    boolean looksAtDigit() {
        return isDigit(peek());
    }

    /** Whether a group's number follows, possibly with a sign. */
    boolean looksAtRecursion() {
        return isDigit(peek()) || (peek() == '+' || peek() == '-') && isDigit(peek(1));
    }

    /** Whether the number of repetitions follows; otherwise a brace stands for itself. */
    boolean looksAtBounds() {
        if (peek() != '{' || !isDigit(peek(1))) {
            return false;
        }
        int at = 1;
        while (isDigit(peek(at))) {
            at++;
        }
        if (peek(at) == ',') {
            at++;
            while (isDigit(peek(at))) {
                at++;
            }
        }
        return peek(at) == '}';
    }

    /** A number; what is very large is cut to a million. */
    int decimal() {
        int value = 0;
        while (isDigit(peek())) {
            value = Math.min(DECIMAL_MAX, value * 10 + peek() - '0');
            position++;
        }
        return value;
    }

    /**
     * The number of a group behind a backslash; 0, with nothing taken, if the digits are to be read as an octal
     * number.
     */
    int decimalReference(final int groups) {
        if (!isDigit(peek()) || peek() == '0') {
            return 0;
        }
        final int start = position;
        final int value = decimal();
        if (position - start > 1 && value > groups) {
            position = start;
            return 0;
        }
        return value;
    }

    /** The value of up to {@code most} digits; 0 if there are none. */
    int digits(final int radix, final int most) {
        int value = 0;
        for (int i = 0; i < most && peek() < 128 && Character.digit(peek(), radix) >= 0; i++) {
            value = Math.min(DECIMAL_MAX, value * radix + Character.digit(peek(), radix));
            position++;
        }
        return value;
    }

    /** A name and what closes it. */
    String name(final int close) throws RegexSyntaxException {
        final int start = position;
        while (isWord(peek())) {
            position++;
        }
        final String name = pattern.substring(start, position);
        if (name.isEmpty() || isDigit(name.charAt(0)) || name.length() > NAME_MAX) {
            throw fault(start, "a name has up to " + NAME_MAX + " letters, digits and underscores, no digit first");
        }
        if (!take((char) close)) {
            throw fault("this name is not closed by " + (char) close);
        }
        return name;
    }

    /** Letters as far as they go. */
    String letters() {
        final int start = position;
        while (peek() >= 'a' && peek() <= 'z') {
            position++;
        }
        return pattern.substring(start, position);
    }

    /** Whether a name between colons, dots or equals signs and a bracket follows, as within {@code [:alpha:]}. */
    boolean looksAtPosixName() {
        int at = peek(1) == '^' ? 2 : 1;
        while (peek(at) >= 'a' && peek(at) <= 'z') {
            at++;
        }
        return peek(at) == peek() && peek(at + 1) == ']';
    }

    /** Space and comments up to the end of the line. */
    void skipLayout() {
        while (!atEnd() && (peek() <= BYTE_MAX && ByteSet.SPACE.contains(peek()) || peek() == '#')) {
            if (peek() == '#') {
                final int end = pattern.indexOf('\n', position);
                position = end < 0 ? pattern.length() : end;
            } else {
                position++;
            }
        }
    }

    /** A comment in parentheses; nothing if it is not closed. */
    boolean skipComment() {
        final int end = pattern.indexOf(')', position);
        position = end < 0 ? position : end + 1;
        return end >= 0;
    }

    /** Fails at {@code start} if the expression ends here. */
    void expect(final String otherwise, final int start) throws RegexSyntaxException {
        if (atEnd()) {
            throw fault(start, otherwise);
        }
    }

    RegexSyntaxException fault(final String message) {
        return fault(position, message);
    }

    RegexSyntaxException fault(final int at, final String message) {
        return new RegexSyntaxException(at, message);
    }

    private static boolean isDigit(final int c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isWord(final int c) {
        return c >= 0 && c <= BYTE_MAX && ByteSet.WORD.contains(c);
    }
}
