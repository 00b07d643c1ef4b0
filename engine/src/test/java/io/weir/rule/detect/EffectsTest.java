package io.weir.rule.detect;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import io.weir.packet.TcpFlags;
import io.weir.rule.TestRule;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What rules do beside their alerts, and what bounds them. */
final class EffectsTest {
    private static DetectedTrace datagrams(final String... payloads) {
        final DetectedTrace trace = new DetectedTrace();
        for (final String payload : payloads) {
            trace.udp(true, 1, 2, payload);
        }
        return trace;
    }

    private static TestRule on(final long sid, final String text) {
        return rule(sid).udp().payload(content(text).step());
    }

    @Test
    void shouldCountInFlows() {
        final Condition third = new Condition.FlowInt("n", NumberSet.of(3), false);
        final Condition unset = new Condition.FlowInt("n", null, true);
        assertEquals("2@3", datagrams("a", "a", "a", "a").alerts(
            on(1, "a").action(Action.SILENT).effect(new Effect.FlowInt("n", '+', Value.of(1))).build(),
            on(2, "a").where(third).build(), rule(3).udp().where(unset).build()));
    }

    @Test
    void shouldCompareTwoCounters() {
        final Condition equal = new Condition.FlowIntDifference("a", "b", NumberSet.of(0));
        assertEquals("3@2 3@4", datagrams("a", "b", "a", "b", "a").alerts(
            on(1, "a").action(Action.SILENT).effect(new Effect.FlowInt("a", '+', Value.of(1))).build(),
            on(2, "b").action(Action.SILENT).effect(new Effect.FlowInt("b", '+', Value.of(1))).build(),
            rule(3).udp().where(equal).build()));
    }

    @Test
    void shouldToggleAndUnsetBits() {
        assertEquals("3@2 3@3 3@6", datagrams("t", "x", "x", "u", "x", "tx", "tx").alerts(
            on(1, "t").action(Action.SILENT).effect(new Effect.FlowBits(Set.of("b"), Effect.Change.TOGGLE)).build(),
            on(2, "u").action(Action.SILENT).effect(new Effect.FlowBits(Set.of("b"), Effect.Change.UNSET)).build(),
            on(3, "x").ifSet("b").build()));
    }

    @Test
    void shouldNotAskAboutASuppressedFlow() {
        assertEquals("1@2", datagrams("x", "stop x", "x").alerts(
            rule(1).udp().payload(content("stop").step()).effect(new Effect.Suppress()).build()));
        assertEquals("2@1 2@2", datagrams("x", "stop x", "x").alerts(
            on(1, "stop").action(Action.SILENT).severity(4).effect(new Effect.Suppress()).build(), on(2, "x").build()));
    }

    @Test
    void shouldNotLookAtContentAfterItWasToldToStop() {
        assertEquals("2@1 2@2 3@1 3@2 3@3", sorted(datagrams("x", "stop x", "x"),
            on(1, "stop").action(Action.SILENT).severity(4).effect(new Effect.StopInspecting()).build(),
            on(2, "x").build(), rule(3).udp().toServer().build()));
        final DetectedTrace stream = new DetectedTrace().connect(1, 2).says(true, "x").says(true, "stop x")
            .says(true, "x");
        assertEquals("2@4 2@5", sorted(stream, rule(1).tcp().payload(content("stop").step()).action(Action.SILENT)
            .severity(4).effect(new Effect.StopInspecting()).build(),
            rule(2).tcp().payload(content("x").step()).build()));
    }

    /** Which frames of a flow that says what nobody knows are still looked at to find out what it is. */
    private static String unknown(final Rule... rules) {
        final DetectedTrace trace = new DetectedTrace().connect(1, 2).says(true, "stop").says(false, "x")
            .says(true, "x");
        return trace.alerts(rules);
    }

    @Test
    void shouldEndTheParserOfAFlowItWasToldToStop() {
        final Rule early = rule(2).tcp().where(new Condition.Unrecognised(true)).build();
        assertEquals("2@1 2@2 2@3 2@4 2@5 2@6", unknown(early));
        assertEquals("2@1 2@2 2@3 2@4", unknown(early, rule(1).tcp().payload(content("stop").step())
            .action(Action.SILENT).severity(4).effect(new Effect.StopInspecting()).build()));
    }

    private static String sorted(final DetectedTrace trace, final Rule... rules) {
        return String.join(" ", java.util.Arrays.stream(trace.alerts(rules).split(" ")).sorted().toList());
    }

    @Test
    void shouldHandOnWhatOthersDo() {
        final List<DetectedTrace.Match> matches = datagrams("x").matches(on(1, "x").action(Action.SILENT)
            .effect(new Effect.Label("odd")).effect(new Effect.Capture()).build());
        assertEquals(List.of("Label[word=odd]", "Capture[]"),
            matches.stream().map(DetectedTrace.Match::effect).toList());
    }

    @Test
    void shouldTellSilentRulesOnlyIfTheyAskAcrossFlows() {
        assertEquals("2@1", datagrams("x").alerts(on(1, "x").action(Action.SILENT).build(),
            on(2, "x").action(Action.SILENT).across(new AcrossFlows.HostBit("b", AcrossFlows.Key.Part.SOURCE,
                AcrossFlows.HostBit.Command.SET, 60)).build()));
    }

    @Test
    void shouldAlertOnWhatReassemblySees() {
        final Condition event =
            new Condition.Event(Condition.Event.Kind.STREAM, "reassembly_overlap_different_data");
        final DetectedTrace trace = new DetectedTrace().connect(1, 2).says(true, "good data");
        trace.frame(trace.segment(true, 1001, "evil data".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("1@5", trace.alerts(rule(1).tcp().where(event).build()));
    }

    @Test
    void shouldCompareWhatNobodyLooksAtOnlyWhereRulesAskWhatIsOdd() {
        final String head = "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n";
        final DetectedTrace trace = new DetectedTrace().connect(1, 80).says(true, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")
            .says(false, head).says(false, "x".repeat(400));
        trace.frame(trace.segment(false, 5001 + head.length(), "y".repeat(400).getBytes(StandardCharsets.US_ASCII)));
        assertEquals("1@4", trace.alerts(rule(1).request("http.host", content("a").step()).build()));
        assertEquals(1, trace.count(Counter.TCP_OVERLAPS_UNVERIFIED));
        final Condition event =
            new Condition.Event(Condition.Event.Kind.STREAM, "reassembly_overlap_different_data");
        assertEquals("1@4 2@7", trace.alerts(rule(1).request("http.host", content("a").step()).build(),
            rule(2).tcp().where(event).build()));
        assertEquals(0, trace.count(Counter.TCP_OVERLAPS_UNVERIFIED));
        trace.alerts(rule(1).request("http.host", content("a").step()).where(event).build());
        assertEquals(0, trace.count(Counter.TCP_OVERLAPS_UNVERIFIED));
        trace.alerts(rule(1).tcp().payload(content("none").step()).build());
        assertEquals(0, trace.count(Counter.TCP_OVERLAPS_UNVERIFIED));
    }

    @Test
    void shouldAlertOnWhatDecodingSees() {
        final Condition event = new Condition.Event(Condition.Event.Kind.DECODE, "tcp.hlen_too_small");
        final DetectedTrace trace = new DetectedTrace().connect(1, 2)
            .frame(DetectedTrace.packet(true).tcp(1, 2).flags(TcpFlags.ACK).force(12, 1, 0x10));
        assertEquals("1@4", trace.alerts(rule(1).where(event).build()));
    }

    @Test
    void shouldForgetAndCountWhatIsTooMuch() {
        final List<Rule> rules = new ArrayList<>();
        for (int i = 1; i <= 40; i++) {
            rules.add(on(i, "x").action(Action.SILENT).set("bit " + i).build());
        }
        final DetectedTrace trace = datagrams("x");
        trace.matches(rules, true);
        assertEquals(40, trace.count(Counter.RULE_MATCHES));
        assertEquals(40 - 32, trace.count(Counter.RULE_VARIABLES_REFUSED));
    }

    @Test
    void shouldCountRulesThatTakeTooLong() {
        final Rule hard = rule(1).udp().payload(content("a").step(), content("a").distance(0).step(),
            content("a").distance(0).step(), content("a").distance(0).step(), content("b").distance(0).step()).build();
        final DetectedTrace trace = datagrams("b" + "a".repeat(1200), "aaaab");
        assertEquals("1@2", trace.alerts(hard));
        assertEquals(1, trace.count(Counter.RULE_STEPS_EXCEEDED));
        assertEquals(1, trace.count(Counter.RULE_MATCHES));
    }
}
