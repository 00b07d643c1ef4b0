package io.weir.rule.detect;

import static io.weir.rule.TestRule.field;
import static io.weir.rule.TestRule.protocol;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.Network;
import io.weir.rule.match.Reputations;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Condition.Application.Layer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Endpoint;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PortSet;
import io.weir.rule.model.Rule;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Conditions on flows as wholes: their ends, what they are, how far they are. */
final class FlowConditionsTest {
    private static final String REQUEST = "GET /a HTTP/1.1\r\nHost: a.test\r\nReferer: a.test\r\n\r\n";
    private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

    private static Condition end(final boolean initiator, final String network, final int... ports) {
        final BitSet set = new BitSet();
        for (final int port : ports) {
            set.set(port);
        }
        return new Condition.FlowEndpoint(initiator, new Endpoint(network == null ? AddressSet.ANY
            : AddressSet.of(List.of(Network.parse(network)), List.of()),
            ports.length == 0 ? PortSet.ANY : PortSet.of(set)));
    }

    private static DetectedTrace web() {
        return new DetectedTrace().connect(4001, 80).says(true, REQUEST).says(false, ANSWER);
    }

    private static String frames(final Condition... conditions) {
        return web().alerts(rule(1).tcp().where(conditions).build());
    }

    @Test
    void shouldKnowWhoBeganTheFlowWhoeverSends() {
        assertEquals("1@1 1@2 1@3 1@4 1@5", frames(end(true, "10.1.0.0/16")));
        assertEquals("1@1 1@2 1@3 1@4 1@5", frames(end(false, null, 80)));
        assertEquals("", frames(end(false, "10.1.0.0/16")));
        assertEquals("", frames(end(true, null, 80)));
        assertEquals("1@1 1@2 1@3 1@4 1@5", frames(new Condition.Not(end(true, null, 80))));
    }

    @Test
    void shouldAskOfFirstFramesOnce() {
        final Condition first = new Condition.FlowFact(FlowNumber.FRAMES, NumberSet.of(1));
        assertEquals("1@1", frames(first));
        assertEquals("1@1", frames(first, new Condition.TcpFlags(2, 0, Condition.TcpFlags.Mode.EXACTLY)));
        assertEquals("1@2 1@3 1@4 1@5", frames(new Condition.Not(first)));
    }

    @Test
    void shouldAskAgainWhileAFlowGrowsThoughItsProtocolIsKnown() {
        assertEquals("1@5", web().alerts(rule(1).oncePerFlow().where(
            new Condition.Application(List.of(protocol("http")), false),
            new Condition.FlowFact(FlowNumber.FRAMES, NumberSet.between(5, 9))).build()));
    }

    @Test
    void shouldKnowWhatAFlowIsNotOnceNothingMoreIsToBeKnown() {
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9);
        for (int i = 0; i < 40; i++) {
            trace.says(i % 2 == 0, "nothing that anybody knows, in many words, again and again: ".repeat(4));
        }
        assertEquals(1, trace.matches(rule(1).oncePerFlow().where(
            new Condition.Application(List.of(protocol("http")), true)).build()).size());
    }

    /** The client has 80 in the category CnC, and nobody else anything. */
    private static final class ClientAlone implements Reputations {
        @Override
        public int category(final String name) {
            return "CnC".equals(name) ? 3 : UNKNOWN;
        }

        @Override
        public int score(final int category, final int version, final long hi, final long lo) {
            return category == 3 && version == 4 && lo == 0x0a01_0001L ? 80 : UNKNOWN;
        }
    }

    private static String reputed(final Condition.Reputation.ReputationOf of, final long least) {
        return web().reputations(new ClientAlone()).alerts(rule(1).where(
            new Condition.Reputation(of, "CnC", NumberSet.between(least, Reputations.MOST))).build());
    }

    @Test
    void shouldAskReputationsOnceForEachDirection() {
        assertEquals("1@1", reputed(Condition.Reputation.ReputationOf.SOURCE, 80));
        assertEquals("1@2", reputed(Condition.Reputation.ReputationOf.DESTINATION, 80));
        assertEquals("1@1 1@2", reputed(Condition.Reputation.ReputationOf.ANY, 80));
        assertEquals("", reputed(Condition.Reputation.ReputationOf.BOTH, 0));
        assertEquals("", reputed(Condition.Reputation.ReputationOf.SOURCE, 81));
        final Rule unknown = rule(1).where(new Condition.Reputation(Condition.Reputation.ReputationOf.ANY, "Spam",
            NumberSet.of(1))).build();
        assertTrue(assertThrows(IllegalArgumentException.class, () -> web().alerts(unknown)).getMessage()
            .endsWith("there is no category of reputations Spam"));
    }

    @Test
    void shouldTellWhatIsNotKnownYetFromWhatNobodyKnows() {
        assertEquals("1@1 1@2 1@3", web().alerts(rule(1).tcp().where(new Condition.Unrecognised(true)).build()));
        assertEquals("", web().alerts(rule(1).tcp().where(new Condition.Unrecognised(false)).build()));
        final DetectedTrace trace = new DetectedTrace().connect(4001, 9);
        for (int i = 0; i < 40; i++) {
            trace.says(i % 2 == 0, "nothing that anybody knows, in many words, again and again: ".repeat(4));
        }
        assertEquals(1, trace.matches(rule(1).oncePerFlow().where(new Condition.Unrecognised(false)).build()).size());
    }

    @Test
    void shouldCompareTheAddressOfPortCommandsWithTheClients() {
        final Rule bounce = rule(1).where(new Condition.OtherAddress(field("ftp.command"),
            field("ftp.command_data"))).build();
        for (final String[] command : new String[][] {{"PORT 10,1,0,1,4,1", ""}, {"PORT 10,1,0,2,4,1", "1@6"},
            {"port  10,1,0,2,4,1", "1@6"}, {"PORT   10,1,0,1,4,1", ""}, {"PORT   ", ""},
            {"PORT 10,1,0,300,4,1", ""}, {"PORT 10,1,0", ""}, {"PORT ,,,,,", ""}, {"CWD 10,1,0,2,4,1", ""}}) {
            assertEquals(command[1], new DetectedTrace().connect(4001, 21).says(false, "220 FTP server\r\n")
                .says(true, command[0] + "\r\n").says(false, "200 OK\r\n").alerts(bounce)
                .replace("1@5", "1@6"), command[0]);
        }
    }

    @Test
    void shouldCompareFieldsOfOneTransaction() {
        assertEquals(1, web().matches(rule(1).where(
            new Condition.SameField(field("http.host"), field("http.referer"))).build()).size());
        assertEquals(0, web().matches(rule(1).where(
            new Condition.SameField(field("http.host"), field("http.uri"))).build()).size());
        assertEquals(0, web().matches(rule(1).where(
            new Condition.SameField(field("http.host"), field("http.user_agent"))).build()).size());
    }

    private static Rule is(final long sid, final String protocol, final Layer layer) {
        return rule(sid).tcp().where(new Condition.Application(List.of(protocol(protocol)), false, layer)).build();
    }

    @Test
    void shouldTellWhatAFlowBeganAsFromWhatItSpeaksNow() {
        final DetectedTrace trace = new DetectedTrace().connect(1, 3128)
            .says(true, "CONNECT b:22 HTTP/1.1\r\nHost: b:22\r\n\r\n").says(false, "HTTP/1.1 200 ok\r\n\r\n")
            .says(true, "SSH-2.0-OpenSSH_9.6\r\n").says(false, "SSH-2.0-OpenSSH_9.6\r\n");
        final List<Long> sids = trace.matches(is(1, "ssh", Layer.LAST), is(2, "http", Layer.FIRST),
            is(3, "ssh", Layer.FIRST), is(4, "ssh", Layer.ANY)).stream().map(DetectedTrace.Match::sid).distinct()
            .sorted().toList();
        assertEquals(List.of(1L, 2L, 4L), sids);
    }
}
