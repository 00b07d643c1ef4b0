package io.weir.rule.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.tls.Tls;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rules in YAML become, and what is told of those that are wrong. */
final class YamlRulesTest {
    static YamlContext context() {
        return new YamlContext(LocalDate.of(2026, 6, 1));
    }

    private static LoadedRules load(final String text) {
        return YamlRules.parse("t.yaml", text, context());
    }

    private static Rule rule(final String body) {
        final LoadedRules loaded = load("rules:\n- " + body.strip().replace("\n", "\n  ") + "\n");
        assertEquals(List.of(), loaded.faults());
        return loaded.rules().get(0);
    }

    private static Condition when(final String when) {
        return rule("id: 1\nalert: a\nwhen: " + when).condition();
    }

    private static List<String> faults(final String text) {
        return load(text).faults().stream().map(RuleFault::toString).toList();
    }

    private static String fault(final String when) {
        final List<String> faults = faults("rules: [{id: 1, alert: a, when: " + when + "}]");
        assertEquals(1, faults.size(), faults.toString());
        return faults.get(0);
    }

    private static Step.Content content(final Condition condition) {
        return (Step.Content) ((Condition.BufferCondition) condition).steps().get(0);
    }

    private static String text(final Step.Content content) {
        return new String(content.bytes().bytes(), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldRefuseToDoAtOnceWhatIsDecidedLast() {
        final String count = "when: {http.status: 404}, count: {by: source, over: 5, within: 1 min}}]";
        assertTrue(faults("rules: [{id: 1, alert: a, do: [capture, suppress], " + count).get(0)
            .contains("'capture' alone waits for 'count'"));
        assertTrue(faults("rules: [{id: 1, pass: a, " + count).get(0).contains("'pass' does not wait"));
        assertEquals(List.of(), faults("rules: [{id: 1, alert: a, do: capture, " + count));
    }

    @Test
    void shouldRefuseFieldsThatNoRuleIsAskedOf() {
        for (final String field : List.of("fileinfo.filename", "ftp_data.command", "anomaly.event")) {
            assertTrue(fault("{" + field + ": x}").contains(field), field);
        }
    }

    @Test
    void shouldReadARuleWithEverythingItMaySay() {
        final Rule rule = rule("""
            id: 1000001
            revision: 3
            alert: "Somebody asks for it"
            severity: high
            category: policy
            owner: netops
            mitre: [T1071.004, TA0011]
            references: https://example.com/why
            expires: 2026-06-02
            when:
              protocol: http
              http.host: {ends: .Example}
              not: {http.method: [GET, HEAD]}
            count: {by: source, distinct: http.uri, over: 100, within: 60 s}
            limit: {by: pair, alerts: 1, within: 1 h}
            do: [capture]
            """);
        assertEquals(1_000_001, rule.id().signature());
        assertEquals(3, rule.id().revision());
        assertEquals(Action.ALERT, rule.action());
        assertEquals(Rule.Scope.EACH, rule.scope());
        assertEquals("Somebody asks for it", rule.metadata().message());
        assertEquals(1, rule.metadata().severity());
        assertEquals("policy", rule.metadata().category());
        assertEquals(List.of("https://example.com/why"), rule.metadata().references());
        assertEquals(List.of("T1071.004", "TA0011"), rule.metadata().entries().get("mitre_attack"));
        assertEquals(List.of("netops"), rule.metadata().entries().get("owner"));
        assertEquals("http", rule.header().traffic().applications().get(0).name());
        assertEquals(List.of(new Effect.Capture()), rule.effects());
        assertEquals(List.of(new Effect.Capture(), new Effect.Label("odd"),
            new Effect.FlowBits(Set.of("seen"), Effect.Change.SET), new Effect.StopInspecting()),
            rule("id: 1\nalert: a\nwhen: {http.method: PUT}\ndo: [capture, {tag: odd}, {set: seen}, stop_inspecting]")
                .effects());
        final AcrossFlows.Count count = (AcrossFlows.Count) rule.acrossFlows().get(0);
        assertEquals(List.of(AcrossFlows.Key.Part.INITIATOR), count.keys());
        assertEquals("http.uri", ((AcrossFlows.Key.OfField) count.distinct()).field().name());
        assertEquals(101, count.count());
        assertEquals(60, count.seconds());
        assertEquals(new AcrossFlows.Threshold(AcrossFlows.Threshold.Type.LIMIT, AcrossFlows.Key.Part.BOTH, 1, 3600),
            rule.acrossFlows().get(1));
        assertEquals("t.yaml:2:3", rule.origin().toString());
        assertTrue(rule.origin().text().startsWith("id: 1000001 revision: 3"), rule.origin().text());
    }

    @Test
    void shouldMatchAFlowOnceUnlessTheRuleCountsOrSaysSo() {
        assertEquals(Rule.Scope.FLOW, rule("id: 1\nalert: a\nwhen: {http.method: PUT}").scope());
        assertEquals(Rule.Scope.EACH, rule("id: 1\nalert: a\neach: match\nwhen: {http.method: PUT}").scope());
        assertEquals(Rule.Scope.EACH,
            rule("id: 1\nalert: a\nwhen: {http.method: PUT}\nfirst_seen: {by: source, within: 1 d}").scope());
        assertEquals(Rule.Scope.FLOW,
            rule("id: 1\nalert: a\nwhen: {protocol: ssh}\ncount: {by: source, over: 9, within: 1 min}").scope());
    }

    @Test
    void shouldAskTextInEveryWayWithoutCaseUnlessTold() {
        final Step.Content equals = content(when("{tls.sni: Www.Example}"));
        assertEquals("www.example", text(equals));
        assertTrue(equals.noCase() && equals.startsWith() && equals.endsWith());
        final Step.Content starts = content(when("{tls.sni: {starts: 10, case: exact}}"));
        assertTrue(starts.startsWith() && !starts.endsWith() && !starts.noCase());
        final Step.Content contains = content(when("{tls.sni: {contains: Ab, case: exact, from: 2, to: 9}}"));
        assertEquals("Ab", text(contains));
        assertEquals(2, contains.offset().constant());
        assertEquals(7, contains.depth().constant());
        final Condition.BufferCondition regex =
            (Condition.BufferCondition) when("{tls.sni: {regex: '^a+$', length: {over: 3, under: 9}}}");
        assertEquals(new Step.Match("^a+$", "i", false, false, List.of()), regex.steps().get(0));
        assertEquals(new Step.Length(NumberSet.between(4, 8)), regex.steps().get(1));
        assertEquals(Buffer.Side.EITHER, regex.buffer().side());
    }

    @Test
    void shouldCombineChoicesSoThatAllKeysHoldForOneValue() {
        final Condition.Any any = (Condition.Any) when("{tls.sni: {starts: [a, b], ends: [y, z]}}");
        assertEquals(4, any.conditions().size());
        any.conditions().forEach(one -> assertEquals(2, ((Condition.BufferCondition) one).steps().size()));
    }

    @Test
    void shouldAskForADomainAndWhatIsUnderIt() {
        final Condition.Any any = (Condition.Any) when("{dns.queries.rrname: {domain: evil.example}}");
        assertEquals("evil.example", text(content(any.conditions().get(0))));
        assertEquals(".evil.example", text(content(any.conditions().get(1))));
        assertTrue(content(any.conditions().get(1)).endsWith() && !content(any.conditions().get(1)).startsWith());
    }

    @Test
    void shouldWriteBytesAsTheyArePrinted() {
        assertEquals("02:00:5e", text(content(when("{dhcp.client_mac: {starts: 02005E}}"))));
        assertEquals("abcdef01", text(content(when("{ssh.client.hassh.hash: {starts: 'AB:CD:EF:01'}}"))));
    }

    @Test
    void shouldReadPayloadAsBytes() {
        final Step.Content bytes = content(when("{payload: {starts: \"\\x16\\x03\\xff\"}}"));
        assertEquals(List.of((byte) 0x16, (byte) 3, (byte) -1),
            List.of(bytes.bytes().at(0), bytes.bytes().at(1), bytes.bytes().at(2)));
        assertFalse(content(when("{payload: {contains: Abc}}")).noCase());
    }

    @Test
    void shouldReadNumbersOfFieldsFlowsAndFrames() {
        assertEquals(new NumberSet(List.of(new NumberSet.Range(404, 404), new NumberSet.Range(500, 599)), false),
            ((Condition.FieldNumber) when("{http.status: [404, 500-599]}")).numbers());
        assertEquals(NumberSet.between(10_000_001, Long.MAX_VALUE),
            ((Condition.FlowFact) when("{flow.bytes.to_server: {over: 10 MB}}")).numbers());
        assertEquals(NumberSet.between(3_601, Long.MAX_VALUE),
            ((Condition.FlowFact) when("{flow.age: {over: 1 h}}")).numbers());
        assertEquals(NumberSet.of(64), ((Condition.PacketFact) when("{packet.ttl: 64}")).numbers());
        assertEquals(NumberSet.of(1), ((Condition.FieldNumber) when("{tls.session_resumed: true}")).numbers());
    }

    @Test
    void shouldReadAddressesGroupsAndPorts() {
        final LoadedRules loaded = load("""
            groups: {servers: [10.1.0.0/16, 2001:db8::1]}
            rules:
            - {id: 1, alert: a, when: {destination: servers, destination.port: {over: 1023}, not: {source: home}}}
            """);
        assertEquals(List.of(), loaded.faults());
        final Rule rule = loaded.rules().get(0);
        assertTrue(rule.header().bothWays());
        assertTrue(rule.header().source().addresses().isAny());
        assertTrue(rule.header().destination().addresses().contains(4, 0, 0x0a01_0203));
        assertFalse(rule.header().destination().addresses().contains(4, 0, 0x0a02_0203));
        assertTrue(rule.header().destination().ports().contains(1024));
        assertFalse(rule.header().destination().ports().contains(1023));
        final Condition.Not not = (Condition.Not) ((Condition.All) rule.condition()).conditions().get(2);
        assertTrue(((Condition.FlowEndpoint) not.condition()).accepted().addresses().contains(4, 0, 0xc0a8_0001L));
    }

    @Test
    void shouldCompareTimesWithNowAndWithDates() {
        assertEquals(NumberSet.between(Long.MIN_VALUE, 30 * 86_400 - 1),
            ((Condition.FieldTime) when("{tls.notafter: {before: now + 30 d}}")).seconds());
        assertEquals(NumberSet.between(1_577_836_801, Long.MAX_VALUE),
            ((Condition.FieldNumber) when("{tls.notbefore: {after: 2020-01-01}}")).numbers());
    }

    @Test
    void shouldAskForPresenceNumberAndSamenessOfFields() {
        assertInstanceOf(Condition.Not.class, when("{tls.version: TLSv1, tls.sni: {present: false}}") instanceof
            Condition.All all ? all.conditions().get(1) : null);
        assertEquals(NumberSet.between(4, Long.MAX_VALUE),
            ((Condition.FieldCount) when("{tls.client_alpns: {instances: {over: 3}}}")).counts());
        final Condition.SameField same = (Condition.SameField) when("{tls.subject: {same_as: tls.issuerdn}}");
        assertEquals("tls.subject", same.field().name());
        assertEquals("tls.issuerdn", same.other().name());
    }

    @Test
    void shouldCarryNotToTheLeavesSinceWhatAFlowIsNotIsKnownLate() {
        assertEquals(new Condition.Application(List.of(Tls.PROTOCOL), true), when("{not: {protocol: tls}}"));
        final Condition.Any any = (Condition.Any) when("{not: {protocol: tls, destination.port: 443}}");
        assertEquals(new Condition.Application(List.of(Tls.PROTOCOL), true), any.conditions().get(0));
        assertInstanceOf(Condition.Not.class, any.conditions().get(1));
        assertEquals(new Condition.FlowBit(Set.of("b"), true), when("{not: {flow.bit: b}}"));
    }

    @Test
    void shouldReadStateFlagsTransportAndEvents() {
        assertEquals(new Condition.TcpFlags(2, 0xc0, Condition.TcpFlags.Mode.EXACTLY), when("{tcp.flags: syn}"));
        assertEquals(new Condition.All(List.of(new Condition.TcpFlags(3, 0, Condition.TcpFlags.Mode.ALL_OF),
            new Condition.TcpFlags(16, 0, Condition.TcpFlags.Mode.NONE_OF))),
            when("{tcp.flags: {all: [syn, fin], none: ack}}"));
        assertEquals(new Condition.FlowState(false, null, false, null, null), when("{flow.state: new}"));
        assertEquals(Set.of(17), rule("id: 1\nalert: a\nwhen: {transport: udp, packet.ttl: 1}").header().traffic()
            .ipProtocols());
        assertEquals(new Condition.Event(Condition.Event.Kind.STREAM, "stream.reassembly_seq_gap"),
            when("{event: stream.reassembly_seq_gap}"));
    }

    @Test
    void shouldLookUpListsOfFilesInThem(@TempDir final Path folder) throws IOException {
        Files.writeString(folder.resolve("bad.txt"), "# comment\nEvil.example\n\n evil.test \n");
        Files.writeString(folder.resolve("nets.txt"), "10.0.0.0/8\n2001:db8::/32\n");
        final Path file = folder.resolve("r.yaml");
        Files.writeString(file, """
            rules:
            - {id: 1, alert: a, when: {tls.sni: {domain_in: bad.txt}}}
            - {id: 2, alert: a, when: {destination: {in: nets.txt}}}
            - {id: 3, alert: a, when: {tls.sni: {in: missing.txt}}}
            """);
        final LoadedRules loaded = YamlRules.load(List.of(file), context());
        final Condition.BufferCondition names = (Condition.BufferCondition) loaded.rules().get(0).condition();
        final Step.OneOf step = (Step.OneOf) names.steps().get(0);
        assertEquals(2, step.values().size());
        assertTrue(step.values().contains(Literals.TEXT.read("evil.example", true)));
        assertTrue(step.suffixes());
        assertEquals(1, names.transforms().size());
        assertTrue(loaded.rules().get(1).header().destination().addresses().contains(6, 0x2001_0db8_0000_0000L, 9));
        assertEquals(1, loaded.faults().size());
        assertTrue(loaded.faults().get(0).toString().startsWith(file + ":4:42: error: the list "),
            loaded.faults().toString());
    }

    @Test
    void shouldCountRulesThatAreNotEnabledOrHaveExpired() {
        final LoadedRules loaded = load("""
            rules:
            - {id: 1, alert: a, enabled: false, when: {http.method: PUT}}
            - {id: 2, alert: a, expires: 2026-06-01, when: {http.method: PUT}}
            - {id: 3, alert: a, expires: 2026-06-02, when: {http.method: PUT}}
            """);
        assertEquals(List.of(), loaded.faults());
        assertEquals(1, loaded.written());
        assertEquals(2, loaded.disabled());
        assertEquals(3, loaded.rules().get(0).id().signature());
    }

    @Test
    void shouldTellAllFaultsWithPlaceAndNearestWord() {
        final List<String> faults = faults("""
            rules:
            - id: 1
              alert: a
              severty: high
              when:
                http.hots: a
                http.status: many
                protocol: htttp
            - id: 1
              alert: b
              when: {destination: serverz, destination.port: 70000}
            - when: {http.host: a}
            """);
        assertEquals(List.of(
            "t.yaml:4:3: error: a rule has no 'severty'; did you mean 'severity'?",
            "t.yaml:6:5: error: 'when' has no 'http.hots'; did you mean 'http.host'?",
            "t.yaml:7:18: error: 'http.status' must be a number, not 'many'",
            "t.yaml:8:15: error: there is no protocol 'htttp'; did you mean 'http'?",
            "t.yaml:11:23: error: no group of addresses is called 'serverz'; there are home",
            "t.yaml:11:50: error: ports are from 0 to 65535",
            "t.yaml:12:3: error: the rule needs an 'id', a number of its own",
            "t.yaml:12:3: error: the rule needs one of 'alert', 'pass' and 'silent', with its message"), faults);
    }

    @Test
    void shouldRefuseRulesThatCannotMatchOrSayTooLittle() {
        assertTrue(fault("{http.host: a, tls.sni: b}").endsWith("no protocol has all the fields that the rule asks"));
        assertTrue(fault("{not: {http.host: a}}").contains("only what they must not be"));
        assertTrue(fault("{}").contains("asks nothing"));
        assertTrue(fault("{http.host: {}}").contains("'http.host' asks nothing"));
        assertTrue(fault("{payload: {}}").contains("'payload' asks nothing"));
        assertTrue(fault("{payload: {contains: ''}}").contains("'contains' must be a word or text, not ''"));
        assertTrue(fault("{any: []}").contains("is a list of conditions"));
        assertTrue(fault("{http.status: {over: 5, under: 6}}").contains("no number is over 5 and under 6"));
        assertTrue(fault("{http.uri: {regex: '(a'}}").contains("the expression cannot be used: "));
        assertTrue(fault("{tls.ja3: a}").contains("'when' has no 'tls.ja3'"));
        assertTrue(fault("{not: {transport: tcp}}").contains("at the top of 'when' alone"));
        assertEquals(List.of("t.yaml:3:56: error: the id 7 belongs to the rule at t.yaml:2:3"), faults("""
            rules:
            - {id: 7, alert: a, when: {http.method: PUT}}
            -                                                      {id: 7, alert: a, when: {http.method: PUT}}
            """));
    }

    @Test
    void shouldRefuseASeverityThatIsNoWord() {
        assertEquals(List.of("t.yaml:2:31: error: 'severity' must be a word or text, not 'key: value'"), faults("""
            rules:
            - {id: 1, alert: a, severity: {high: 1}, when: {tls.sni: a}}
            """));
    }

    @Test
    void shouldRefuseProtocolsThatNoFlowIsTogether() {
        assertEquals("t.yaml:1:44: error: the fields that the rule asks are of http, http2, and 'protocol' asks for "
            + "ntp: no flow is both", fault("{protocol: ntp, http.host: a}"));
        assertTrue(fault("{protocol: ntp, http.uri: a}").endsWith("'protocol' asks for ntp: no flow is both"));
        assertTrue(fault("{protocol: ntp, all: [{http.host: a}]}").endsWith("no flow is both"));
        assertTrue(fault("{all: [{protocol: dns}, {protocol: [ssh, ntp]}]}").endsWith(
            "no flow is dns and ssh, ntp too"));
        assertTrue(fault("{protocol: dns, not: {protocol: [dns, mdns]}}").endsWith("asks for dns and for what is not"));
        assertTrue(fault("{not: {protocol: ssh}, ssh.client.software_version: a}").endsWith("which it excludes"));
        assertTrue(fault("{transport: udp, protocol: ssh}").endsWith(":45: error: ssh is never recognised over udp"));
        assertTrue(fault("{transport: udp, ssh.client.software_version: a}").endsWith(
            "the fields that the rule asks are of ssh, which is never recognised over udp"));
        assertTrue(fault("{transport: udp, packet.tcp_window: 1}").endsWith(
            "the rule asks what frames of udp do not have: packet.tcp_window"));
        assertTrue(fault("{transport: icmp, tcp.flags: syn}").endsWith("do not have: tcp.flags"));
        for (final String possible : List.of("{protocol: tls, http.host: a}", "{protocol: ssh, http.method: CONNECT}",
            "{protocol: [dns, http], http.host: a}", "{protocol: smtp, tls.sni: a}", "{protocol: socks, dns.rcode: a}",
            "{protocol: dns, any: [{dns.rcode: a}, {http.host: a}]}", "{protocol: doh, http.host: a}",
            "{transport: udp, dns.rcode: a}", "{protocol: dns, http.host: a}", "{protocol: http2, dns.rcode: a}",
            "{protocol: openvpn, http.method: CONNECT}", "{transport: icmpv6, packet.icmp_type: 1}")) {
            when(possible);
        }
    }

    @Test
    void shouldRefuseNumbersThatNeverAre() {
        assertEquals("t.yaml:1:46: error: 'packet.ttl' is never 300: it is from 0 to 255", fault("{packet.ttl: 300}"));
        assertEquals("t.yaml:1:51: error: 'packet.ttl' is never 300 to 400: it is from 0 to 255",
            fault("{packet.ttl: [64, 300-400]}"));
        assertTrue(fault("{packet.ttl: {over: 255}}").endsWith("'packet.ttl' is never over 255: it is from 0 to 255"));
        assertTrue(fault("{packet.vlan_id: 4096}").endsWith("it is from 0 to 4095"));
        assertTrue(fault("{packet.tcp_window: 65536}").endsWith("it is from 0 to 65535"));
        assertTrue(fault("{flow.frames: {under: 0}}").endsWith("'flow.frames' is never under 0: it is at least 0"));
        assertTrue(fault("{http.host: {instances: -1}}").contains("'instances' is never -1: it is from 0"));
        assertTrue(fault("{tls.client_handshake.ciphers: 0x10000}").endsWith("never 65536: it is from 0 to 65535"));
        assertTrue(fault("{mqtt.qos: 4}").endsWith("it is from 0 to 3"));
        assertEquals(NumberSet.between(Long.MIN_VALUE, 299),
            ((Condition.PacketFact) when("{packet.ttl: {under: 300}}")).numbers());
    }

    @Test
    void shouldStayWithinBoundsWhateverTheTextIs() {
        assertTrue(faults("[".repeat(100_000)).get(0).contains("nested deeper than 32 levels"));
        final StringBuilder laughs = new StringBuilder("rules: [{id: 1, alert: &a0 [a], when: {any: []}}");
        for (int i = 1; i < 9; i++) {
            laughs.append(",\n{id: 1, alert: &a").append(i).append(" [");
            for (int j = 0; j < 10; j++) {
                laughs.append(j == 0 ? "" : ", ").append("*a").append(i - 1);
            }
            laughs.append("]}");
        }
        assertEquals(List.of("t.yaml:1:1: error: aliases repeat more than there can be in a file of rules"),
            faults(laughs + "]"));
        assertTrue(faults("rules: [{id: 1, alert: a, when: &a {not: *a}}]").get(0).contains("aliases repeat more"));
        assertTrue(fault("{any: [" + "{packet.ttl: 1}, ".repeat(1_000) + "]}").contains("more than 1000 conditions"));
        assertTrue(fault("{not: ".repeat(20) + "{packet.ttl: 1}" + "}".repeat(20)).contains("deeper than 16 levels"));
        assertTrue(faults("rules: [{").get(0).startsWith("t.yaml:1:10: error: "));
        assertEquals(1, faults("").size());
        assertEquals(List.of(), faults("rules:"));
        assertEquals(1, faults("just words").size());
    }

    @Test
    void shouldKeepWordsOfTheLanguageApartFromFields() {
        final Vocabulary words = Vocabulary.get();
        final int separate = Vocabulary.WORDS.size() + words.flowNumbers().size() + words.packetNumbers().size()
            + words.fields().size();
        assertEquals(separate, words.conditions().size());
    }

    @Test
    void shouldTellFaultsOfAnyTextAndNeverThrow() throws IOException {
        final Random random = new Random(5);
        final String[] odd = {"{", "}", "[", "]", ":", "-", "'", "\"", "&a ", "*a", "!x ", "0x", "9".repeat(18),
            "\u00e9",
            "\n", "  ", "null", "over", "|", "\t"};
        for (final String name : List.of("dns.yaml", "scans.yaml", "threats.yaml", "services.yaml")) {
            final String text = Files.readString(RuleSchemaTest.config().resolve("rules").resolve(name));
            for (int round = 0; round < 100; round++) {
                final StringBuilder changed = new StringBuilder(text);
                for (int i = 0; i <= random.nextInt(3); i++) {
                    final int at = random.nextInt(changed.length());
                    changed.replace(at, Math.min(changed.length(), at + random.nextInt(4)),
                        odd[random.nextInt(odd.length)]);
                }
                final LoadedRules loaded = load(changed.toString());
                assertTrue(loaded.rules().size() <= loaded.written(), changed.toString());
            }
        }
    }
}
