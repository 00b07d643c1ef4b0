package io.weir.rule.signature;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Addresses or ports as rules write them, with groups, negation and variables, taken apart: what is in, and what is
 * left out. An empty {@code in} stands for everything.
 */
record Group(List<String> in, List<String> out) {
    private static final int DEEPEST = 16;
    private static final int MOST = 65_536;

    /** Takes a text apart. Negation within negation is in again. */
    static Group of(final String text, final Map<String, String> variables) throws RejectedException {
        final Group group = new Group(new ArrayList<>(), new ArrayList<>());
        final boolean[] any = {false};
        group.add(text.strip(), false, variables, any, 0);
        if (any[0]) {
            group.in.clear();
        }
        return group;
    }

    private void add(final String text, final boolean negated, final Map<String, String> variables,
        final boolean[] any, final int depth) throws RejectedException {
        if (depth > DEEPEST || in.size() + out.size() > MOST) {
            throw RejectedException.error("groups or variables lie too deep within each other, or are too large");
        }
        if (text.startsWith("!")) {
            add(text.substring(1).strip(), !negated, variables, any, depth + 1);
        } else if (text.startsWith("$")) {
            final String name = text.substring(1);
            final String value = variables.get(name);
            if (value == null) {
                throw RejectedException.unknown("there is no variable $" + Option.shown(name), name,
                    variables.keySet());
            }
            add(value.strip(), negated, variables, any, depth + 1);
        } else if (text.startsWith("[")) {
            for (final String member : members(text)) {
                add(member, negated, variables, any, depth + 1);
            }
        } else if (text.equalsIgnoreCase("any")) {
            if (negated) {
                throw RejectedException.error("!any is nothing at all");
            }
            any[0] = true;
        } else {
            if (text.isEmpty()) {
                throw RejectedException.error("a member of a group is empty");
            }
            (negated ? out : in).add(text);
        }
    }

    /** What lies between the commas of a group. */
    private static List<String> members(final String text) throws RejectedException {
        if (!text.endsWith("]")) {
            throw RejectedException.error("the group " + Option.shown(text) + " does not end in ]");
        }
        final List<String> members = new ArrayList<>();
        int depth = 0;
        int from = 1;
        for (int i = 1; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '[') {
                depth++;
            } else if (depth == 0 && (c == ',' || c == ']')) {
                members.add(text.substring(from, i).strip());
                from = i + 1;
            } else if (c == ']') {
                depth--;
            }
        }
        if (from != text.length() || depth != 0) {
            throw RejectedException.error("the brackets of " + Option.shown(text) + " do not match");
        }
        return members;
    }
}
