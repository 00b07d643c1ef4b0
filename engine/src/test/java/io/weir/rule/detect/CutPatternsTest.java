package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.TestContent;
import io.weir.rule.TestRule;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Wherever a pattern is cut, into however many segments, its rule matches where asking every rule finds it. */
final class CutPatternsTest {
    private static final int SEEDS = 16;
    private static final int LONGEST_PATTERN = 40;
    private static final String REQUEST = "GET / HTTP/1.1\r\nHost: ";

    @ParameterizedTest
    @EnumSource(value = PatternLibrary.Choice.class, names = {"AUTO", "JAVA"})
    void shouldFindPatternsWhereverTheyAreCut(final PatternLibrary.Choice library) {
        int found = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            final Random random = new Random(seed);
            final List<String> patterns = patterns(random, seed % 2 == 0 ? 3 : 30);
            final DetectedTrace trace = trace(random, patterns).library(library);
            final List<Rule> rules = rules(random, patterns);
            final List<String> expected = text(trace.matches(rules, false));
            final List<String> matches = text(trace.matches(rules, true));
            found += expected.size();
            assertEquals(List.of(), without(expected, matches), "missed with seed " + seed);
            assertEquals(List.of(), without(matches, expected), "too many with seed " + seed);
        }
        assertTrue(found > 50 * SEEDS, "only " + found + " matches");
    }

    /** The server is heard first, and what waits turns the flow: all that the same frame brings is looked at anew. */
    @ParameterizedTest
    @EnumSource(value = PatternLibrary.Choice.class, names = {"AUTO", "JAVA"})
    void shouldFindPatternsOfTheFrameThatTurnsAFlow(final PatternLibrary.Choice library) {
        int found = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            final Random random = new Random(seed);
            final List<String> asked = patterns(random, 3);
            final List<String> answered = patterns(random, 3);
            final List<Integer> begins = new ArrayList<>();
            final DetectedTrace trace = turning(random, asked, answered, begins).library(library);
            final List<Rule> rules = new ArrayList<>();
            for (int i = 0; i < asked.size(); i++) {
                final TestContent content = TestContent.content(asked.get(i));
                rules.add(streamRule(rules).toServer().payload(content.step()).build());
                rules.add(streamRule(rules).toClient().payload(TestContent.content(answered.get(i)).step()).build());
                // does not match, and has requests scanned while the flow is the wrong way round
                rules.add(streamRule(rules).toClient().payload(content.step(), TestContent.content("#").step())
                    .build());
            }
            final List<String> expected = ofFlows(trace.matches(rules, false), begins);
            found += expected.size();
            final List<String> matches = ofFlows(trace.matches(rules, true), begins);
            assertEquals(List.of(), without(expected, matches), "missed with seed " + seed);
            assertEquals(List.of(), without(matches, expected), "too many with seed " + seed);
        }
        assertTrue(found > 50 * SEEDS, "only " + found + " matches");
    }

    private static TestRule streamRule(final List<Rule> before) {
        return TestRule.rule(before.size() + 1).oncePerFlow().tcp();
    }

    /** Which rules match in which flow. */
    private static List<String> ofFlows(final List<DetectedTrace.Match> matches, final List<Integer> begins) {
        return matches.stream().map(match -> begins.stream().filter(begin -> begin < match.frame()).count() + " "
            + match.sid() + " " + match.toServer()).sorted().toList();
    }

    /**
     * Requests and answers of which the beginning is missing. The server is heard first, and requests wait behind a
     * hole until long after it has acknowledged them; it may have answered by then.
     *
     * @param begins takes how many frames come before each flow
     */
    private static DetectedTrace turning(final Random random, final List<String> asked, final List<String> answered,
        final List<Integer> begins) {
        final DetectedTrace trace = new DetectedTrace();
        for (int i = 0; i < 40; i++) {
            begins.add(trace.frames().size());
            trace.pickUp(10_000 + i, 50_000).says(false, letters(random, 1 + random.nextInt(3))).misses(true, 10);
            final String client = REQUEST + stream(random, asked) + "\r\n\r\n";
            final String server = stream(random, answered);
            final int longest = 1 << 1 + random.nextInt(8);
            final int waiting = REQUEST.length() + random.nextInt(client.length() - REQUEST.length());
            says(trace, true, client.substring(0, waiting), random, longest);
            trace.says(false, "").later(1);
            if (random.nextBoolean()) {
                trace.says(false, letters(random, 1 + random.nextInt(100)));
            } else {
                says(trace, false, stream(random, answered), random, longest);
            }
            says(trace, true, client.substring(waiting), random, longest);
            says(trace, false, server, random, longest);
        }
        return trace;
    }

    private static void says(final DetectedTrace trace, final boolean fromClient, final String text,
        final Random random, final int longest) {
        int at = 0;
        while (at < text.length()) {
            final int count = Math.min(1 + random.nextInt(longest), text.length() - at);
            trace.says(fromClient, text.substring(at, at + count));
            at += count;
        }
    }

    private static List<String> patterns(final Random random, final int count) {
        final List<String> patterns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            patterns.add(letters(random, 4 + random.nextInt(LONGEST_PATTERN - 3)));
        }
        return patterns;
    }

    /** Rules about one pattern, and about two of which the first may have come long before. */
    private static List<Rule> rules(final Random random, final List<String> patterns) {
        final List<Rule> rules = new ArrayList<>();
        for (final String pattern : patterns) {
            final TestContent content = TestContent.content(pattern);
            if (random.nextInt(4) == 0) {
                content.nocase();
            }
            rules.add(rule(random, rules.size() + 1).payload(content.step()).build());
            final String other = patterns.get(random.nextInt(patterns.size()));
            rules.add(rule(random, rules.size() + 1).payload(TestContent.content(other).step(),
                TestContent.content(pattern).distance(0).step()).build());
        }
        return rules;
    }

    private static TestRule rule(final Random random, final int number) {
        final TestRule rule = TestRule.rule(number).oncePerFlow().tcp();
        return switch (random.nextInt(3)) {
            case 0 -> rule.toServer();
            case 1 -> rule.toClient();
            default -> rule;
        };
    }

    /** Streams of letters with patterns among them, cut anywhere; of some, bytes are missing. */
    private static DetectedTrace trace(final Random random, final List<String> patterns) {
        final DetectedTrace trace = new DetectedTrace();
        for (int i = 0; i < 20; i++) {
            trace.connect(10_000 + i, random.nextBoolean() ? 80 : 7000);
            final String client = stream(random, patterns);
            final String server = stream(random, patterns);
            final int longest = 1 << 1 + random.nextInt(8);
            final int[] at = new int[2];
            while (at[0] < client.length() || at[1] < server.length()) {
                final int side = random.nextInt(2);
                final String of = side == 0 ? client : server;
                final int count = Math.min(1 + random.nextInt(longest), of.length() - at[side]);
                if (count > 0 && random.nextInt(100) > 0) {
                    trace.says(side == 0, of.substring(at[side], at[side] + count));
                } else {
                    trace.misses(side == 0, count);
                }
                at[side] += count;
            }
        }
        return trace;
    }

    private static String stream(final Random random, final List<String> patterns) {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            text.append(letters(random, random.nextInt(200)))
                .append(patterns.get(random.nextInt(patterns.size()))).append(letters(random, random.nextInt(100)));
        }
        return text.toString();
    }

    private static String letters(final Random random, final int count) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append((char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    private static List<String> without(final List<String> some, final List<String> others) {
        final List<String> left = new ArrayList<>(some);
        left.removeAll(others);
        return left;
    }

    private static List<String> text(final List<DetectedTrace.Match> matches) {
        return matches.stream().map(match -> match.frame() + " " + match.sid() + " " + match.toServer()).sorted()
            .toList();
    }
}
