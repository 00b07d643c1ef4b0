package io.weir.rule.detect;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.NativeMemory;
import io.weir.packet.TcpFlags;
import io.weir.rule.TestContent;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import io.weir.rule.model.Rule;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules over frames and streams, through a whole engine. */
final class DetectionTest {
    private long memoryBefore;

    @BeforeEach
    void remember() {
        memoryBefore = NativeMemory.inUse();
    }

    @AfterEach
    void shouldLeakNothing() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private static DetectedTrace trace() {
        return new DetectedTrace();
    }

    @Test
    void shouldFindContentInDatagrams() {
        assertEquals("1@1 1@3", trace().udp(true, 4000, 9, "some needle").udp(true, 4000, 9, "none")
            .udp(false, 4000, 9, "needle").alerts(rule(1).udp().payload(content("needle").step()).build()));
    }

    @Test
    void shouldAskPortsAndDirection() {
        final DetectedTrace trace = trace().udp(true, 4000, 9, "needle").udp(false, 4000, 9, "needle")
            .udp(true, 4000, 10, "needle");
        assertEquals("1@1", trace.alerts(rule(1).udp().toPort(9).payload(content("needle").step()).build()));
        assertEquals("1@2", trace.alerts(rule(1).udp().fromPort(9).payload(content("needle").step()).build()));
        assertEquals("1@1 1@2",
            trace.alerts(rule(1).udp().toPort(9).bothWays().payload(content("needle").step()).build()));
        assertEquals("1@2", trace.alerts(rule(1).udp().toClient().payload(content("needle").step()).build()));
    }

    @Test
    void shouldAskDatagramsForWhatIsLookedForInTheirApplication() {
        final DetectedTrace trace = trace().udp(true, 4000, 53, "\0\1\1\0\0\1\0\0\0\0\0\0\3www\7example\3org\0\0\1\0\1")
            .udp(true, 4001, 9, "www.example.org");
        final Rule any = rule(1).udp().payload(content("never there").step()).build();
        final Rule toServer = rule(2).application("dns").toServer().payload(content("example").step()).build();
        final Rule toClient = rule(3).application("dns").toClient().payload(content("example").step()).build();
        final Rule other = rule(4).application("tls").payload(content("example").step()).build();
        final Rule ofPort = rule(5).udp().toPort(53).payload(content("www").step()).build();
        assertEquals("2@1", trace.alerts(any, toServer, toClient, other));
        assertEquals("2@1 5@1", trace.alerts(any, toServer, toClient, other, ofPort));
        assertEquals("", trace.alerts(any, toClient, other));
    }

    @Test
    void shouldAskDatagramsOfEitherDirectionForItsOwnPatterns() {
        final DetectedTrace trace = trace().udp(true, 4000, 9, "some alfa").udp(false, 4000, 9, "some beta")
            .udp(true, 4000, 9, "some beta").udp(false, 4000, 9, "some alfa");
        assertEquals("1@1 2@2", trace.alerts(rule(1).udp().toServer().payload(content("alfa").step()).build(),
            rule(2).udp().toClient().payload(content("beta").step()).build()));
    }

    @Test
    void shouldFindContentThatSpansSegments() {
        assertEquals("1@6", trace().connect(4001, 9).says(true, "xx nee").says(true, "d").says(true, "le yy")
            .alerts(rule(1).tcp().payload(content("needle").step()).build()));
    }

    @Test
    void shouldAlertAgainWhereContentRecursAcrossSegments() {
        final DetectedTrace trace = new DetectedTrace().connect(1, 2).says(true, "xabab").says(true, "ab")
            .says(true, "x").says(true, "abab abab");
        assertEquals("1@4 1@5 1@7", trace.alerts(rule(1).tcp().payload(content("abab").step()).build()));
    }

    @Test
    void shouldFindASecondContentThatComesLater() {
        assertEquals("1@5", trace().connect(4001, 9).says(true, "the first").says(true, "the other")
            .alerts(rule(1).tcp().payload(content("the first").step(), content("other").distance(0).step()).build()));
    }

    @Test
    void shouldNotJoinWhatAGapDivides() {
        assertEquals("", trace().connect(4001, 9).says(true, "nee").misses(true, 10).says(true, "dle")
            .says(false, "seen").alerts(rule(1).tcp().payload(content("needle").step()).build()));
    }

    @Test
    void shouldCountPlacesFromTheBeginningOfTheStream() {
        final String much = "x".repeat(1400);
        final DetectedTrace trace = trace().connect(4001, 9).says(true, "needle");
        for (int i = 0; i < 20; i++) {
            trace.says(true, much);
        }
        trace.says(true, "needle");
        assertEquals("1@4 1@25", trace.alerts(rule(1).tcp().payload(content("needle").step()).build()));
        assertEquals("1@25",
            trace.alerts(rule(1).tcp().payload(content("needle").offset(6 + 20 * 1400).step()).build()));
        assertEquals("1@4 1@25", trace.alerts(rule(1).tcp().payload(content("needle").depth(6).step()).build()),
            "in the stream and in the segment");
    }

    @Test
    void shouldAskSingleSegmentsWhereTheRuleIsAboutFrames() {
        final Condition size = new Condition.PacketFact(PacketNumber.PAYLOAD_SIZE, NumberSet.of(6));
        assertEquals("1@5", trace().connect(4001, 9).says(true, "nee").says(true, "needle").says(true, "needle!")
            .alerts(rule(1).tcp().where(size).payload(content("needle").step()).build()));
        assertEquals("1@5", trace().connect(4001, 9).says(true, "nee").says(true, "needle").says(true, "nee")
            .says(true, "dle").alerts(rule(1).tcpPacket().payload(content("needle").step()).build()));
    }

    @Test
    void shouldSeeTheLastOfSshThatIsNotEncrypted() {
        final String lists = "\0\0\0\1x".repeat(10) + "\0".repeat(5);
        final String offer = "\0\0\0" + (char) (2 + 16 + lists.length()) + "\0\24" + "c".repeat(16) + lists;
        final String newKeys = "\0\0\0\14\12\25" + "\0".repeat(10);
        final DetectedTrace trace = trace().connect(4001, 22).says(true, "SSH-2.0-a\r\n").says(false, "SSH-2.0-b\r\n")
            .says(true, offer).says(false, offer).says(false, newKeys).says(true, newKeys);
        final TestContent content = content("\12\25" + "\0".repeat(10));
        assertEquals("1@8 1@9", trace.alerts(rule(1).tcp().payload(content.step()).build()));
        assertEquals("1@8 1@9", trace.alerts(rule(1).tcpPacket().payload(content.step()).build()));
        // one byte repeated is looked for in single frames alone: no rule asks of the stream
        assertEquals("1@8 1@9", trace.alerts(rule(1).tcpPacket()
            .payload(content("\0".repeat(10)).offset(6).depth(10).step()).build()));
        // and what is encrypted is not looked at any more
        assertEquals("1@8 1@9", trace.says(true, newKeys).says(false, newKeys).alerts(rule(1).tcpPacket()
            .payload(content("\0".repeat(10)).offset(6).depth(10).step()).build()));
    }

    @Test
    void shouldAskFlagsAndNumbersOfFrames() {
        final Condition syn = new Condition.TcpFlags(TcpFlags.SYN, 0, Condition.TcpFlags.Mode.EXACTLY);
        final Condition ttl = new Condition.PacketFact(PacketNumber.TTL, NumberSet.between(1, 5));
        assertEquals("1@1", trace().connect(4001, 9).alerts(rule(1).tcp().where(syn).build()));
        assertEquals("2@2", trace().frame(DetectedTrace.packet(true).udp(1, 2).payload(1))
            .frame(DetectedTrace.packet(true).ttl(3).udp(1, 2).payload(1)).alerts(rule(2).where(ttl).build()));
    }

    @Test
    void shouldKnowWhenAFlowIsEstablished() {
        assertEquals("1@4", trace().connect(4001, 9).says(true, "a")
            .alerts(rule(1).tcp().flow(true, Condition.Direction.TO_SERVER).payload(content("a").step()).build()));
        assertEquals("1@2", trace().udp(true, 1, 2, "a").udp(false, 1, 2, "a")
            .alerts(rule(1).udp().flow(true, null).payload(content("a").step()).build()));
    }

    @Test
    void shouldAlertOfHeadersOnceForEachDirection() {
        assertEquals("1@1 1@2", trace().connect(4001, 9).says(true, "a").says(false, "b").alerts(rule(1).build()));
    }

    @Test
    void shouldPassBitsFromOneRuleToAnother() {
        final DetectedTrace trace = trace().udp(true, 1, 2, "second").udp(true, 1, 2, "first").udp(true, 1, 2, "second")
            .udp(true, 3, 2, "second");
        assertEquals("2@3", trace.alerts(
            rule(2).udp().ifSet("seen").payload(content("second").step()).build(),
            rule(1).udp().action(Action.SILENT).set("seen").payload(content("first").step()).build()));
    }

    @Test
    void shouldAskRulesInTheirOrder() {
        final DetectedTrace trace = trace().udp(true, 1, 2, "needle");
        assertEquals("4@1 3@1 2@1", trace.alerts(
            rule(2).udp().severity(3).payload(content("needle").step()).build(),
            rule(3).udp().severity(1).payload(content("needle").step()).build(),
            rule(4).udp().severity(3).action(Action.DROP).payload(content("needle").step()).build()));
    }

    @Test
    void shouldLetPassWhatAPassRuleMatches() {
        assertEquals("2@2", trace().udp(true, 1, 2, "needle good").udp(true, 1, 2, "needle").alerts(
            rule(1).udp().action(Action.PASS).where(new Condition.PacketFact(PacketNumber.PAYLOAD_SIZE,
                NumberSet.of(11))).payload(content("good").step()).build(),
            rule(2).udp().payload(content("needle").step()).build()));
        assertEquals("", trace().connect(4001, 9).says(true, "needle").alerts(
            rule(1).tcp().action(Action.PASS).build(), rule(2).tcp().payload(content("needle").step()).build()));
    }

    @Test
    void shouldTellAtMostFifteenAlertsOfAFrame() {
        final io.weir.rule.model.Rule[] rules = new io.weir.rule.model.Rule[20];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = rule(i + 1).udp().payload(content("needle").step()).build();
        }
        final DetectedTrace trace = trace().udp(true, 1, 2, "needle");
        assertEquals(15, trace.matches(rules).size());
        assertEquals(5, trace.count(io.weir.base.Counter.RULE_ALERTS_OVER_LIMIT));
    }

    @Test
    void shouldMatchOncePerFlowIfTheRuleSaysSo() {
        assertEquals("1@1 1@3", trace().udp(true, 1, 2, "needle").udp(true, 1, 2, "needle").udp(true, 3, 2, "needle")
            .alerts(rule(1).udp().oncePerFlow().payload(content("needle").step()).build()));
    }

    @Test
    void shouldFindDataThatWasNeverAcknowledgedWhenTheFlowEnds() {
        final DetectedTrace trace = trace().connect(4001, 9);
        trace.frame(trace.segment(true, 1001 + 20, "needle".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("1@0", trace.alerts(rule(1).tcp().payload(content("needle").step()).build()));
    }

    @Test
    void shouldFindContentOfRequestsInFields() {
        final DetectedTrace trace = trace().connect(4001, 80)
            .says(true, "GET /index.html HTTP/1.1\r\nHost: www.example.org\r\nUser-Agent: probe\r\n\r\n")
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
            .says(true, "GET /other HTTP/1.1\r\nHost: www.example.org\r\n\r\n")
            .says(false, "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        assertEquals("1", sids(trace, rule(1).application("http").request("http.uri", content("index").step())));
        assertEquals("1 1",
            sids(trace, rule(1).application("http").request("http.host", content("EXAMPLE").nocase().step())));
        assertEquals("1", sids(trace, rule(1).application("http").request("http.host", content("example").step())
            .request("http.uri", content("/other").startsWith().endsWith().step())));
        assertEquals("1", sids(trace, rule(1).application("http").response("http.status", content("404").step())));
        assertEquals("1", sids(trace, rule(1).request("http.uri", content("other").step()).where(
            new Condition.FieldNumber(io.weir.rule.TestRule.field("http.status"),
                io.weir.rule.model.Buffer.Side.TO_CLIENT, NumberSet.between(400, 499)))));
        assertEquals("", sids(trace, rule(1).application("tls").request("http.uri", content("index").step())));
    }

    private static String sids(final DetectedTrace trace, final io.weir.rule.TestRule rule) {
        return trace.matches(rule.build()).stream().map(match -> Long.toString(match.sid()))
            .collect(java.util.stream.Collectors.joining(" "));
    }
}
