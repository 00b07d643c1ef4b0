package io.weir.rule.regex;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the syntax tree of an expression. Groups may be referred to before they stand there, so that an expression is
 * read twice: the first time to learn their number and names.
 */
final class PatternParser {
    static final int DEPTH_MAX = 100;
    private static final int STACKED_QUANTIFIERS_MAX = 8;
    private static final int REPEAT_MAX = 65_535;
    private static final String INLINE_FLAGS = "ismxU";

    private final PatternScanner in;
    private final EscapeParser escapes;
    private final ClassParser classes;
    /** What the first reading found; null during that. */
    private final PatternParser survey;
    private final Map<String, Integer> names = new HashMap<>();
    private int groups;
    private int depth;
    private int flags;

    private PatternParser(final String pattern, final int flags, final PatternParser survey) {
        this.in = new PatternScanner(pattern);
        this.flags = flags;
        this.survey = survey;
        this.escapes = new EscapeParser(in);
        this.classes = new ClassParser(in, escapes);
    }

    /** Reads an expression. */
    static Parsed parse(final String pattern, final int flags) throws RegexSyntaxException {
        final PatternParser survey = new PatternParser(pattern, flags, null);
        survey.whole();
        final PatternParser parser = new PatternParser(pattern, flags, survey);
        Node root = parser.whole();
        if ((flags & Flags.ANCHORED) != 0) {
            root = new Node.Sequence(List.of(new Node.Position(Assertion.SEARCH_START), root));
        }
        return new Parsed(root, parser.groups, Map.copyOf(parser.names));
    }

    /** The tree, the number of capturing groups, and which have names. */
    record Parsed(Node root, int groups, Map<String, Integer> names) {
    }

    private Node whole() throws RegexSyntaxException {
        final Node root = choice();
        if (!in.atEnd()) {
            throw in.fault("this parenthesis closes nothing");
        }
        return root;
    }

    private Node choice() throws RegexSyntaxException {
        if (++depth > DEPTH_MAX) {
            throw in.fault("groups are nested more than " + DEPTH_MAX + " deep");
        }
        final List<Node> branches = new ArrayList<>();
        do {
            branches.add(sequence());
        } while (in.take('|'));
        depth--;
        return branches.size() == 1 ? branches.get(0) : new Node.Choice(List.copyOf(branches));
    }

    private Node sequence() throws RegexSyntaxException {
        final List<Node> parts = new ArrayList<>();
        while (true) {
            skipLayout();
            if (in.atEnd() || in.peek() == '|' || in.peek() == ')') {
                return parts.size() == 1 ? parts.get(0) : new Node.Sequence(List.copyOf(parts));
            }
            if (in.take("\\Q")) {
                quoted(parts);
            } else if (!in.take("\\E")) {
                final Node item = item();
                if (item != null) {
                    parts.add(quantified(item));
                }
            }
        }
    }

    /** All characters up to the end of the quotation stand for themselves; a quantifier behind it is for the last. */
    private void quoted(final List<Node> parts) throws RegexSyntaxException {
        while (!in.atEnd() && !in.take("\\E")) {
            final Node literal = literal(in.next());
            if (in.take("\\E")) {
                parts.add(quantified(literal));
                return;
            }
            parts.add(literal);
        }
    }

    /** One item without its quantifier; null if it was only a setting. */
    private Node item() throws RegexSyntaxException {
        final int at = in.position();
        final int c = in.next();
        switch (c) {
            case '(' -> {
                return group(at);
            }
            case '[' -> {
                return new Node.OneOf(classes.parse(at, has(Flags.CASELESS)));
            }
            case '.' -> {
                return new Node.OneOf(has(Flags.DOT_ALL) ? ByteSet.ALL : ByteSet.NOT_LINE_FEED);
            }
            case '^' -> {
                return new Node.Position(has(Flags.MULTI_LINE) ? Assertion.LINE_START : Assertion.START);
            }
            case '$' -> {
                return new Node.Position(has(Flags.MULTI_LINE) ? Assertion.LINE_END
                    : has(Flags.DOLLAR_END) ? Assertion.END : Assertion.LAST_LINE_END);
            }
            case '\\' -> {
                return escape(at);
            }
            case '*', '+', '?' -> throw in.fault(at, "there is nothing to repeat here");
            default -> {
                return literal(c);
            }
        }
    }

    private Node literal(final int c) {
        final ByteSet set = ByteSet.of(c);
        return new Node.OneOf(has(Flags.CASELESS) ? set.caseless() : set);
    }

    private Node quantified(final Node item) throws RegexSyntaxException {
        Node result = item;
        for (int i = 0;; i++) {
            skipLayout();
            final int at = in.position();
            final int min;
            final int max;
            if (in.take('*')) {
                min = 0;
                max = Node.Repeat.UNLIMITED;
            } else if (in.take('+')) {
                min = 1;
                max = Node.Repeat.UNLIMITED;
            } else if (in.take('?')) {
                min = 0;
                max = 1;
            } else if (in.looksAtBounds()) {
                in.next();
                min = bound();
                max = !in.take(',') ? min : in.peek() == '}' ? Node.Repeat.UNLIMITED : bound();
                in.next();
                if (max < min) {
                    throw in.fault(at, "the least number of repetitions is greater than the most");
                }
            } else {
                return result;
            }
            if (i == STACKED_QUANTIFIERS_MAX) {
                throw in.fault(at, "more than " + STACKED_QUANTIFIERS_MAX + " quantifiers follow each other");
            }
            final boolean lazy = in.take('?');
            final Node.Greed greed = !lazy && in.take('+') ? Node.Greed.POSSESSIVE
                : lazy != has(Flags.UNGREEDY) ? Node.Greed.LAZY : Node.Greed.GREEDY;
            result = new Node.Repeat(result, min, max, greed);
        }
    }

    private int bound() throws RegexSyntaxException {
        final int at = in.position();
        final int value = in.decimal();
        if (value > REPEAT_MAX) {
            throw in.fault(at, "more than " + REPEAT_MAX + " repetitions");
        }
        return value;
    }

    /** Behind an opening parenthesis. */
    private Node group(final int at) throws RegexSyntaxException {
        if (in.looksAt("*")) {
            throw in.fault(at, "verbs such as (*...) are not supported");
        }
        if (!in.take('?')) {
            return capture(at, null);
        }
        if (in.looksAt("#")) {
            throw in.fault(at, "this comment is not closed");
        }
        if (in.take(':')) {
            return closed(at, flags);
        }
        if (in.take('>')) {
            return new Node.Atomic(closed(at, flags));
        }
        if (in.take('=')) {
            return new Node.Look(closed(at, flags), false, false);
        }
        if (in.take('!')) {
            return new Node.Look(closed(at, flags), false, true);
        }
        if (in.take("<=")) {
            return behind(at, false);
        }
        if (in.take("<!")) {
            return behind(at, true);
        }
        if (in.take("P<") || in.take('<')) {
            return capture(at, in.name('>'));
        }
        if (in.take('\'')) {
            return capture(at, in.name('\''));
        }
        if (in.take("P=")) {
            return reference(in.position(), in.name(')'));
        }
        if (in.looksAt("(")) {
            throw in.fault(at, "conditional groups are not supported");
        }
        if (in.looksAt("|")) {
            throw in.fault(at, "groups that share their numbers, (?|...), are not supported");
        }
        if (in.looksAt("C")) {
            throw in.fault(at, "callouts are not supported");
        }
        if (in.looksAt("R") || in.looksAt("&") || in.looksAt("P>") || in.looksAtRecursion()) {
            throw in.fault(at, "recursion is not supported");
        }
        return settings(at);
    }

    private Node capture(final int at, final String name) throws RegexSyntaxException {
        final int group = ++groups;
        if (group > Regex.GROUPS_MAX) {
            throw in.fault(at, "more than " + Regex.GROUPS_MAX + " capturing groups");
        }
        if (name != null && names.put(name, group) != null) {
            throw in.fault(at, "there is another group with this name");
        }
        return new Node.Capture(group, closed(at, flags));
    }

    private Node behind(final int at, final boolean negative) throws RegexSyntaxException {
        final Node body = closed(at, flags);
        final List<Node> branches = body instanceof Node.Choice choice ? choice.branches() : List.of(body);
        for (final Node branch : branches) {
            if (Width.least(branch) != Width.most(branch)) {
                throw in.fault(at, "what is looked for behind must have a fixed length, in each branch its own");
            }
        }
        return new Node.Look(body, true, negative);
    }

    /** The rest of a group, with its parenthesis; settings inside it end there. */
    private Node closed(final int at, final int outerFlags) throws RegexSyntaxException {
        final Node body = choice();
        if (!in.take(')')) {
            throw in.fault(at, "this parenthesis is not closed");
        }
        flags = outerFlags;
        return body;
    }

    /** Settings, for the rest of the group they stand in or for one of their own. */
    private Node settings(final int at) throws RegexSyntaxException {
        final int outer = flags;
        int set = flags;
        boolean on = true;
        if (in.take('^')) {
            set &= ~Flags.INLINE;
        }
        while (true) {
            in.expect("this parenthesis is not closed", at);
            final int here = in.position();
            final int c = in.next();
            if (c == ')') {
                flags = set;
                return null;
            } else if (c == ':') {
                flags = set;
                return closed(at, outer);
            } else if (c == '-' && on) {
                on = false;
            } else if (INLINE_FLAGS.indexOf(c) >= 0) {
                final int flag = c == 'U' ? Flags.UNGREEDY : Flags.of(c);
                set = on ? set | flag : set & ~flag;
            } else {
                throw in.fault(here, "no kind of group or setting begins like this");
            }
        }
    }

    /** Behind a backslash. */
    private Node escape(final int at) throws RegexSyntaxException {
        in.expect("there is nothing behind this backslash", at);
        final int assertion = position(in.peek());
        if (assertion >= 0) {
            in.next();
            return new Node.Position(assertion);
        }
        if (in.take('R')) {
            return EscapeParser.LINE_BREAK;
        }
        if (in.take('N')) {
            return new Node.OneOf(ByteSet.NOT_LINE_FEED);
        }
        if (in.take('C')) {
            return new Node.OneOf(ByteSet.ALL);
        }
        if (in.take('k')) {
            final int close = in.take('<') ? '>' : in.take('{') ? '}' : in.take('\'') ? '\'' : -1;
            if (close < 0) {
                throw in.fault(at, "\\k needs a name in angle brackets, braces or apostrophes");
            }
            return reference(in.position(), in.name(close));
        }
        if (in.take('g')) {
            return numbered(at);
        }
        final int known = survey == null ? Regex.GROUPS_MAX : survey.groups;
        final int group = in.decimalReference(known);
        if (group > 0) {
            return reference(at, group);
        }
        final ByteSet set = escapes.set(in.peek());
        if (set != null) {
            in.next();
            return new Node.OneOf(set);
        }
        return literal(escapes.value(at));
    }

    /** The assertion a letter stands for, -1 if for none. */
    private static int position(final int c) {
        return switch (c) {
            case 'A' -> Assertion.START;
            case 'G' -> Assertion.SEARCH_START;
            case 'z' -> Assertion.END;
            case 'Z' -> Assertion.LAST_LINE_END;
            case 'b' -> Assertion.WORD_BOUNDARY;
            case 'B' -> Assertion.NO_WORD_BOUNDARY;
            default -> -1;
        };
    }

    /** Behind {@code \g}: a number, a number counted backwards, or a name. */
    private Node numbered(final int at) throws RegexSyntaxException {
        if (in.looksAt("<") || in.looksAt("'")) {
            throw in.fault(at, "recursion is not supported");
        }
        final boolean braces = in.take('{');
        final boolean back = in.take('-');
        if (!in.looksAtDigit()) {
            if (!braces || back) {
                throw in.fault(at, "\\g needs a number or a name in braces");
            }
            return reference(in.position(), in.name('}'));
        }
        final int number = in.decimal();
        if (braces && !in.take('}')) {
            throw in.fault(at, "this brace is not closed");
        }
        return reference(at, back ? groups + 1 - number : number);
    }

    private Node reference(final int at, final String name) throws RegexSyntaxException {
        final Integer group = survey == null ? Integer.valueOf(1) : survey.names.get(name);
        if (group == null) {
            throw in.fault(at, "there is no group with this name");
        }
        return reference(at, group);
    }

    private Node reference(final int at, final int group) throws RegexSyntaxException {
        if (survey != null && (group < 1 || group > survey.groups)) {
            throw in.fault(at, "there is no group with this number");
        }
        return new Node.Reference(group, has(Flags.CASELESS));
    }

    private void skipLayout() {
        if (has(Flags.EXTENDED)) {
            in.skipLayout();
        }
        while (in.looksAt("(?#") && in.skipComment()) {
            if (has(Flags.EXTENDED)) {
                in.skipLayout();
            }
        }
    }

    private boolean has(final int flag) {
        return (flags & flag) != 0;
    }
}
