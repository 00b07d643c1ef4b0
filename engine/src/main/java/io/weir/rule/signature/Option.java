package io.weir.rule.signature;

import java.util.ArrayList;
import java.util.List;

/**
 * One option of a rule as written: {@code name;} or {@code name:value;}. Characters are bytes, U+0000 to U+00FF.
 *
 * @param name  in lower case or not, as written
 * @param value without spaces around it, or null if there is no colon
 * @param at    where it begins in the rule's text
 */
record Option(String name, String value, int at) {
    /** The value; an error if there is none. */
    String need() throws RejectedException {
        if (value == null || value.isEmpty()) {
            throw RejectedException.error(name + " needs a value");
        }
        return value;
    }

    /** An error if there is a value. */
    void needNone() throws RejectedException {
        if (value != null && !value.isEmpty()) {
            throw RejectedException.error(name + " takes no value, and has \"" + shown(value) + '"');
        }
    }

    /** The value's parts between commas, without spaces around them; at most {@code most} of them. */
    List<String> parts(final int most) throws RejectedException {
        final String text = need();
        final List<String> parts = new ArrayList<>();
        int from = 0;
        while (parts.size() < most - 1) {
            final int comma = text.indexOf(',', from);
            if (comma < 0) {
                break;
            }
            parts.add(text.substring(from, comma).trim());
            from = comma + 1;
        }
        parts.add(text.substring(from).trim());
        return parts;
    }

    List<String> parts() throws RejectedException {
        return parts(Integer.MAX_VALUE);
    }

    /** The text between quotes, or the value as it is if there are none. */
    static String unquoted(final String text) {
        final boolean quoted = text.length() >= 2 && text.charAt(0) == '"' && text.charAt(text.length() - 1) == '"';
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    /** A text short enough for a sentence. */
    static String shown(final String text) {
        return text.length() <= 60 ? text : text.substring(0, 57) + "...";
    }
}
