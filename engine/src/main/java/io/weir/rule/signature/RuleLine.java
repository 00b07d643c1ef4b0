package io.weir.rule.signature;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule's text, put together from lines that end in a backslash.
 *
 * @param text   characters are bytes
 * @param number of its first line, from 1
 * @param starts where each line begins in the text
 */
record RuleLine(String text, int number, List<Integer> starts) {
    /** Line of a place in the text, from 1. */
    int line(final int at) {
        return number + part(at);
    }

    /** Column of a place in the text, from 1. */
    int column(final int at) {
        return at - starts.get(part(at)) + 1;
    }

    private int part(final int at) {
        int part = starts.size() - 1;
        while (part > 0 && starts.get(part) > at) {
            part--;
        }
        return part;
    }

    /** Puts lines together; comments and empty lines are there too. */
    static List<RuleLine> of(final List<String> lines) {
        final List<RuleLine> joined = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        List<Integer> starts = new ArrayList<>();
        int first = 1;
        for (int i = 0; i < lines.size(); i++) {
            final String line = lines.get(i).stripTrailing();
            final boolean comment = text.length() == 0 && line.stripLeading().startsWith("#");
            final boolean more = !comment && line.endsWith("\\") && i < lines.size() - 1;
            starts.add(text.length());
            text.append(line, 0, more ? line.length() - 1 : line.length());
            if (!more) {
                joined.add(new RuleLine(text.toString(), first, starts));
                text = new StringBuilder();
                starts = new ArrayList<>();
                first = i + 2;
            }
        }
        return joined;
    }
}
