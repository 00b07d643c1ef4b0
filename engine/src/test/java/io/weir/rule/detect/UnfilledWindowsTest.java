package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.packet.TcpFlags;
import io.weir.rule.model.Rule;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Of streams in which nothing was found yet rules see the same as if every byte of them had been copied. */
class UnfilledWindowsTest {
    private static final int PORT = 4444;
    private static final int LITTLE = 512 << 10;
    private static final String FIRST = "alpha";
    /** What the rules are looked for by, since it is longer. */
    private static final String LAST = "a pattern that is searched for";
    private static final String[] RULES = {
        "alert tcp any any -> any any (content:\"alpha\"; content:\"a pattern that is searched for\"; sid:1;)",
        "alert tcp any any -> any any (content:\"alpha\"; content:\"a pattern that is searched for\"; distance:100;"
            + " sid:2;)",
        "alert tcp any any -> any any (content:\"alpha\"; depth:5; content:\"a pattern that is searched for\";"
            + " sid:3;)"};

    private static List<Rule> rules() {
        return new SignatureLoader(new SignatureContext()).load("x.rules", List.of(RULES)).rules();
    }

    private static List<String> matches(final DetectedTrace trace) {
        return trace.matches(rules(), true).stream().map(match -> match.sid() + "@" + match.frame()).sorted().toList();
    }

    private static DetectedTrace talk() {
        return new DetectedTrace().connect(40_000, PORT);
    }

    @Test
    void shouldSeeWhatWasHandedOnBeforeAPatternIsFound() {
        assertEquals(List.of("1@6", "3@6"), matches(talk().says(true, FIRST).says(true, "nothing").says(true, LAST)));
        assertEquals(List.of("1@6", "2@6", "3@6"),
            matches(talk().says(true, FIRST + ".".repeat(60)).says(true, ".".repeat(60)).says(true, LAST)));
    }

    @Test
    void shouldSeeItWhereEachByteComesAlone() {
        final DetectedTrace trace = talk();
        for (final char letter : (FIRST + ".".repeat(100) + LAST).toCharArray()) {
            trace.says(true, String.valueOf(letter));
        }
        final int last = 3 + FIRST.length() + 100 + LAST.length();
        assertEquals(List.of("1@" + last, "2@" + last, "3@" + last), matches(trace));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /abc HTTP/1.1\r\nX: alpha\r\n\r\n", "GET /abc HTTP/1.1\r\nX: beta\r\n\r\n"})
    void shouldSeeWhatIsJustBeingHandedOn(final String request) {
        final List<Rule> rules = new SignatureLoader(new SignatureContext()).load("x.rules",
            List.of("alert http any any -> any any (urilen:4; content:!\"alpha\"; sid:4;)")).rules();
        final DetectedTrace trace = talk().says(true, request);
        assertEquals(request.contains(FIRST) ? 0 : 1, trace.matches(rules, true).size());
        assertEquals(0, trace.count(Counter.RULE_WINDOWS_REFUSED));
    }

    /** Both parts of the segment are handed on before either is remembered. */
    @ParameterizedTest
    @ValueSource(strings = {"GET /abc HTTP/1.1\r\nX: alpha\r\n!Y: 1\r\n\r\n",
        "GET /abc HTTP/1.1\r\nX: beta\r\n!Y: 1\r\n\r\n"})
    void shouldSeeBothPartsOfASegmentWithAnUrgentByte(final String request) {
        final List<Rule> rules = new SignatureLoader(new SignatureContext()).load("x.rules",
            List.of("alert http any any -> any any (urilen:4; content:!\"alpha\"; sid:4;)")).rules();
        final DetectedTrace trace = talk().urgentBeside();
        trace.frame(DetectedTrace.packet(true).tcp(40_000, PORT).seq(1001).ack(5001)
            .flags(TcpFlags.PSH | TcpFlags.ACK | TcpFlags.URG).urgent(request.indexOf('!') + 1)
            .payload(request.getBytes(StandardCharsets.US_ASCII)));
        assertEquals(request.contains(FIRST) ? 0 : 1, trace.matches(rules, true).size());
        assertEquals(0, trace.count(Counter.RULE_WINDOWS_REFUSED));
    }

    @Test
    void shouldSeeNothingOfBeforeAGap() {
        final DetectedTrace trace = talk().says(true, FIRST).misses(true, 10).says(false, "x").says(true, LAST);
        trace.frame(DetectedTrace.packet(false).tcp(PORT, 40_000).seq(5002).ack(1001 + 5 + 10 + LAST.length())
            .flags(TcpFlags.ACK));
        assertEquals(List.of(), matches(trace));
        assertEquals(0, trace.count(Counter.RULE_WINDOWS_REFUSED));
    }

    @Test
    void shouldSeeTheLastBytesOfAStreamThatIsFollowedNoFurther() {
        final DetectedTrace trace = talk().depth(FIRST.length() + LAST.length()).says(true, FIRST)
            .says(true, LAST + " and more").says(false, "x");
        assertEquals(List.of("1@5", "3@5"), matches(trace));
        assertEquals(0, trace.count(Counter.RULE_WINDOWS_REFUSED));
    }

    /** Others are handed more than is remembered before the second half comes. */
    @ParameterizedTest
    @ValueSource(longs = {0, LITTLE, 2 * LITTLE, 32 << 20})
    void shouldSeeWhatIsOlderThanAnyHistory(final long history) {
        final DetectedTrace trace = talk().history(history).says(true, FIRST + ".".repeat(200)).says(true, "..");
        final long next = 1001L + FIRST.length() + 202;
        for (int other = 0; other < 30; other++) {
            trace.connect(41_000 + other, PORT);
            for (int i = 0; i < 40; i++) {
                trace.says(true, "nothing to find. ".repeat(80));
            }
        }
        trace.frame(DetectedTrace.packet(true).tcp(40_000, PORT).seq(next).ack(5001)
            .flags(TcpFlags.PSH | TcpFlags.ACK).payload(LAST.getBytes(StandardCharsets.US_ASCII)));
        final int last = 3 + 2 + 30 * 43 + 1;
        assertEquals(List.of("1@" + last, "2@" + last, "3@" + last), matches(trace));
        assertEquals(0, trace.count(Counter.RULE_WINDOWS_REFUSED));
    }

    @Test
    void shouldMatchTheSameWithAnyHistory() {
        int found = 0;
        for (int seed = 0; seed < 6; seed++) {
            final List<String> expected = matches(random(new Random(seed)).history(0));
            for (final long history : new long[] {LITTLE, 32 << 20}) {
                final DetectedTrace trace = random(new Random(seed)).history(history);
                assertEquals(expected, matches(trace), "seed " + seed + ", history of " + history);
                assertEquals(0, trace.count(Counter.RULE_WINDOWS_REFUSED));
            }
            found += expected.size();
        }
        assertTrue(found > 100, "only " + found + " matches");
    }

    /** Connections that take turns, in pieces of any length, with the parts of rules here and there. */
    private static DetectedTrace random(final Random random) {
        final int count = 12;
        final long[] next = new long[count];
        final DetectedTrace trace = new DetectedTrace();
        for (int i = 0; i < count; i++) {
            trace.connect(40_000 + i, PORT);
            next[i] = 1001;
        }
        final List<StringBuilder> waiting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            waiting.add(new StringBuilder());
        }
        for (int turn = 0; turn < 1500; turn++) {
            final int i = random.nextInt(count);
            final StringBuilder text = waiting.get(i);
            while (text.length() < 1500) {
                text.append(switch (random.nextInt(40)) {
                    case 0 -> FIRST;
                    case 1 -> random.nextInt(4) == 0 ? LAST : LAST.substring(0, 1 + random.nextInt(LAST.length() - 1));
                    default -> ".".repeat(1 + random.nextInt(300));
                });
            }
            final int length = random.nextInt(3) == 0 ? 1 + random.nextInt(40) : 1 + random.nextInt(1400);
            trace.frame(DetectedTrace.packet(true).tcp(40_000 + i, PORT).seq(next[i]).ack(5001)
                .flags(TcpFlags.PSH | TcpFlags.ACK).payload(text.substring(0, length)
                    .getBytes(StandardCharsets.US_ASCII)));
            text.delete(0, length);
            next[i] += length;
        }
        return trace;
    }
}
