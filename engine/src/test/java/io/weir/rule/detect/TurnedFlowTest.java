package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.TcpFlags;
import io.weir.rule.TestContent;
import io.weir.rule.TestRule;
import io.weir.rule.model.Condition;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary.Choice;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A flow whose beginning is missing and whose first sender proves to be the server. */
class TurnedFlowTest {
    private static final String[] RULES = {
        "alert tcp any any -> any any (flow:to_client; content:\"/1.1 200\"; sid:1;)",
        "alert tcp any any -> any any (flow:to_server; content:\"/1.1 200\"; sid:2;)",
        "alert tcp any 50000 -> any 40000 (content:\"TTP/1.1 200 OK\"; sid:3;)",
        "alert tcp any any -> any any (flow:to_client; content:\"Server: x\"; sid:4;)",
        "alert http any any -> any any (http.stat_code; content:\"200\"; sid:5;)",
        "alert tcp any any -> any any (flow:to_server,only_stream; content:\"/evil\"; sid:6;)",
        "alert tcp any any -> any any (flow:to_client; content:\"secret\"; sid:7;)",
        "alert tcp any any -> any any (flow:to_client; content:\"Host: x\"; sid:8;)",
        "alert tcp any any -> any any (content:\"secret\"; sid:9;)"};
    private static final String TOLD = "HTTP/1.1 200 OK\r\nServer: x\r\nContent-Length: 0\r\n\r\n";
    private static final String ASKED = "GET /evil HTTP/1.1\r\nHost: x\r\n\r\n";

    private static DetectedTrace segment(final DetectedTrace trace, final int from, final int to) {
        return trace.frame(DetectedTrace.packet(false).tcp(50_000, 40_000).seq(5001 + from).ack(1)
            .flags(TcpFlags.PSH | TcpFlags.ACK).payload(TOLD.substring(from, to).getBytes(StandardCharsets.US_ASCII)));
    }

    private static List<String> matches(final DetectedTrace trace, final boolean filters) {
        final List<Rule> rules = new SignatureLoader(new SignatureContext()).load("x.rules", List.of(RULES)).rules();
        assertEquals(RULES.length, rules.size());
        return trace.matches(rules, filters).stream()
            .map(match -> match.sid() + "@" + match.frame() + (match.toServer() ? " to the server" : "")).sorted()
            .toList();
    }

    @Test
    void shouldAskInTheNewDirectionWhatAFrameBringsThatFillsAHole() {
        final DetectedTrace whole = segment(new DetectedTrace(), 0, TOLD.length());
        // the first byte says too little, and what is behind the hole comes before what is in it
        final DetectedTrace holed = segment(segment(segment(new DetectedTrace(), 0, 1), 8, TOLD.length()), 1, 8);
        for (final boolean filters : new boolean[] {true, false}) {
            assertEquals(List.of("1@1", "3@1", "4@1", "5@1"), matches(whole, filters));
            assertEquals(List.of("1@3", "3@3", "4@3", "5@3"), matches(holed, filters));
        }
    }

    private static DetectedTrace asks(final DetectedTrace trace, final int from, final int to) {
        return trace.frame(DetectedTrace.packet(true).tcp(40_000, 50_000).seq(11 + from).ack(5001)
            .flags(TcpFlags.PSH | TcpFlags.ACK).payload(ASKED.substring(from, to).getBytes(StandardCharsets.US_ASCII)));
    }

    /** The server is heard first; pieces of a request wait behind a hole until it acknowledges them. */
    @ParameterizedTest
    @CsvSource({"0, data", "0, secret", "1, data", "1, secret", "3, data", "3, secret"})
    void shouldAskBothSidesAnewOfAFrameThatHandsOnARequest(final int cut, final String said) {
        final DetectedTrace trace = new DetectedTrace().frame(DetectedTrace.packet(false).tcp(50_000, 40_000)
            .seq(5001).ack(1).flags(TcpFlags.ACK));
        if (cut > 0) {
            asks(trace, 0, cut);
        }
        asks(trace, cut, ASKED.length());
        trace.frame(DetectedTrace.packet(false).tcp(50_000, 40_000).seq(5001).ack(11 + ASKED.length())
            .flags(TcpFlags.ACK)).later(1);
        trace.frame(DetectedTrace.packet(false).tcp(50_000, 40_000).seq(5001).ack(11 + ASKED.length())
            .flags(TcpFlags.PSH | TcpFlags.ACK).payload(said.getBytes(StandardCharsets.US_ASCII)));
        final int last = cut > 0 ? 5 : 4;
        final String asked = "6@" + last + " to the server";
        final List<String> expected = said.equals("secret")
            ? List.of(asked, "7@" + last, "9@" + last + " to the server") : List.of(asked);
        for (final Choice library : new Choice[] {Choice.AUTO, Choice.JAVA}) {
            assertEquals(expected, matches(trace.library(library), true));
            assertEquals(expected, matches(trace.library(library), false));
        }
    }

    /** However much there is before the flow ends, with or without patterns that choose rules the same rules match. */
    @Test
    void shouldAskTheSameOfAFlowThatEndsEarly() {
        for (int length = 1; length < 16; length++) {
            final DetectedTrace trace = segment(new DetectedTrace(), 0, length).frame(DetectedTrace.packet(true)
                .tcp(40_000, 50_000).seq(11).ack(5001 + length).flags(TcpFlags.PSH | TcpFlags.ACK)
                .payload("a secret".getBytes(StandardCharsets.US_ASCII)));
            assertEquals(matches(trace, false), matches(trace, true), length + " bytes of the response");
        }
    }

    /** Rules whose direction is one of several ways to hold, or must not be, are about the new direction as well. */
    @Test
    void shouldAskWhatWasSaidBeforeOfRulesThatMayHoldInEitherDirection() {
        final DetectedTrace trace = new DetectedTrace().pickUp(40_000, 50_000).says(false, "a secret, no protocol.")
            .says(true, ASKED);
        final int turning = trace.frames().size();
        final Condition toServer = new Condition.FlowState(null, Condition.Direction.TO_SERVER, false, null, null);
        final Condition never = new Condition.FlowFact(FlowNumber.FRAMES, NumberSet.of(99));
        final Condition toClient = new Condition.FlowState(null, Condition.Direction.TO_CLIENT, false, null, null);
        assertEquals("1@" + turning + " 2@" + turning, trace.alerts(
            TestRule.rule(1).tcp().payload(TestContent.content("secret").step()).where(new Condition.Not(toServer))
                .build(),
            TestRule.rule(2).tcp().payload(TestContent.content("secret").step())
                .where(new Condition.Any(List.of(toClient, never))).build()));
    }

    /** Both sides say what rules look for before the request turns the flow, in frames before it or in its own. */
    @ParameterizedTest
    @CsvSource({"1", "2", "6", "40"})
    void shouldAskInTheNewDirectionWhatWasSaidBefore(final int piece) {
        final String said = "a secret, and no protocol.";
        final DetectedTrace trace = new DetectedTrace().pickUp(40_000, 50_000);
        int end = 0;
        for (int i = 0; i < said.length(); i += piece) {
            trace.says(false, said.substring(i, Math.min(said.length(), i + piece)));
            end += i < said.indexOf(',') ? 1 : 0;
        }
        trace.says(true, ASKED).says(false, "more.");
        final int turning = trace.frames().size() - 1;
        final List<String> expected = Stream.of("6@" + turning + " to the server", "7@" + turning, "9@" + end
            + (end == turning ? "" : " to the server")).sorted().toList();
        for (final Choice library : new Choice[] {Choice.AUTO, Choice.JAVA}) {
            assertEquals(expected, matches(trace.library(library), true));
            assertEquals(expected, matches(trace.library(library), false));
        }
    }
}
