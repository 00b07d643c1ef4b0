package io.weir.capture.filter;

import io.weir.base.Errno;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says where a filter expression is wrong, which libpcap itself does not.
 *
 * <p>libpcap names the culprit in some messages. A syntax error it reports without a place: the fault is then the first
 * token after which no continuation is known that makes the expression valid. That is found by trying some, for ever
 * longer prefixes.
 */
final class FilterFault {
    private static final Pattern TOKEN =
        Pattern.compile("[A-Za-z0-9_.:\\-\\\\/]+|&&|\\|\\||<<|>>|[<>!=]=|[^\\sA-Za-z0-9_]");
    private static final Pattern NAMED = Pattern.compile("['\"]([^'\"]+)['\"]");
    private static final Pattern EXCESS = Pattern.compile("\\b(\\d+) (?:>|greater than) ");
    private static final int MAX_TOKENS = 256;

    /** Ways in which a prefix of a valid expression may go on. */
    private static final String[] CONTINUATIONS = {
        "", " ip", " 1", " 1.2.3.4", " port 1", " host 1.2.3.4", " 1::1", " 00:00:00:00:00:01", " = 1", " 1 = 1",
        " ] = 1", " 0 ] = 1", " 0 : 1 ] = 1", " 1 ] = 1", " proto 1", " 1.0.0.0/8", " 1-2", " broadcast", " and ip",
        " mask 255.0.0.0", " inbound", " mgt", " data", ") = 1", " 1) = 1"};

    private FilterFault() {
    }

    /** One line: libpcap's message, the character position counted from 1 and the text there. */
    static String describe(final String expression, final String message, final int linkType) {
        final String said = message.replace("can't parse filter expression: ", "");
        final int at = said.contains("syntax error") ? syntaxError(expression, linkType) : named(expression, said);
        if (at < 0) {
            return "filter: " + said + ": " + expression;
        }
        final String near = at >= expression.length() ? "at the end"
            : "at character " + (at + 1) + ", near '" + token(expression, at) + "'";
        return "filter: " + said + " " + near + ": " + expression;
    }

    private static String token(final String expression, final int at) {
        final Matcher matcher = TOKEN.matcher(expression);
        return matcher.find(at) ? matcher.group() : expression.substring(at);
    }

    /** Place of the word or number that a message names, or -1. */
    private static int named(final String expression, final String message) {
        for (final Pattern pattern : List.of(NAMED, EXCESS)) {
            final Matcher matcher = pattern.matcher(message);
            while (matcher.find()) {
                final Matcher found = Pattern.compile("(?<![A-Za-z0-9_.])" + Pattern.quote(matcher.group(1)))
                    .matcher(expression);
                if (found.find()) {
                    return found.start();
                }
            }
        }
        return -1;
    }

    /** Place of the first token that cannot stand where it stands; the length if the expression just ends too early. */
    private static int syntaxError(final String expression, final int linkType) {
        final List<Integer> starts = new ArrayList<>();
        final List<Integer> ends = new ArrayList<>();
        final Matcher matcher = TOKEN.matcher(expression);
        while (matcher.find()) {
            starts.add(matcher.start());
            ends.add(matcher.end());
        }
        if (starts.size() > MAX_TOKENS) {
            return -1;
        }
        int good = 0;
        int bad = starts.size() + 1;
        while (bad - good > 1) {
            final int middle = (good + bad) >>> 1;
            if (middle <= starts.size() && viable(expression.substring(0, ends.get(middle - 1)), linkType)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        return bad > starts.size() ? expression.length() : starts.get(bad - 1);
    }

    private static boolean viable(final String prefix, final int linkType) {
        int open = 0;
        for (int i = 0; i < prefix.length(); i++) {
            open += prefix.charAt(i) == '(' ? 1 : prefix.charAt(i) == ')' ? -1 : 0;
        }
        final String closing = ")".repeat(Math.max(0, open));
        for (final String continuation : CONTINUATIONS) {
            final boolean closes = continuation.contains(")");
            if (closes && open <= 0) {
                continue;
            }
            final String rest = closes ? closing.substring(1) : closing;
            final FilterCompiler.Attempt attempt =
                FilterCompiler.attempt(null, linkType, prefix + continuation + rest);
            if (attempt.result() >= 0
                || attempt.result() == -Errno.EINVAL && !attempt.message().contains("syntax error")) {
                return true;
            }
        }
        return false;
    }
}
