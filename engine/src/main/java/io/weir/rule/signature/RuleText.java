package io.weir.rule.signature;

import java.util.ArrayList;
import java.util.List;

/**
 * A rule cut into its parts: words of the header, and options.
 *
 * @param words   action, protocol, addresses, port, direction, addresses, port
 * @param places  where each word begins
 * @param options in the order written
 */
record RuleText(List<String> words, List<Integer> places, List<Option> options) {
    static RuleText of(final String text) throws RejectedException {
        final int open = text.indexOf('(');
        if (open < 0) {
            throw RejectedException.error("a rule needs options between brackets: action protocol source port -> "
                + "destination port (options)");
        }
        final List<String> words = new ArrayList<>();
        final List<Integer> places = new ArrayList<>();
        cut(text.substring(0, open), words, places);
        return new RuleText(words, places, options(text, open + 1));
    }

    /** Words between spaces; spaces within square brackets do not count. */
    private static void cut(final String header, final List<String> words, final List<Integer> places) {
        int depth = 0;
        int from = -1;
        for (int i = 0; i <= header.length(); i++) {
            final char c = i < header.length() ? header.charAt(i) : ' ';
            if (c == '[') {
                depth++;
            } else if (c == ']') {
                depth--;
            }
            final boolean space = Character.isWhitespace(c) && (depth <= 0 || i == header.length());
            if (space && from >= 0) {
                words.add(header.substring(from, i));
                places.add(from);
                from = -1;
            } else if (!space && from < 0) {
                from = i;
            }
        }
    }

    private static List<Option> options(final String text, final int from) throws RejectedException {
        final List<Option> options = new ArrayList<>();
        int at = from;
        while (true) {
            while (at < text.length() && (Character.isWhitespace(text.charAt(at)) || text.charAt(at) == ';')) {
                at++;
            }
            if (at >= text.length()) {
                throw RejectedException.error("the bracket behind the options is missing");
            }
            if (text.charAt(at) == ')') {
                needNothingBehind(text, at + 1);
                return options;
            }
            final int end = end(text, at);
            options.add(option(text, at, end));
            at = end + 1;
        }
    }

    private static void needNothingBehind(final String text, final int at) throws RejectedException {
        final String rest = text.substring(at).strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw RejectedException.error("there is more behind the rule: " + Option.shown(rest));
        }
    }

    /** The semicolon that ends an option: one without a backslash before it. */
    private static int end(final String text, final int from) throws RejectedException {
        int at = text.indexOf(';', from);
        while (at > 0 && text.charAt(at - 1) == '\\') {
            at = text.indexOf(';', at + 1);
        }
        if (at < 0) {
            throw RejectedException.error("an option ends in a semicolon, and this one does not: "
                + Option.shown(text.substring(from)));
        }
        return at;
    }

    private static Option option(final String text, final int at, final int end) {
        final int colon = text.indexOf(':', at);
        if (colon < 0 || colon > end) {
            return new Option(text.substring(at, end).strip(), null, at);
        }
        return new Option(text.substring(at, colon).strip(), text.substring(colon + 1, end).strip(), at);
    }
}
