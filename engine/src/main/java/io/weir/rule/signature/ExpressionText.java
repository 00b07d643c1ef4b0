package io.weir.rule.signature;

import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code pcre}: an expression between slashes, letters, and names that its groups are kept under. */
final class ExpressionText {
    private static final Pattern NAMED = Pattern.compile("\\(\\?P?<((?:flow|pkt)_\\w+)>");
    private static final Pattern CAPTURE = Pattern.compile("(flow|pkt|alert)\\s*:\\s*([^\\s,]+)");
    /** Behind the closing delimiter: letters and names of groups, which may have delimiters within. */
    private static final Pattern KEPT = Pattern.compile("[A-Za-z]*\\s*,\\s*(?:flow|pkt|alert)\\s*:");
    private static final String FLAGS = "ismxAEG";

    /** Buffers that letters behind an expression stand for. */
    private static final Map<Character, String> BUFFERS = Map.ofEntries(
        Map.entry('U', "http.uri"), Map.entry('I', "http.uri.raw"), Map.entry('P', "http.request_body"),
        Map.entry('Q', "http.response_body"), Map.entry('H', "http.header"), Map.entry('D', "http.header.raw"),
        Map.entry('M', "http.method"), Map.entry('C', "http.cookie"), Map.entry('S', "http.stat_code"),
        Map.entry('Y', "http.stat_msg"), Map.entry('V', "http.user_agent"), Map.entry('W', "http.host"),
        Map.entry('Z', "http.host.raw"));

    private final StringBuilder flags = new StringBuilder();
    private boolean relative;
    private String buffer;

    private ExpressionText() {
    }

    static void add(final Draft draft, final Option option) throws RejectedException {
        final String written = option.need();
        final boolean negated = written.startsWith("!");
        final String text = Option.unquoted(negated ? written.substring(1).strip() : written);
        final int first = text.startsWith("m") ? 1 : 0;
        final char delimiter = first < text.length() ? text.charAt(first) : ' ';
        final int last = end(text, first, delimiter);
        if (last <= first || Character.isLetterOrDigit(delimiter) || Character.isWhitespace(delimiter)) {
            throw RejectedException.error("an expression stands between slashes: pcre:\"/expression/flags\"");
        }
        final String pattern = text.substring(first + 1, last).replace("\\;", ";");
        final String behind = text.substring(last + 1);
        final int comma = behind.indexOf(',');
        final ExpressionText read = new ExpressionText();
        read.letters(comma < 0 ? behind : behind.substring(0, comma));
        final List<String> captures = comma < 0 ? named(pattern) : captures(behind.substring(comma + 1));
        final BufferDraft target = read.target(draft);
        Expressions.check(pattern, read.flags.toString());
        target.steps.add(new Step.Match(pattern, read.flags.toString(), negated, read.relative, captures));
        draft.lastBuffer = target;
        if (!captures.isEmpty()) {
            draft.note(option, RejectedException.error("what groups find is not kept or told; the expression is asked "
                + "all the same"));
        }
    }

    /** The delimiter that closes the expression. */
    private static int end(final String text, final int first, final char delimiter) {
        final Matcher kept = KEPT.matcher(text);
        for (int at = text.indexOf(delimiter, first + 1); at >= 0; at = text.indexOf(delimiter, at + 1)) {
            if (kept.region(at + 1, text.length()).lookingAt()) {
                return at;
            }
        }
        return text.lastIndexOf(delimiter);
    }

    private void letters(final String letters) throws RejectedException {
        for (final char letter : letters.strip().toCharArray()) {
            if (FLAGS.indexOf(letter) >= 0) {
                if (flags.indexOf(String.valueOf(letter)) < 0) {
                    flags.append(letter);
                }
            } else if (letter == 'R') {
                relative = true;
            } else if (BUFFERS.containsKey(letter)) {
                if (buffer != null && !buffer.equals(BUFFERS.get(letter))) {
                    throw RejectedException.error("an expression asks one buffer, and letters name " + buffer + " and "
                        + BUFFERS.get(letter));
                }
                buffer = BUFFERS.get(letter);
            } else if (letter != 'O' && letter != 'B') {
                throw RejectedException.error("an expression has no flag " + letter + "; there are " + FLAGS
                    + ", R, O, B and the letters of buffers");
            }
        }
    }

    private BufferDraft target(final Draft draft) throws RejectedException {
        if (buffer == null || buffer.equals(draft.current.word().name())) {
            return draft.current;
        }
        if (draft.isSticky()) {
            throw RejectedException.error("the expression asks " + buffer + ", and " + draft.current.word().name()
                + " was named before it; write pkt_data between them");
        }
        final BufferWord word = BufferWords.of(buffer);
        if (!word.exists(draft.context.fields())) {
            throw RejectedException.unsupported(buffer + " is not told by any parser");
        }
        return draft.find(word);
    }

    private static List<String> named(final String pattern) {
        final List<String> names = new ArrayList<>();
        final Matcher matcher = NAMED.matcher(pattern);
        while (matcher.find()) {
            names.add(matcher.group(1));
        }
        return names;
    }

    private static List<String> captures(final String text) throws RejectedException {
        final List<String> names = new ArrayList<>();
        for (final String part : text.split(",")) {
            final Matcher matcher = CAPTURE.matcher(part.strip());
            if (!matcher.matches()) {
                throw RejectedException.error("a group is kept as flow:NAME, pkt:NAME or alert:NAME, not "
                    + Option.shown(part.strip()));
            }
            names.add(matcher.group(1) + "_" + matcher.group(2));
        }
        return names;
    }
}
