package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.catalogue.Protocols;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules get to see, beside what records have, of protocols whose messages are short. */
final class SideBuffersTest {
    private static Field field(final String name) {
        return Protocols.fields().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    private static void assertTold(final Talk talk, final List<String> fields, final String... told) {
        final Watcher watcher = Watcher.of(fields.stream().map(SideBuffersTest::field).toArray(Field[]::new));
        talk.watchedBy(watcher).protocol();
        assertEquals(List.of(told), watcher.told());
    }

    @Test
    void shouldTellNumbersOfDns() {
        assertTold(Talk.udp(53)
            .client(Talk.hex("1234 0100 0001 0000 0000 0000 03777777 0477656972 00 0001 0001"))
            .server(Talk.hex("1234 8183 0001 0001 0000 0000 03777777 0477656972 00 0001 0001 c00c 0010 0001 00000001"
                + "0002 0161")),
            List.of("dns.rcode.number", "dns.rrtype.number"),
            "> dns.rcode.number=0", "> dns.rrtype.number=1", "< dns.rcode.number=3",
            "< dns.rrtype.number=1", "< dns.rrtype.number=16");
    }

    @Test
    void shouldTellTheNamesOfAResponse() {
        assertTold(Talk.udp(53)
            .client(Talk.hex("1234 0100 0001 0000 0000 0000 03777777 0477656972 00 0001 0001"))
            .server(Talk.hex("1234 8180 0001 0001 0000 0000 03777777 0477656972 00 0001 0001 c00c 0005 0001 00000001"
                + "0004 0161c010")),
            List.of("dns.response.rrname"),
            "< dns.response.rrname=www.weir", "< dns.response.rrname=www.weir", "< dns.response.rrname=a.weir");
    }

    @Test
    void shouldReportDnsThatGoesTheWrongWay() {
        final Watcher watcher = Watcher.of();
        final byte[] query = Talk.hex("1234 0100 0001 0000 0000 0000 03777777 0477656972 00 0001 0001");
        final byte[] response = query.clone();
        response[2] = (byte) 0x81;
        Talk.udp(53).client(query).server(response).server(query).client(response).watchedBy(watcher).protocol();
        assertEquals(List.of("dns.not_a_response", "dns.not_a_request"), watcher.events());
    }

    @Test
    void shouldTellHeadersOfSip() {
        assertTold(Talk.udp(5060).client(String.join("\r\n", "OPTIONS sip:b SIP/2.0", "Via: SIP/2.0/UDP h",
            "f: <sip:a>", "To: <sip:b>", "User-Agent: x y", "Content-Type: a/b", "l: 0", "", ""))
            .server("SIP/2.0 200 OK\r\nTo: <sip:b>\r\n\r\n"),
            List.of("sip.from", "sip.to", "sip.via", "sip.user_agent", "sip.content_type", "sip.content_length"),
            "> sip.via=SIP/2.0/UDP h", "> sip.from=<sip:a>", "> sip.to=<sip:b>", "> sip.user_agent=x y",
            "> sip.content_type=a/b", "> sip.content_length=0", "< sip.to=<sip:b>");
    }

    @Test
    void shouldTellTheKindOfSnmpMessagesAsNumbers() {
        final String rest = "02 01 01 02 01 00 02 01 00 30 0d 30 0b 06 07 2b060102010101 05 00";
        assertTold(Talk.udp(161)
            .client(Talk.hex("30 25 02 01 00 04 06 7075626c6963 a0 18" + rest.replace(" ", "")))
            .server(Talk.hex("30 25 02 01 00 04 06 7075626c6963 a2 18" + rest.replace(" ", ""))),
            List.of("snmp.pdu_type.number"), "> snmp.pdu_type.number=0", "< snmp.pdu_type.number=2");
    }

    @Test
    void shouldTellTypesOfMqttMessages() {
        assertTold(Talk.tcp(1883).client(Talk.hex("10 0d 0004 4d515454 04 02 003c 0001 61"))
            .server(Talk.hex("20 02 0000")).client(Talk.hex("c000")),
            List.of("mqtt.type.number"), "> mqtt.type.number=1", "< mqtt.type.number=2", "> mqtt.type.number=12");
    }
}
