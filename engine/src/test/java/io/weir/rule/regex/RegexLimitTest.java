package io.weir.rule.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expressions that other engines stall at. */
class RegexLimitTest {
    private static final int LENGTH = 100_000;

    private final RegexMatcher matcher = new RegexMatcher();

    @ValueSource(strings = {"(a+)+$", "(a|aa)+b", "(a|a)*b", "(a*)*b", "((a*)*)*b", "(?:a?){30}a{30}b",
        "(.*)(.*)(.*)(.*)x",
        "a*a*a*a*a*a*b", "(?:a+a+)+b", "([a-z]+)*=", "^(?:.*a){8}c", "[ab]*a[ab]{12}c", "(?:(?:a{1,9}){1,9}){1,9}b"})
    @ParameterizedTest
    void shouldAnswerLinearExpressionsWithinLinearTime(final String pattern) {
        final Regex regex = Searches.compile(pattern, "s");
        assertTrue(regex.isLinear());
        final UnsafeBuffer none = Searches.buffer("a".repeat(LENGTH) + "!");
        assertEquals(RegexMatcher.Result.NOT_FOUND, matcher.find(regex, none, 0, none.capacity(), 0));
        assertEquals(RegexMatcher.Result.NOT_FOUND, matcher.contains(regex, none, 0, none.capacity(), 0));
    }

    @Test
    void shouldFindGroupsWhereABacktrackerGivesUp() {
        final Regex regex = Searches.compile("(?:(a)|aa)*b|(a+)(c)", "");
        final UnsafeBuffer input = Searches.buffer("a".repeat(LENGTH) + "c");
        assertEquals(RegexMatcher.Result.LIMIT, new Backtracker(1 << 15).find(regex, wrapped(input), 100_000));
        assertEquals(RegexMatcher.Result.FOUND, matcher.find(regex, input, 0, input.capacity(), 0));
        assertEquals(List.of(0, LENGTH + 1, -1, 0, LENGTH), List.of(matcher.start(0), matcher.end(0), matcher.start(1),
            matcher.start(2), matcher.start(3)));
    }

    @ValueSource(strings = {"(a+)+\\1$", "(?:a|aa)+(?=b)c", "((?:a*)*)\\1b", "(?=(?:a+)+b)", "(?:a+)+(?<=b)c",
        "(?>(?:a|a)*b)", "(?:(?:a|aa)+!)++b", "(?!(?:a+)+b)c", "(.*)\\1\\1x", "(?:a++|a){50}b", "(?:(a)|\\1)*b"})
    @ParameterizedTest
    void shouldEndOthersAtTheLimit(final String pattern) {
        final Regex regex = Searches.compile(pattern, "s");
        assertFalse(regex.isLinear());
        final String body = "a".repeat(LENGTH);
        for (final String input : List.of(body, body + "!", body + "bcx", "bcx" + body)) {
            final UnsafeBuffer buffer = Searches.buffer(input);
            final long limit = RegexMatcher.STEPS_DEFAULT + (long) RegexMatcher.STEPS_A_BYTE * input.length();
            final Backtracker backtracker = new Backtracker(1 << 15);
            backtracker.find(regex, wrapped(buffer), limit);
            // the last step may go over the rest of the input
            assertTrue(backtracker.stepsLeft() > -input.length(), "steps beyond the limit: " + backtracker.stepsLeft());
            matcher.find(regex, buffer, 0, buffer.capacity(), 0);
        }
    }

    @Test
    void shouldSayThatItGaveUp() {
        final Regex regex = Searches.compile("(?:a|aa)+(?=b)c", "");
        final UnsafeBuffer buffer = Searches.buffer("a".repeat(60) + "bc");
        assertEquals(RegexMatcher.Result.LIMIT, matcher.find(regex, buffer, 0, buffer.capacity(), 0));
    }

    @Test
    void shouldAllocateNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final List<Regex> regexes = List.of(Searches.compile("(a|aa)+b|(c)", ""), Searches.compile("(a+)+\\1$", ""),
            Searches.compile("(?i)user-agent:\\s+(\\w+)[^\\r\\n]{2,40}$", "m"), Searches.compile("(?<!x)a(?=b)c|\\bq",
                ""),
            Searches.compile("[ab]*a[ab]{9}c", ""), Searches.compile("(?:(a)|aa)*b|(a+)(c)", ""));
        final List<UnsafeBuffer> inputs = List.of(Searches.buffer("a".repeat(3_000)),
            Searches.buffer("ab".repeat(300) + "q"),
            Searches.buffer("GET / HTTP/1.1\r\nUser-Agent: curl/8.1 something\r\n"),
                Searches.buffer("a".repeat(900) + "c"));
        long before = 0;
        long results = 0;
        for (int round = 0; round < 300; round++) {
            if (round == 100) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            for (int i = 0; i < regexes.size(); i++) {
                for (int j = 0; j < inputs.size(); j++) {
                    final UnsafeBuffer input = inputs.get(j);
                    results += matcher.find(regexes.get(i), input, 0, input.capacity(), 0).ordinal();
                    results += matcher.contains(regexes.get(i), input, 0, input.capacity(), 1).ordinal();
                }
            }
        }
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(results > 0);
        assertTrue(allocated < 16 * 1024, "allocated " + allocated);
    }

    private static Input wrapped(final UnsafeBuffer buffer) {
        final Input in = new Input();
        in.wrap(buffer, 0, buffer.capacity(), 0);
        return in;
    }
}
