package io.weir.rule.regex;

import java.util.List;

/** What stands behind a backslash, in classes and outside. */
final class EscapeParser {
    /** {@code \R}: any line break, CR LF as one. */
    static final Node LINE_BREAK = new Node.Atomic(new Node.Choice(List.of(
        new Node.Sequence(List.of(new Node.OneOf(ByteSet.of('\r')), new Node.OneOf(ByteSet.of('\n')))),
        new Node.OneOf(ByteSet.VERTICAL))));

    private static final int VALUE_MAX = 0xff;
    private static final int DIGITS_MAX = 8;
    private static final int CONTROL_BIT = 0x40;

    private final PatternScanner in;

    EscapeParser(final PatternScanner in) {
        this.in = in;
    }

    /** The bytes a letter stands for, null if it stands for none. */
    ByteSet set(final int letter) {
        return switch (letter) {
            case 'd' -> ByteSet.DIGIT;
            case 'D' -> ByteSet.DIGIT.not();
            case 's' -> ByteSet.SPACE;
            case 'S' -> ByteSet.SPACE.not();
            case 'w' -> ByteSet.WORD;
            case 'W' -> ByteSet.WORD.not();
            case 'h' -> ByteSet.HORIZONTAL;
            case 'H' -> ByteSet.HORIZONTAL.not();
            case 'v' -> ByteSet.VERTICAL;
            case 'V' -> ByteSet.VERTICAL.not();
            default -> null;
        };
    }

    /** The one byte an escape stands for, which began at {@code start} with its backslash. */
    int value(final int start) throws RegexSyntaxException {
        in.expect("there is nothing behind this backslash", start);
        final int c = in.peek();
        if (c >= '0' && c <= '7') {
            return checked(in.digits(8, 3), start);
        }
        in.next();
        switch (c) {
            case 'n' -> {
                return '\n';
            }
            case 'r' -> {
                return '\r';
            }
            case 't' -> {
                return '\t';
            }
            case 'f' -> {
                return '\f';
            }
            case 'a' -> {
                return 7;
            }
            case 'e' -> {
                return 27;
            }
            case 'x' -> {
                return in.take('{') ? braced(16, start) : in.digits(16, 2);
            }
            case 'o' -> {
                if (!in.take('{')) {
                    throw in.fault(start, "\\o needs octal digits in braces");
                }
                return braced(8, start);
            }
            case 'c' -> {
                in.expect("\\c needs a character", start);
                final int of = in.next();
                return (of >= 'a' && of <= 'z' ? of - 'a' + 'A' : of) ^ CONTROL_BIT;
            }
            default -> {
                if (c < 128 && ByteSet.ALNUM.contains(c)) {
                    throw in.fault(start, "the escape \\" + (char) c + " is not supported");
                }
                return c;
            }
        }
    }

    private int braced(final int radix, final int start) throws RegexSyntaxException {
        final int first = in.position();
        final int value = in.digits(radix, DIGITS_MAX);
        if (in.position() == first || !in.take('}')) {
            throw in.fault(start, "this escape needs digits and a closing brace");
        }
        return checked(value, start);
    }

    private int checked(final int value, final int start) throws RegexSyntaxException {
        if (value > VALUE_MAX) {
            throw in.fault(start, "this value is greater than a byte");
        }
        return value;
    }
}
