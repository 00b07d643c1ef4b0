package io.weir.rule.match;

import io.weir.rule.model.Step.Match;
import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexMatcher;
import org.agrona.DirectBuffer;

/** Looks for a regular expression. */
final class RegexCode extends StepCode {
    private final Regex regex;
    private final boolean negated;
    private final boolean relative;
    /** It can only match where its input begins, which in a stream is where the stream begins. */
    private final boolean anchored;

    RegexCode(final Match match, final Expressions expressions) {
        regex = expressions.of(match.pattern(), match.flags());
        negated = match.negated();
        relative = match.relative();
        anchored = !relative && (match.flags().indexOf('A') >= 0
            || match.pattern().startsWith("^") && match.flags().indexOf('m') < 0 && match.pattern().indexOf('|') < 0);
    }

    @Override
    boolean run(final Matching matching, final Input in, final int place) {
        final int start = relative ? place : 0;
        final int length = in.length() - start;
        if (length < 0 || anchored && in.base() > 0) {
            return negated && next.run(matching, in, place);
        }
        final RegexMatcher matcher = matching.regexMatcher();
        final DirectBuffer buffer = in.buffer();
        int from = 0;
        while (from <= length && matching.pay(length - from)) {
            final RegexMatcher.Result result = placeMatters && !negated
                ? matcher.find(regex, buffer, start, length, from)
                : matcher.contains(regex, buffer, start, length, from);
            if (result == RegexMatcher.Result.LIMIT) {
                matching.regexLimited();
                return false;
            }
            final boolean found = result == RegexMatcher.Result.FOUND;
            if (negated || !found) {
                return negated && !found && next.run(matching, in, place);
            }
            if (!placeMatters) {
                return next.run(matching, in, place);
            }
            // read before other steps search
            final int end = start + matcher.end(0);
            from = matcher.start(0) + 1;
            if (next.run(matching, in, end)) {
                return true;
            }
        }
        return false;
    }

    @Override
    boolean isRelative() {
        return relative;
    }

    @Override
    boolean setsPlace() {
        return !negated && !relative;
    }
}
