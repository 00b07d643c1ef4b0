package io.weir.rule.detect;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.rule.model.Rule;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Bodies are not copied where they lie in the window of their stream; rules see them all the same. */
final class HeldValuesTest {
    private static final List<Rule> RULES = List.of(
        rule(1).tcp().payload(content("never there").step()).build(),
        rule(2).response("file.data", content("begin").offset(0).depth(5).step(), content("secret").step()).build(),
        rule(3).response("file.data", content("secret").step(), content("end").step()).build(),
        rule(4).response("http.stat_code", content("200").step()).response("file.data", content("secret").step())
            .build(),
        rule(5).response("http.stat_msg", content("OK").step()).response("file.data", content("secret").step())
            .build());

    /** Rules that are asked of every message have every body copied. */
    private static int found(final DetectedTrace trace) {
        final List<String> expected = text(trace.matches(RULES, false));
        assertEquals(expected, text(trace.matches(RULES, true)));
        return expected.size();
    }

    private static List<String> text(final List<DetectedTrace.Match> matches) {
        return matches.stream().map(match -> match.frame() + " " + match.sid() + " " + match.transaction()).sorted()
            .toList();
    }

    private static String body(final Random random) {
        final StringBuilder text = new StringBuilder("begin").append("x".repeat(random.nextInt(
            random.nextInt(4) == 0 ? 20_000 : 6_000)));
        if (random.nextInt(3) == 0) {
            text.insert(5 + random.nextInt(text.length() - 4), "secret");
        }
        return text.append("the end").toString();
    }

    private static void say(final DetectedTrace trace, final Random random, final String text) {
        final int most = random.nextBoolean() ? 1_460 : 6_000;
        for (int at = 0; at < text.length();) {
            final int end = Math.min(text.length(), at + 1 + random.nextInt(most));
            if (at > 0 && random.nextInt(40) == 0) {
                trace.misses(false, end - at);
            } else {
                trace.says(false, text.substring(at, end));
            }
            at = end;
        }
    }

    @Test
    void shouldFindInBodiesOfAnyLengthWhatIsFoundWhereTheyAreCopied() {
        int found = 0;
        long passedOver = 0;
        for (int seed = 0; seed < 60; seed++) {
            final Random random = new Random(seed);
            final DetectedTrace trace = new DetectedTrace();
            for (int i = 0; i < 6; i++) {
                trace.connect(10_000 + i, 80);
                for (int j = random.nextInt(4); j >= 0; j--) {
                    trace.says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
                    final StringBuilder said = new StringBuilder();
                    for (int k = random.nextInt(3); k >= 0; k--) {
                        final String body = body(random);
                        said.append("HTTP/1.1 200 OK\r\nContent-Length: ").append(body.length()).append("\r\n\r\n")
                            .append(body);
                    }
                    say(trace, random, said.toString());
                }
            }
            found += found(trace);
            passedOver += trace.count(Counter.RULE_MESSAGES_PASSED_OVER);
        }
        assertTrue(found > 300, "only " + found + " matches");
        assertTrue(passedOver > 300, "only " + passedOver + " messages passed over");
    }

    @Test
    void shouldSeeABodyWhoseBeginningLeavesTheWindowWithItsEnd() {
        final String first = "begin" + "x".repeat(7_000) + "secret";
        final String answer = "HTTP/1.1 200 OK\r\nContent-Length: " + first.length() + "\r\n\r\n" + first;
        final String next = "HTTP/1.1 200 OK\r\nContent-Length: 20000\r\n\r\n" + "y".repeat(10_000);
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, answer.substring(0, 4_000)).says(false, answer.substring(4_000) + next);
        assertEquals(3, found(trace));
    }

    @Test
    void shouldSeeABodyThatTheStreamEndsIn() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 3000\r\n\r\nbegin").says(false, " of a secret");
        assertEquals(3, found(trace));
    }

    @Test
    void shouldSeeBothPartsOfABodyBehindALostPiece() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 33\r\n\r\nbegin").says(false, " of it ")
            .misses(false, 10).says(false, "the secret ").says(false, "of it the end");
        assertEquals(text(trace.matches(RULES, false)), text(trace.matches(RULES, true)));
    }
}
