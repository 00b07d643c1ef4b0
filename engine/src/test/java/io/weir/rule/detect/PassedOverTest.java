package io.weir.rule.detect;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.rule.TestContent;
import io.weir.rule.TestRule;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of HTTP in whose streams nothing is found are passed over: of what rules find, nothing is lost by that. */
final class PassedOverTest {
    private static final String[] WORDS = {"abce", "Abde", "cbde", "dbbe"};
    private static final String[] OF_REQUESTS = {"http.uri.normalized", "http.header", "http.header.raw",
        "http.uri.normalized", "http.header", "http.cookie", "http.user_agent", "http.request_line",
        "http.request_body", "http.request_body"};
    private static final String[] OF_RESPONSES = {"http.stat_code", "http.stat_msg", "http.header", "http.server",
        "http.header", "http.header_names", "file.data", "file.data"};

    /** Messages as servers and clients send them, and as those do who would not be understood by all. */
    private static final class Messages {
        private final Random random;

        Messages(final int seed) {
            random = new Random(seed);
        }

        String word() {
            return random.nextInt(2) == 0 ? "xbyz" : WORDS[random.nextInt(WORDS.length)];
        }

        private String rare(final String rare, final String usual) {
            return random.nextInt(6) == 0 ? rare : usual;
        }

        /** A word whose second letter, a b, is written in another way sometimes. */
        private String word(final String b) {
            final String word = word();
            return word.charAt(0) + rare(b, "b") + word.substring(2);
        }

        private String header(final String name) {
            return name + rare(" :", ":") + rare("  ", " ") + word("\0b") + rare(" ", "")
                + rare("\r\n " + word("\0b"), "") + rare("\r" + word() + ": " + word(), "") + rare("\n", "\r\n");
        }

        private String headers(final String... names) {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(5); i > 0; i--) {
                text.append(header(names[random.nextInt(names.length)]));
            }
            return text.toString();
        }

        String body() {
            final StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(6); i > 0; i--) {
                text.append(word());
            }
            return text.toString();
        }

        private String message(final String start, final String headers) {
            final String body = random.nextBoolean() ? "" : body();
            if (random.nextInt(6) > 0) {
                return start + headers + "Content-Length: " + body.length() + "\r\n\r\n" + body;
            }
            final int half = body.length() / 2;
            return start + headers + "Transfer-Encoding: chunked\r\n\r\n"
                + (half > 0 ? Integer.toHexString(half) + "\r\n" + body.substring(0, half) + "\r\n" : "")
                + (body.isEmpty() ? "" : Integer.toHexString(body.length() - half) + "\r\n" + body.substring(half)
                + "\r\n") + "0\r\n\r\n";
        }

        String request() {
            return message("POST " + rare("http://abc.example", "") + "/" + word("%62")
                + rare("/../", "?q=") + word("%62") + " HTTP/1.1\r\n",
                headers("Host", "User-Agent", "Cookie", "abce", "cbde"));
        }

        String response() {
            return message("HTTP/1.1 " + (200 + random.nextInt(4)) + " " + word() + "\r\n",
                headers("Server", "Set-Cookie", "abce", "cbde"));
        }

        private Step step(final String field) {
            final String[] joints = {": ", ", ", " "};
            final String text = field.endsWith("stat_code") ? "20" + random.nextInt(4)
                : random.nextInt(2) == 0 ? word() + joints[random.nextInt(3)] + word() : word();
            final TestContent made = content(text);
            if (random.nextInt(3) == 0) {
                made.nocase();
            }
            return (random.nextInt(8) == 0 ? made.not() : made).step();
        }

        private TestRule rule(final int number, final boolean ofRequests, final String... fields) {
            final TestRule made = TestRule.rule(number);
            for (int i = random.nextInt(2); i >= 0; i--) {
                final String field = fields[random.nextInt(fields.length)];
                if (ofRequests) {
                    made.request(field, step(field));
                } else {
                    made.response(field, step(field));
                }
            }
            return made;
        }

        /** Rules about messages, and one about streams, without which streams would not be searched. */
        List<Rule> rules(final int count) {
            final List<Rule> rules = new ArrayList<>();
            rules.add(TestRule.rule(1).tcp().payload(content("never there").step()).build());
            for (int i = 2; i < count; i++) {
                rules.add(random.nextBoolean() ? rule(i, true, OF_REQUESTS).build()
                    : rule(i, false, OF_RESPONSES).build());
            }
            return rules;
        }

        private void say(final DetectedTrace trace, final boolean byClient, final String text) {
            for (int at = 0; at < text.length();) {
                final int end = random.nextInt(3) == 0 ? at + 1 + random.nextInt(text.length() - at) : text.length();
                trace.says(byClient, text.substring(at, end));
                at = end;
            }
        }

        DetectedTrace trace(final int connections) {
            final DetectedTrace trace = new DetectedTrace();
            for (int i = 0; i < connections; i++) {
                trace.connect(10_000 + i, 80);
                for (int j = random.nextInt(5); j >= 0; j--) {
                    final boolean two = random.nextInt(4) == 0;
                    say(trace, true, request() + (two ? request() : ""));
                    say(trace, false, response() + (two ? response() : ""));
                }
            }
            return trace;
        }
    }

    @Test
    void shouldFindWhatIsFoundWhereEveryRuleIsAskedOfEveryMessage() {
        int found = 0;
        long passedOver = 0;
        for (int seed = 0; seed < 80; seed++) {
            final Messages messages = new Messages(seed);
            // few rules pass much over, many little
            final List<Rule> rules = messages.rules(3 + seed % 6);
            final DetectedTrace trace = messages.trace(20);
            final List<String> expected = text(trace.matches(rules, false));
            assertEquals(expected, text(trace.matches(rules, true)), "seed " + seed);
            found += expected.size();
            passedOver += trace.count(Counter.RULE_MESSAGES_PASSED_OVER);
        }
        assertTrue(found > 1_000, "only " + found + " matches");
        assertTrue(passedOver > 500, "only " + passedOver + " messages passed over");
    }

    @Test
    void shouldLookAtTheWholeBodyOnceAnythingIsFoundInIt() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nfirst")
            .says(false, " and then ").says(false, "the secret word")
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\nnot that secret");
        assertEquals("2@7", trace.alerts(rule(1).tcp().payload(content("never there").step()).build(),
            rule(2).response("file.data", content("first").offset(0).depth(5).step(), content("secret word").step())
                .build()));
        assertEquals(1, trace.count(Counter.RULE_MESSAGES_PASSED_OVER));
    }

    @Test
    void shouldPassOverMessagesThoughManyRulesLookAtBodies() {
        final List<Rule> rules = new ArrayList<>(List.of(rule(1).tcp().payload(content("never there").step()).build()));
        for (int i = 0; i < 500; i++) {
            rules.add(rule(2 + i).response("file.data", content("secret " + i).step()).build());
        }
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\nnothing");
        assertEquals(List.of(), trace.matches(rules, true));
        assertEquals(1, trace.count(Counter.RULE_MESSAGES_PASSED_OVER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /a /s%65cret HTTP/1.1", "GET\t/s%65cret /b HTTP/1.1", "GET /a \\secret HTTP/1.1"})
    void shouldNormaliseTargetsWithBlanksInThem(final String line) {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80).says(true, line + "\r\nHost: a\r\n\r\n");
        assertEquals("2@4", trace.alerts(rule(1).tcp().payload(content("never there").step()).build(),
            rule(2).request("http.uri.normalized", content("/secret").step()).build()));
    }

    @Test
    void shouldAskWhatIsAboutLengthOfTargetsOfThatLength() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80);
        for (final String target : List.of("/", "/abc", "/abcd", "/a%62cd", "/abcde", "/x/../abc", "/abcd")) {
            trace.says(true, "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n")
                .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        }
        final List<Rule> rules = List.of(rule(1).tcp().payload(content("never there").step()).build(),
            rule(2).request("http.uri.normalized", content("/").step(), new Step.Length(NumberSet.of(5))).build(),
            rule(3).request("http.header", content("never there").step()).build());
        final List<String> expected = text(trace.matches(rules, false));
        assertEquals(expected, text(trace.matches(rules, true)));
        assertEquals(3, expected.size());
        assertTrue(trace.count(Counter.RULE_MESSAGES_PASSED_OVER) > 4);
    }

    @Test
    void shouldFindInPiecesWhatStandsInTheMessageBeforeToo() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecret")
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\n\r\nse").says(false, "cret");
        assertEquals(2, trace.matches(rule(1).tcp().payload(content("never there").step()).build(),
            rule(2).response("file.data", content("secret").step()).build()).size());
    }

    @Test
    void shouldTakeBytesThatAreNoLettersOfAsciiForWhatTheyAreWhateverTheCase() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 80)
            .says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n\u00c3\u00c0 SECRET.");
        final List<Rule> rules = List.of(rule(1).tcp().payload(content("never there").step()).build(),
            rule(2).response("file.data", content("\u00c3\u00c0 secret").nocase().step()).build());
        assertEquals(List.of(1, 1), List.of(trace.matches(rules, false).size(), trace.matches(rules, true).size()));
    }

    private static List<String> text(final List<DetectedTrace.Match> matches) {
        return matches.stream().map(match -> match.frame() + " " + match.sid() + " " + match.toServer() + " "
            + match.transaction()).sorted().toList();
    }
}
