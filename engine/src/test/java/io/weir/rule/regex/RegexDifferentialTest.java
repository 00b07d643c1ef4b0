package io.weir.rule.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Random expressions of a small grammar over a small alphabet, against another implementation and each other. */
class RegexDifferentialTest {
    private static final int PATTERNS = 8_000;
    private static final int INPUTS = 6;
    private static final String ALPHABET = "abB\n";

    private final RegexMatcher matcher = new RegexMatcher(1_000_000);
    private final Random random = new Random(20_261_129);

    @Test
    void shouldFindTheSameMatchAndGroupsAsTheJdk() {
        int matches = 0;
        int limits = 0;
        for (int i = 0; i < PATTERNS; i++) {
            final RandomPattern pattern = new RandomPattern(random, true);
            if (pattern.refersToDoubtfulGroups()) {
                continue;
            }
            final String text = pattern.text();
            final boolean allGroups = pattern.comparesGroups() && !pattern.mayLeaveGroupsSet();
            final String flags = (random.nextBoolean() ? "i" : "") + (random.nextBoolean() ? "s" : "")
                + (random.nextInt(3) == 0 ? "m" : "");
            final Pattern theirs;
            try {
                theirs = Pattern.compile(text, Pattern.UNIX_LINES | (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0)
                    | (flags.contains("s") ? Pattern.DOTALL : 0) | (flags.contains("m") ? Pattern.MULTILINE : 0));
            } catch (final PatternSyntaxException e) {
                throw new AssertionError(text, e);
            }
            final Regex ours = Searches.compile(text, flags);
            for (int j = 0; j < INPUTS; j++) {
                // the JDK has no start of a line in nothing
                final String input = "a" + input(13);
                final int from = random.nextInt(4) == 0 ? random.nextInt(input.length() + 1) : 0;
                final Matcher their = theirs.matcher(input);
                final boolean found = their.find(from);
                final String expected = found ? groups(their, allGroups) : "no";
                String actual = Searches.find(matcher, ours, input, from);
                if (!allGroups) {
                    actual = actual.split(" ")[0];
                }
                if ("limit".equals(actual)) {
                    limits++;
                    continue;
                }
                final int at = from;
                assertEquals(expected, actual, () -> "/" + text + "/" + flags + " in \"" + input.replace("\n", "\\n")
                    + "\" from " + at);
                final UnsafeBuffer buffer = Searches.buffer(input);
                assertEquals(found ? RegexMatcher.Result.FOUND : RegexMatcher.Result.NOT_FOUND,
                    matcher.contains(ours, buffer, 0, buffer.capacity(), from), text);
                matches += found ? 1 : 0;
            }
        }
        assertTrue(limits < PATTERNS * INPUTS / 1000, "limits: " + limits);
        assertTrue(matches > PATTERNS * INPUTS / 4, "matches: " + matches);
    }

    @Test
    void shouldFindTheSameWithAllEngines() {
        final Backtracker backtracker = new Backtracker(1 << 15);
        final PikeMachine pike = new PikeMachine();
        final LazyDfa tiny = new LazyDfa(512, 64);
        final Input in = new Input();
        final int[] slots = new int[2 * (Regex.GROUPS_MAX + 1)];
        int compared = 0;
        int limits = 0;
        for (int i = 0; i < PATTERNS; i++) {
            final RandomPattern pattern = new RandomPattern(random, false);
            final String text = pattern.text();
            final Regex regex = Searches.compile(text, random.nextBoolean() ? "im" : "s");
            for (int j = 0; regex.isLinear() && j < INPUTS; j++) {
                final String input = input(20);
                final UnsafeBuffer buffer = Searches.buffer(input);
                in.wrap(buffer, 0, buffer.capacity(), random.nextInt(4) == 0 ? input.length() / 2 : 0);
                final RegexMatcher.Result result = backtracker.find(regex, in, 1_000_000);
                if (result == RegexMatcher.Result.LIMIT) {
                    limits++;
                    continue;
                }
                final boolean found = result == RegexMatcher.Result.FOUND;
                final String what = "/" + text + "/ in \"" + input.replace("\n", "\\n") + "\"";
                assertEquals(found, tiny.contains(regex.automaton, regex.prefilter, in), what);
                assertEquals(found, pike.find(regex.automaton, regex.prefilter, in, slots), what);
                if (found && pattern.comparesGroups()) {
                    final int count = 2 * (regex.groupCount() + 1);
                    assertEquals(Arrays.toString(Arrays.copyOf(backtracker.slots(), count)),
                        Arrays.toString(Arrays.copyOf(slots, count)), what);
                    compared++;
                }
            }
        }
        assertTrue(limits < PATTERNS / 100, "limits: " + limits);
        assertTrue(compared > PATTERNS, "compared: " + compared);
        assertTrue(tiny.generation() > 100, "the cache was emptied: " + tiny.generation());
    }

    private String input(final int most) {
        final StringBuilder input = new StringBuilder();
        for (int n = random.nextInt(most); n > 0; n--) {
            input.append(ALPHABET.charAt(random.nextInt(random.nextInt(3) == 0 ? 4 : 2)));
        }
        return input.toString();
    }

    private static String groups(final Matcher matcher, final boolean all) {
        final StringJoiner groups = new StringJoiner(" ");
        for (int i = 0; i <= (all ? matcher.groupCount() : 0); i++) {
            groups.add(matcher.start(i) < 0 ? "-" : matcher.start(i) + "-" + matcher.end(i));
        }
        return groups.toString();
    }
}
