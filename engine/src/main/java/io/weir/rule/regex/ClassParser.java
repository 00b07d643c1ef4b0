package io.weir.rule.regex;

/** Reads character classes. */
final class ClassParser {
    private static final String REFUSED_ESCAPES = "BRXN";

    private final PatternScanner in;
    private final EscapeParser escapes;
    private boolean caseless;
    private boolean quoting;
    private ByteSet members;
    /** The value of the member read last if it was a single byte, else -1. */
    private int single;

    ClassParser(final PatternScanner in, final EscapeParser escapes) {
        this.in = in;
        this.escapes = escapes;
    }

    /** Behind the opening bracket, which stands at {@code start}. */
    ByteSet parse(final int start, final boolean ignoreCase) throws RegexSyntaxException {
        caseless = ignoreCase;
        quoting = false;
        members = ByteSet.NONE;
        final boolean negated = in.take('^');
        // a bracket in the first place stands for itself
        for (boolean first = true; first || quoting || !in.take(']');) {
            in.expect("this class is not closed", start);
            if (!quotes()) {
                member(start);
                first = false;
            }
        }
        final ByteSet all = caseless ? members.caseless() : members;
        return negated ? all.not() : all;
    }

    /** Takes the marks of a quotation. */
    private boolean quotes() {
        if (!in.take(quoting ? "\\E" : "\\Q")) {
            return !quoting && in.take("\\E");
        }
        quoting = !quoting;
        return true;
    }

    private void member(final int start) throws RegexSyntaxException {
        final int at = in.position();
        item(start);
        final int low = single;
        if (low < 0 || quoting || in.peek() != '-' || in.looksAt("-]")) {
            return;
        }
        in.next();
        in.expect("this class is not closed", start);
        final ByteSet before = members;
        item(start);
        if (single < 0) {
            // behind a range's hyphen stands no single byte, so that the hyphen is one itself
            members = members.or(ByteSet.of('-'));
        } else if (single < low) {
            throw in.fault(at, "the ends of this range are in the wrong order");
        } else {
            members = before.or(ByteSet.range(low, single));
        }
    }

    /** Adds a byte, an escape or a named class. */
    private void item(final int start) throws RegexSyntaxException {
        final int at = in.position();
        final int c = in.next();
        single = -1;
        if (quoting) {
            single = c;
        } else if (c == '[' && (in.peek() == ':' || in.peek() == '.' || in.peek() == '=') && named(at)) {
            return;
        } else if (c == '\\') {
            in.expect("there is nothing behind this backslash", start);
            final ByteSet set = escapes.set(in.peek());
            if (set != null) {
                in.next();
                members = members.or(set);
                return;
            }
            if (REFUSED_ESCAPES.indexOf(in.peek()) >= 0) {
                throw in.fault(at, "the escape \\" + (char) in.peek() + " cannot stand in a class");
            }
            single = in.take('b') ? '\b' : escapes.value(at);
        } else {
            single = c;
        }
        members = members.or(ByteSet.of(single));
    }

    /** A POSIX class such as {@code [:alpha:]}; false, with nothing taken, if it is none. */
    private boolean named(final int at) throws RegexSyntaxException {
        if (!in.looksAtPosixName()) {
            return false;
        }
        if (in.peek() != ':') {
            throw in.fault(at, "collating elements are not supported");
        }
        in.next();
        final boolean negated = in.take('^');
        final ByteSet set = ofName(in.letters(), at);
        in.next();
        in.next();
        members = members.or(negated ? set.not() : set);
        return true;
    }

    private ByteSet ofName(final String name, final int at) throws RegexSyntaxException {
        switch (name) {
            case "alpha" -> {
                return ByteSet.ALPHA;
            }
            case "lower" -> {
                return caseless ? ByteSet.ALPHA : ByteSet.LOWER;
            }
            case "upper" -> {
                return caseless ? ByteSet.ALPHA : ByteSet.UPPER;
            }
            case "alnum" -> {
                return ByteSet.ALNUM;
            }
            case "digit" -> {
                return ByteSet.DIGIT;
            }
            case "word" -> {
                return ByteSet.WORD;
            }
            case "space" -> {
                return ByteSet.SPACE;
            }
            case "blank" -> {
                return ByteSet.of(' ').or(ByteSet.of('\t'));
            }
            case "ascii" -> {
                return ByteSet.range(0, 127);
            }
            case "cntrl" -> {
                return ByteSet.range(0, 31).or(ByteSet.of(127));
            }
            case "graph" -> {
                return ByteSet.range(33, 126);
            }
            case "print" -> {
                return ByteSet.range(32, 126);
            }
            case "punct" -> {
                return new ByteSet(ByteSet.range(33, 126).a() & ~ByteSet.ALNUM.a(),
                    ByteSet.range(33, 126).b() & ~ByteSet.ALNUM.b(), 0, 0);
            }
            case "xdigit" -> {
                return ByteSet.DIGIT.or(ByteSet.range('a', 'f')).or(ByteSet.range('A', 'F'));
            }
            default -> throw in.fault(at, "there is no class of this name");
        }
    }
}
