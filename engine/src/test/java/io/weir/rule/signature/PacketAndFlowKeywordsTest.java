package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Protocol;
import io.weir.rule.model.AcrossFlows.HostBit;
import io.weir.rule.model.AcrossFlows.Key.Part;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition.Fragment;
import io.weir.rule.model.Condition.Reputation.ReputationOf;
import io.weir.rule.model.Condition.TcpFlags;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Effect;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Severity;
import io.weir.rule.model.Value;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers and bits of packets, state of flows and hosts: what the smallest rules are read as. */
final class PacketAndFlowKeywordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "ttl:5; ~ TTL ~ 5 ~ 6",
        "ttl:<5; ~ TTL ~ 4 ~ 5",
        "ttl:10-20; ~ TTL ~ 11 ~ 10",
        "dsize:10<>20; ~ PAYLOAD_SIZE ~ 19 ~ 20",
        "dsize:>=10; ~ PAYLOAD_SIZE ~ 10 ~ 9",
        "dsize:!10; ~ PAYLOAD_SIZE ~ 9 ~ 10",
        "itype:>10; ~ ICMP_TYPE ~ 11 ~ 10",
        "icode:0; ~ ICMP_CODE ~ 0 ~ 1",
        "icmp_id:0x10; ~ ICMP_ID ~ 16 ~ 10",
        "icmp_seq:1; ~ ICMP_SEQUENCE ~ 1 ~ 2",
        "seq:4294967295; ~ TCP_SEQUENCE ~ 4294967295 ~ 0",
        "ack:1; ~ TCP_ACKNOWLEDGEMENT ~ 1 ~ 0",
        "window:!55808; ~ TCP_WINDOW ~ 1 ~ 55808",
        "tcp.mss:<536; ~ TCP_MSS ~ 535 ~ 536",
        "id:1; ~ IP_ID ~ 1 ~ 2",
        "tos:8; ~ TOS ~ 8 ~ 0",
        "ip_proto:GRE; ~ IP_PROTOCOL ~ 47 ~ 6",
        "ip_proto:!tcp; ~ IP_PROTOCOL ~ 17 ~ 6",
        "vlan.id:>100; ~ VLAN_ID ~ 101 ~ 100",
        "vlan.id:7,0; ~ VLAN_OUTER_ID ~ 7 ~ 8",
        "vlan.id:7,1; ~ VLAN_INNER_ID ~ 7 ~ 8",
        "vlan.id:7,2; ~ VLAN_THIRD_ID ~ 7 ~ 8",
        "vlan.id:7,-3; ~ VLAN_THIRD_FROM_LAST_ID ~ 7 ~ 8",
        "vlan.id:7,-1; ~ VLAN_LAST_ID ~ 7 ~ 8",
        "vlan.id:7,-2; ~ VLAN_NEXT_TO_LAST_ID ~ 7 ~ 8",
        "vlan.id:7,all; ~ VLAN_EVERY_ID ~ 7 ~ 8",
        "dsize:!10-20; ~ PAYLOAD_SIZE ~ 20 ~ 19",
        "dsize:>=1kb; ~ PAYLOAD_SIZE ~ 1024 ~ 1023",
        "dsize:<2MiB; ~ PAYLOAD_SIZE ~ 2097151 ~ 2097152",
        "tos:&0xc0=0x80; ~ TOS ~ 0x8f ~ 0xcf",
        "tos:&0xc0!=0; ~ TOS ~ 0x40 ~ 0x3f",
        "vlan.layers:2; ~ VLAN_LAYERS ~ 2 ~ 1"})
    void shouldCompareNumbersOfPackets(final String option, final PacketNumber number, final String yes,
        final String no) {
        final Condition.PacketFact fact = (Condition.PacketFact) Loaded.condition(option);
        assertEquals(number, fact.number());
        assertTrue(fact.numbers().contains(Long.decode(yes)) && !fact.numbers().contains(Long.decode(no)),
            fact::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ttl:", "ttl:a;", "ttl:<0;", "dsize:5<>6;", "dsize:20<>10;", "seq:0x-5;", "ttl:--5;",
        "flags:+;", "flags:SZ;", "fragbits:X;", "ipopts:none;", "flow:to_server,to_client;", "flow:etablished;",
        "flowbits:set;", "flowbits:put,a;", "flowint:a,+;", "flowint:a,~,1;", "xbits:set,a,track by_src;",
        "tos:&3=4;", "tos:&0=0;", "threshold:type limit, track by_src, seconds 1;",
        "stream_size:left,>,1;", "tag:session,5,bites;"})
    void shouldSayWhatIsWrong(final String options) {
        final LoadedRules loaded = Loaded.lines("alert tcp any any -> any any (" + options + " sid:1;)");
        assertEquals(List.of(), loaded.rules());
        assertEquals(Severity.ERROR, loaded.faults().get(0).severity());
    }

    @Test
    void shouldReadFlagsOfTcp() {
        assertEquals(new TcpFlags(0x12, 0, TcpFlags.Mode.EXACTLY), Loaded.condition("flags:SA;"));
        assertEquals(new TcpFlags(2, 0xc0, TcpFlags.Mode.EXACTLY), Loaded.condition("flags:S,CE;"));
        assertEquals(new TcpFlags(0x18, 0, TcpFlags.Mode.ALL_OF), Loaded.condition("flags:+PA;"));
        assertEquals(new TcpFlags(3, 0xc0, TcpFlags.Mode.ANY_OF), Loaded.condition("flags:*SF,12;"));
        assertEquals(new TcpFlags(2, 0, TcpFlags.Mode.NONE_OF), Loaded.condition("flags:!S;"));
        assertEquals(2, ((Condition.Any) Loaded.condition("flags:!SF;")).conditions().size());
        assertEquals(new TcpFlags(0, 0, TcpFlags.Mode.EXACTLY), Loaded.condition("flags:0;"));
    }

    @Test
    void shouldReadFragmentsAndOptions() {
        assertEquals(new Fragment(true, false, false, null, false), Loaded.condition("fragbits:M;"));
        assertEquals(new Fragment(null, true, null, null, false), Loaded.condition("fragbits:D+;"));
        assertEquals(new Fragment(true, null, null, null, true), Loaded.condition("fragbits:!M;"));
        assertEquals(new Fragment(null, null, null, NumberSet.of(0).not(), false), Loaded.condition("fragoffset:!0;"));
        assertEquals(new Condition.IpOption(131), Loaded.condition("ipopts:lsrr;"));
        assertEquals(new Condition.IpOption(-1), Loaded.condition("ipopts:any;"));
        assertEquals(new Condition.SameAddress(), Loaded.condition("sameip;"));
    }

    @Test
    void shouldReadStateOfFlows() {
        assertEquals(new Condition.FlowState(true, Condition.Direction.TO_SERVER, false, null, null),
            Loaded.condition("flow:established,from_client;"));
        assertEquals(new Condition.FlowState(null, null, true, false, true),
            Loaded.condition("flow:stateless,no_stream,only_frag;"));
        assertEquals(new Condition.FlowFact(FlowNumber.AGE, NumberSet.between(11, Long.MAX_VALUE)),
            Loaded.condition("flow.age:>10;"));
        assertEquals(new Condition.FlowFact(FlowNumber.FRAMES_TO_SERVER, NumberSet.of(3)),
            Loaded.condition("flow.pkts:toserver,3;"));
        assertEquals(new Condition.FlowFact(FlowNumber.STREAM_TO_CLIENT, NumberSet.between(-1, 4)),
            Loaded.condition("stream_size:server,<=,5;"));
        assertEquals(List.of("tls"), ((Condition.Application) Loaded.condition("app-layer-protocol:!tls;")).protocols()
            .stream().map(Object::toString).toList());
    }

    @Test
    void shouldAskAndChangeBitsAndCounters() {
        assertEquals(new Condition.FlowBit(Set.of("a", "b"), false), Loaded.condition("flowbits:isset,a|b;"));
        assertEquals(new Condition.FlowBit(Set.of("a"), true), Loaded.condition("flowbits:isnotset,a;"));
        assertEquals(List.of(new Effect.FlowBits(Set.of("a"), Effect.Change.SET)),
            Loaded.rule("flowbits:set,a;").effects());
        assertEquals(new Condition.FlowInt("n", NumberSet.between(6, Long.MAX_VALUE), false),
            Loaded.condition("flowint:n,>,5;"));
        assertEquals(new Condition.FlowInt("n", null, true), Loaded.condition("flowint:n,notset;"));
        assertEquals(new Condition.FlowIntDifference("n", "m", NumberSet.between(1, Long.MAX_VALUE)),
            Loaded.condition("flowint:n,>,m;"));
        assertEquals(new Condition.Any(List.of(new Condition.FlowBit(Set.of("a"), true),
            new Condition.FlowBit(Set.of("b"), true))), Loaded.condition("flowbits:isnotset,a|b;"));
        assertEquals(List.of(new Effect.FlowInt("n", '+', Value.of(1))), Loaded.rule("flowint:n,+,1;").effects());
    }

    @Test
    void shouldReadWhatConcernsSeveralFlowsInOrder() {
        final Rule rule = Loaded.rule("xbits:isset,a,track ip_src; threshold:type both, track by_dst, count 5, "
            + "seconds 60; xbits:set,b,track ip_pair,expire 10;");
        assertEquals(List.of(new HostBit("a", Part.SOURCE, HostBit.Command.IS_SET, 30),
            new AcrossFlows.Threshold(AcrossFlows.Threshold.Type.BOTH, Part.DESTINATION, 5, 60),
            new HostBit("b", Part.BOTH, HostBit.Command.SET, 10)), rule.acrossFlows());
        assertEquals(List.of(new AcrossFlows.DetectionFilter(Part.SOURCE, 3, 10)),
            Loaded.rule("detection_filter:track by_src, count 3, seconds 10;").acrossFlows());
        assertEquals(List.of(new AcrossFlows.DetectionFilter(Part.DESTINATION, Part.SOURCE_PORT, 20, 30)), Loaded.rule(
            "detection_filter:track by_dst, count 20, seconds 30, unique_on src_port;").acrossFlows());
        assertEquals(Severity.ERROR, Loaded.lines("alert ip any any -> any any (detection_filter:track by_dst, "
            + "count 2, seconds 3, unique_on dst_port; sid:1;)").faults().get(0).severity());
        assertEquals(List.of(new Effect.Tag(true, false, 10, Effect.Tag.Unit.PACKETS)),
            Loaded.rule("tag:host,10,packets,dst;").effects());
        assertEquals(List.of(new Effect.Tag(false, false, 256, Effect.Tag.Unit.PACKETS)),
            Loaded.rule("tag:session;").effects());
        assertEquals(List.of(new Effect.Tag(true, true, 256, Effect.Tag.Unit.PACKETS)),
            Loaded.rule("tag:host,src;").effects());
        assertEquals(List.of(new HostBit("a", Part.SOURCE, HostBit.Command.SET, 300),
            new HostBit("b", Part.DESTINATION, HostBit.Command.IS_SET, 10)),
            Loaded.rule("hostbits:set,a; hostbits:isset,b,dst,10;").acrossFlows());
        assertEquals(Action.SILENT, Loaded.rule("xbits:noalert;").action());
    }

    @Test
    void shouldSayThatWhatIsDoneToAFlowDoesNotWaitForBitsOfHosts() {
        final LoadedRules loaded = Loaded.lines("alert tcp any any -> any any (xbits:isset,a,track ip_src; "
            + "flowbits:set,b; sid:1;)", "alert tcp any any -> any any (xbits:set,a,track ip_src; flowbits:set,b; "
            + "sid:2;)");
        final LoadedRules tagging = Loaded.lines("alert tcp any any -> any any (tag:session; threshold:type limit, "
            + "track by_src, count 1, seconds 9; sid:1;)", "alert tcp any any -> any any (tag:session; "
            + "flowbits:set,b; sid:2;)");
        assertEquals(List.of(Severity.NOTE), tagging.faults().stream().map(fault -> fault.severity()).toList());
        assertEquals(2, loaded.rules().size());
        assertEquals(List.of(Severity.NOTE), loaded.faults().stream().map(fault -> fault.severity()).toList());
    }

    @Test
    void shouldReadEventsThatWeirReports() {
        assertEquals(new Condition.Event(Condition.Event.Kind.STREAM, "stream.reassembly_seq_gap"),
            Loaded.condition("stream-event:reassembly_seq_gap;"));
        assertEquals(new Condition.Event(Condition.Event.Kind.DECODE, "decoder.ipv4.frag_overlap"),
            Loaded.condition("decode-event:ipv4.frag_overlap;"));
        assertEquals(new Condition.Event(Condition.Event.Kind.APPLICATION, "tls.INVALID_RECORD_TYPE"),
            Loaded.conditions("app-layer-event:tls.invalid_record_type;").get(1));
        assertEquals(Severity.UNSUPPORTED, Loaded.fault("app-layer-event:tls.nothing;").severity());
        assertEquals(Severity.UNSUPPORTED, Loaded.fault("decode-event:nothing;").severity());
    }

    @Test
    void shouldAskReputations() {
        assertEquals(new Condition.Reputation(ReputationOf.DESTINATION, "CnC", NumberSet.between(31, Long.MAX_VALUE)),
            Loaded.condition("iprep:dst,CnC,>,30;"));
        assertEquals(new Condition.Reputation(ReputationOf.SOURCE, "a b", NumberSet.between(0, 127)),
            Loaded.condition("iprep:src, a b, isset;"));
        assertEquals(new Condition.Not(new Condition.Reputation(ReputationOf.BOTH, "x", NumberSet.between(0, 127))),
            Loaded.condition("iprep:any,x,isnotset;"));
        for (final String wrong : List.of("iprep:dst,CnC;", "iprep:dst,CnC,>,128;", "iprep:left,CnC,>,1;",
            "iprep:dst,CnC,~,1;", "iprep:dst,CnC,>;")) {
            assertEquals(Severity.ERROR, Loaded.fault(wrong).severity());
        }
    }

    private static List<String> names(final Condition condition) {
        return ((Condition.Application) condition).protocols().stream().map(Protocol::name).toList();
    }

    @Test
    void shouldAskStatesOfHandshakesHoweverOftenTheyAreNamed() {
        assertEquals(Loaded.condition("ssl_state:client_hello;"),
            Loaded.condition("ssl_state:client_hello,client_hello;"));
        assertEquals(Severity.UNSUPPORTED, Loaded.fault("ssl_state:|;").severity());
    }

    @Test
    void shouldAskWhatFlowsWereRecognisedAs() {
        assertEquals(List.of("tls", "dns"), names(Loaded.condition("app-layer-protocol:tls|dns,either;")));
        assertEquals(List.of("dns"), names(Loaded.condition("app-layer-protocol:dns,exact,to_server;")));
        assertEquals(new Condition.Unrecognised(false), Loaded.condition("app-layer-protocol:failed;"));
        final Condition.Any any = (Condition.Any) Loaded.condition("app-layer-protocol:unknown|tls;");
        assertEquals(List.of(new Condition.Unrecognised(true)), any.conditions().subList(0, 1));
        assertEquals(List.of("tls"), names(any.conditions().get(1)));
        assertEquals(List.of(new Condition.Application(List.of(), true, Condition.Application.Layer.SIDE),
            new Condition.Not(new Condition.Unrecognised(false))), Loaded.conditions("app-layer-protocol:!failed;"));
        assertEquals(Severity.ERROR, Loaded.fault("app-layer-protocol:!unknown;").severity());
        assertEquals("to_server", Loaded.fault("app-layer-protocol:tls,to_serve;").nearest());
        assertEquals(Condition.Application.Layer.LAST,
            ((Condition.Application) Loaded.condition("app-layer-protocol:tls,final;")).layer());
    }

    @Test
    void shouldLimitAlertsMoreAndMore() {
        assertEquals(List.of(new AcrossFlows.Backoff(Part.FLOW, 1, 10)),
            Loaded.rule("threshold:type backoff, track by_flow, count 1, multiplier 10;").acrossFlows());
        assertEquals(Severity.ERROR, Loaded.fault("threshold:type backoff, track by_flow, count 1;").severity());
        assertEquals(List.of(new AcrossFlows.Threshold(AcrossFlows.Threshold.Type.LIMIT, AcrossFlows.Key.Part.FLOW, 1,
            0)), Loaded.rule("threshold:type limit, track by_flow, count 1;").acrossFlows());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', value = {
        "tls_cert_notbefore:>2026-01-31; ~ 1769817600 ~ 9223372036854775807",
        "tls_cert_notafter:<2026; ~ -9223372036854775808 ~ 1767225600",
        "tls_cert_notafter:\"1970-01<>1970-01-02 03:04:05\"; ~ 0 ~ 97445",
        "tls_cert_notbefore:1970-01-01T00:01; ~ 60 ~ 60"})
    void shouldCompareDatesOfCertificates(final String option, final long from, final long to) {
        final Condition.FieldNumber asked = (Condition.FieldNumber) Loaded.condition(option);
        assertEquals(NumberSet.between(from, to), asked.numbers());
        assertEquals(option.contains("before") ? "tls.notbefore" : "tls.notafter", asked.field().name());
    }

    @Test
    void shouldCompareCertificatesWithTheTimeOfTheTraffic() {
        final Condition.FieldTime expired = (Condition.FieldTime) Loaded.condition("tls_cert_expired;");
        assertTrue(expired.seconds().contains(-1) && !expired.seconds().contains(0));
        assertEquals(2, Loaded.conditions("tls_cert_valid;").size());
        assertEquals(Severity.ERROR, Loaded.fault("tls_cert_notafter:2026-02-30;").severity());
        assertEquals(Severity.ERROR, Loaded.fault("tls_cert_notafter:soon;").severity());
    }
}
