package io.weir.protocol.snmp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class SnmpTest {
    private static final byte[] GET = Talk.hex("3026 020101 0406 7075626c6963 a019 020101 020100 020100"
        + "300e 300c 0608 2b06010201010500 0500");
    private static final byte[] RESPONSE = Talk.hex("3028 020101 0406 7075626c6963 a21b 020101 020100 020100"
        + "3010 300e 0608 2b06010201010500 0402 6869");

    @Test
    void shouldTellRequestsAndResponses() {
        final Talk talk = Talk.udp(161).client(GET).server(RESPONSE);
        assertEquals("snmp", talk.protocol());
        assertEquals(List.of("\"snmp\":{\"version\":2,\"pdu_type\":\"get_request\",\"vars\":[\"1.3.6.1.2.1.1.5.0\"],"
            + "\"community\":\"public\"}",
            "\"snmp\":{\"version\":2,\"pdu_type\":\"response\",\"vars\":[\"1.3.6.1.2.1.1.5.0\"],"
            + "\"community\":\"public\"}"), talk.objects());
    }

    @Test
    void shouldTellTraps() {
        final byte[] trap = Talk.hex("302b 020100 0406 7075626c6963 a41e 0607 2b060104018237 4004 c0000201"
            + "020103 020100 430164 3000");
        trap[1] = (byte) (trap.length - 2);
        trap[14] = (byte) (trap.length - 15);
        assertEquals(List.of("\"snmp\":{\"version\":1,\"pdu_type\":\"trap_v1\",\"trap_type\":\"LinkUp\","
            + "\"trap_oid\":\"1.3.6.1.4.1.311\",\"trap_address\":\"192.0.2.1\",\"community\":\"public\"}"),
            Talk.udp(162).client(trap).objects());
    }

    @Test
    void shouldTellTheUserOfVersion3AndThatTheRestIsEncrypted() {
        final String head = "020103 300e 020101 0203010000 0401%s 020103 0418 3016 0405 8000000001 020101 020102"
            + "0403 626f62 0400 0400";
        final byte[] plain = framed(String.format(head, "00")
            + "3016 0405 8000000001 0400 a00b 020101 020100 020100 3000");
        assertEquals(List.of("\"snmp\":{\"version\":3,\"pdu_type\":\"get_request\",\"usm\":\"bob\"}"),
            Talk.udp(161).client(plain).objects());
        final byte[] hidden = framed(String.format(head, "03") + "0408 0102030405060708");
        assertEquals(List.of("\"snmp\":{\"version\":3,\"pdu_type\":\"encrypted\"}"),
            Talk.udp(161).client(hidden).objects());
    }

    @Test
    void shouldNotMakeAVersionOfANumberThatCannotBeRead() {
        for (final String version : List.of("0200", "0209 000000000000000001")) {
            final List<String> told = Talk.udp(161).client(GET)
                .server(framed(version + "0406 7075626c6963 a20b 020101 020100 020100 3000")).records();
            assertEquals(1, told.stream().filter(line -> line.contains("\"event\":\"malformed_data\"")).count(),
                told::toString);
            assertEquals(0, told.stream().filter(line -> line.contains("\"response\"")).count(), told::toString);
        }
    }

    private static byte[] framed(final String content) {
        final int length = Talk.hex(content).length;
        return Talk.hex(String.format("30%02x", length) + content);
    }

    @Test
    void shouldNotTakeOtherValuesForMessages() {
        assertNull(Talk.udp(161).client(Talk.hex("3003 020101")).protocol());
        assertNull(Talk.udp(161).client(Talk.hex("3084 00000010 020103 60")).protocol());
        assertEquals(0, Talk.udp(161).client(GET).server(Talk.hex("30ff")).faults());
    }
}
