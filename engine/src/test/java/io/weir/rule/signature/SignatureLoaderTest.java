package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.Action;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Header;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import io.weir.rule.model.Traffic;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files, headers and what rules say of themselves. */
final class SignatureLoaderTest {
    private static final String HEADER = "alert tcp any any -> any any ";

    @Test
    void shouldPassOverCommentsAndCountDisabledRules() {
        final LoadedRules loaded = Loaded.lines("# a comment", "", "#" + HEADER + "(sid:1;)", HEADER + "(sid:2;) # why",
            "# " + HEADER + "(msg:\"x\"; sid:3;)");
        assertEquals(List.of(), loaded.faults());
        assertEquals(1, loaded.rules().size());
        assertEquals(1, loaded.written());
        assertEquals(2, loaded.disabled());
    }

    @Test
    void shouldJoinLinesAndTellWhereAFaultIs() {
        final LoadedRules loaded = Loaded.lines("", HEADER + "(msg:\"x\"; \\", "   contnt:\"a\"; \\", "   sid:1; \\",
            "   dpth:3;)");
        assertEquals(List.of("test.rules:3:4: error: there is no keyword contnt; did you mean 'content'?",
            "test.rules:5:4: error: there is no keyword dpth; did you mean 'depth'?"),
            loaded.faults().stream().map(RuleFault::toString).toList());
        assertEquals("test.rules:2:1", Loaded.lines("", HEADER + "(\\", "sid:1;)").rules().get(0).origin().toString());
    }

    @Test
    void shouldLoadTheRestOfAFile() {
        final LoadedRules loaded = Loaded.lines(HEADER + "(lua:x.lua; sid:1;)", HEADER + "(sid:2;)", "alert tcp",
            HEADER + "(frame:pdu; content:\"a\"; sid:3;)");
        assertEquals(1, loaded.rules().size());
        assertEquals(List.of(Severity.UNSUPPORTED, Severity.ERROR, Severity.UNSUPPORTED),
            loaded.faults().stream().map(RuleFault::severity).toList());
        assertEquals(2, loaded.count(Severity.UNSUPPORTED));
        assertEquals(Set.of("frame", "lua"), loaded.unsupported().keySet());
    }

    @Test
    void shouldKeepTheLatestRevision() {
        final LoadedRules loaded = Loaded.lines(HEADER + "(msg:\"old\"; sid:1; rev:1;)",
            HEADER + "(msg:\"new\"; sid:1; rev:3;)", HEADER + "(msg:\"older\"; sid:1; rev:2;)",
            HEADER + "(msg:\"other\"; gid:2; sid:1; rev:1;)");
        assertEquals(List.of("new", "other"),
            loaded.rules().stream().map(rule -> rule.metadata().message()).toList());
        assertEquals(2, loaded.count(Severity.NOTE));
        assertTrue(loaded.faults().get(0).sentence().contains("revision 1 is left out for revision 3 at test.rules:2"),
            loaded.faults()::toString);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "alrt tcp any any -> any any (sid:1;) ~ ERROR ~ alert",
        "accept:hook tcp:all any any <> any any (sid:1;) ~ UNSUPPORTED ~",
        "config dns any any -> any any (sid:1;) ~ UNSUPPORTED ~",
        "alert tpc any any -> any any (sid:1;) ~ ERROR ~ tcp",
        "alert tcp $HOME_NETS any -> any any (sid:1;) ~ ERROR ~ HOME_NET",
        "alert tcp any 70000 -> any any (sid:1;) ~ ERROR ~",
        "alert tcp 10.0.0.300 any -> any any (sid:1;) ~ ERROR ~",
        "alert tcp [10.0.0.1 any -> any any (sid:1;) ~ ERROR ~",
        "alert tcp any any >> any any (sid:1;) ~ ERROR ~",
        "alert tcp any any -> any any (msg:\"x\";) ~ ERROR ~",
        "alert tcp any any -> any any (sid:1; ~ ERROR ~",
        "alert arp any any -> any any (sid:1;) ~ UNSUPPORTED ~"})
    void shouldSayWhatIsWrongWithARule(final String line, final Severity severity, final String nearest) {
        final LoadedRules loaded = Loaded.lines(line);
        assertEquals(List.of(), loaded.rules());
        assertEquals(severity, loaded.faults().get(0).severity());
        if (nearest != null) {
            assertEquals(nearest, loaded.faults().get(0).nearest());
        }
    }

    @Test
    void shouldReadAddressesAndPorts() {
        final Header header = Loaded.whole("alert tcp [$HOME_NET, !10.1.0.0/16, 2001:db8::/32] [80,443,!443,1000:] <> "
            + "1.2.3.4/255.255.0.0 !25 (sid:1;)").header();
        final AddressSet source = header.source().addresses();
        assertTrue(source.contains(4, 0, 0x0a020304L));
        assertTrue(!source.contains(4, 0, 0x0a010304L));
        assertTrue(source.contains(6, 0x20010db8_00000000L, 1));
        assertTrue(!source.contains(4, 0, 0x08080808L));
        assertTrue(header.destination().addresses().contains(4, 0, 0x0102ffffL));
        assertTrue(header.source().ports().contains(80) && header.source().ports().contains(65_535));
        assertTrue(!header.source().ports().contains(443) && !header.source().ports().contains(999));
        assertTrue(!header.destination().ports().contains(25) && header.destination().ports().contains(26));
        assertTrue(header.bothWays());
    }

    @Test
    void shouldReadRangesOfAddresses() {
        final AddressSet range =
            Loaded.whole("alert ip 10.0.0.3-10.0.1.0 any -> any any (sid:1;)").header().source().addresses();
        assertTrue(!range.contains(4, 0, 0x0a000002L) && range.contains(4, 0, 0x0a000003L));
        assertTrue(range.contains(4, 0, 0x0a0000ffL) && range.contains(4, 0, 0x0a000100L));
        assertTrue(!range.contains(4, 0, 0x0a000101L));
    }

    @Test
    void shouldReadProtocolWords() {
        assertEquals(Set.of(6), traffic("tcp-pkt").ipProtocols());
        assertEquals(Traffic.Payload.PACKET, traffic("tcp-pkt").payload());
        assertEquals(Traffic.Payload.STREAM, traffic("tcp-stream").payload());
        assertEquals(6, traffic("ipv6").ipVersion());
        assertEquals(List.of("http", "http2"),
            traffic("http").applications().stream().map(Object::toString).toList());
        assertEquals(List.of("http"), traffic("http1").applications().stream().map(Object::toString).toList());
        assertEquals(Traffic.ANY, traffic("ip"));
    }

    private static Traffic traffic(final String word) {
        return Loaded.whole("alert " + word + " any any -> any any (sid:1;)").header().traffic();
    }

    @Test
    void shouldReadWhatARuleSaysOfItself() {
        final Rule rule = Loaded.rule("msg:\"a \\\"b\\\"\\; c\u00e9\"; classtype:trojan-activity; gid:3; rev:7; "
            + "reference:url,example.org/a; reference:cve,2020-1; metadata:created_at 2020, tag one, tag two; "
            + "target:src_ip;");
        assertEquals("a \"b\"; c\u00e9", rule.metadata().message());
        assertEquals("A Network Trojan was detected", rule.metadata().category());
        assertEquals(1, rule.metadata().severity());
        assertEquals("3:1", rule.id().toString());
        assertEquals(7, rule.id().revision());
        assertEquals("http://example.org/a", rule.metadata().references().get(0));
        assertEquals(List.of("one", "two"), rule.metadata().entries().get("tag"));
        assertEquals(Metadata.Target.SOURCE, rule.metadata().target());
        assertEquals(4, Loaded.rule("classtype:trojan-activity; priority:4;").metadata().severity());
        assertEquals(3, Loaded.rule("").metadata().severity());
    }

    @Test
    void shouldLoadARuleOfAnUnknownClassAndSaySo() {
        final LoadedRules loaded = Loaded.lines(HEADER + "(classtype:trojan-activiti; sid:1;)");
        assertEquals(1, loaded.rules().size());
        assertEquals("trojan-activity", loaded.faults().get(0).nearest());
        assertEquals(Severity.NOTE, loaded.faults().get(0).severity());
    }

    @Test
    void shouldReadActions() {
        assertEquals(Action.PASS, Loaded.whole("pass tcp any any -> any any (sid:1;)").action());
        assertEquals(Action.REJECT, Loaded.whole("rejectboth tcp any any -> any any (sid:1;)").action());
        assertEquals(Action.SILENT, Loaded.rule("noalert;").action());
    }

    @Test
    void shouldRefuseARuleThatLooksAtBothSidesAtOnce() {
        assertTrue(Loaded.fault("http.method; content:\"a\"; http.stat_code; content:\"2\";").sentence()
            .contains("different sides"));
        assertTrue(Loaded.fault("flow:to_client; http.method; content:\"a\";").sentence()
            .contains("told by the client"));
        assertTrue(Loaded.whole("alert http any any => any any (http.method; content:\"a\"; http.stat_code; "
            + "content:\"2\"; sid:1;)").header().bothWays());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "requires: version >= 7.0.0; ~ true",
        "requires: version >= 9.0; ~ false",
        "requires: version >= 9 | < 8.1; ~ true",
        "requires: feature ja3, version >= 8; ~ true",
        "requires: feature geoip; ~ false",
        "requires: keyword tls.sni; ~ true",
        "requires: keyword lua; ~ false"})
    void shouldLeaveOutARuleWhoseNeedsAreNotMet(final String options, final boolean met) {
        final LoadedRules loaded = Loaded.lines(HEADER + "(" + options + " sid:1;)");
        assertEquals(met ? 1 : 0, loaded.rules().size());
        assertEquals(met ? 0 : 1, loaded.count(Severity.UNSUPPORTED));
    }
}
