package io.weir.rule.regex;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random expression that means the same in PCRE and in the JDK. */
final class RandomPattern {
    private static final String[] ITEMS = {"a", "b", "B", "ab", "[ab]", "[^a]", "[a-b\\n]", ".", "\\w", "\\W", "\\n",
        "\\s"};
    private static final String[] POSITIONS = {"^", "$", "\\b", "\\B", "\\A", "\\z", "\\Z"};
    private static final String[] QUANTIFIERS = {"*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}"};

    private final Random random;
    /** Whether with what only a backtracker knows. */
    private final boolean all;
    private final String text;
    private int groups;
    /** Groups to refer to. */
    private final List<Integer> closed = new ArrayList<>();
    private boolean refers;
    private boolean repeatsNothing;
    private boolean mayLeaveGroupsSet;

    RandomPattern(final Random random, final boolean all) {
        this.random = random;
        this.all = all;
        this.text = choice(3).text;
    }

    String text() {
        return text;
    }

    /** Whether groups are the same everywhere: not if a group that may be empty is repeated. */
    boolean comparesGroups() {
        return !repeatsNothing;
    }

    /** Whether what is matched depends on a group that is not the same everywhere. */
    boolean refersToDoubtfulGroups() {
        return refers && (repeatsNothing || mayLeaveGroupsSet);
    }

    /** Whether a capturing group is repeated or looked for: the JDK may leave such a group set when it comes back. */
    boolean mayLeaveGroupsSet() {
        return mayLeaveGroupsSet;
    }

    private record Part(String text, boolean nullable) {
    }

    private Part choice(final int depth) {
        Part part = sequence(depth);
        while (random.nextInt(4) == 0) {
            final Part other = sequence(depth);
            part = new Part(part.text + "|" + other.text, part.nullable || other.nullable);
        }
        return part;
    }

    private Part sequence(final int depth) {
        final StringBuilder sequence = new StringBuilder();
        boolean nullable = true;
        for (int n = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(3); n > 0; n--) {
            final Part item = item(depth);
            sequence.append(item.text);
            nullable &= item.nullable;
        }
        return new Part(sequence.toString(), nullable);
    }

    private Part item(final int depth) {
        final int kind = random.nextInt(16);
        if (depth > 0 && kind < 5) {
            return group(depth - 1, kind);
        }
        if (kind == 5) {
            return new Part(POSITIONS[random.nextInt(POSITIONS.length)], true);
        }
        if (all && kind == 6 && !closed.isEmpty()) {
            refers = true;
            return new Part("\\" + closed.get(random.nextInt(closed.size())) + "(?:)", true);
        }
        final String item = ITEMS[random.nextInt(ITEMS.length)];
        return item.length() == 2 && item.charAt(0) == 'a' ? new Part(item, false) : quantified(new Part(item, false));
    }

    private Part group(final int depth, final int kind) {
        if (all && kind == 0) {
            final String[] looks = {"(?=", "(?!", "(?<=", "(?<!", "(?>"};
            final int look = random.nextInt(looks.length);
            if (look == 2 || look == 3) {
                return new Part(looks[look] + ITEMS[random.nextInt(ITEMS.length)] + (random.nextBoolean() ? "" : "|aab")
                    + ")", true);
            }
            final int before = groups;
            final Part body = choice(depth);
            mayLeaveGroupsSet |= groups > before;
            return new Part(looks[look] + body.text + ")", look != 4 || body.nullable);
        }
        final boolean captures = kind < 4;
        final int before = groups;
        groups += captures ? 1 : 0;
        final int number = groups;
        final Part body = choice(depth);
        if (captures) {
            closed.add(number);
        }
        final Part group = new Part((captures ? "(" : "(?:") + body.text + ")", body.nullable);
        final Part whole = quantified(group);
        mayLeaveGroupsSet |= groups > before && !whole.equals(group);
        return whole;
    }

    private Part quantified(final Part part) {
        if (random.nextInt(5) < 3) {
            return part;
        }
        final String quantifier = QUANTIFIERS[random.nextInt(QUANTIFIERS.length)];
        repeatsNothing |= part.nullable;
        // the JDK does not come back into a group even to reach the least number, if more are possessive
        final int greed = random.nextInt(all && part.text.charAt(0) != '(' ? 5 : 4);
        return new Part(part.text + quantifier + (greed == 3 ? "?" : greed == 4 ? "+" : ""),
            part.nullable || quantifier.charAt(0) == '*' || quantifier.charAt(0) == '?' || quantifier.startsWith("{0"));
    }
}
