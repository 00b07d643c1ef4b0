package io.weir.protocol.dhcp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class DhcpTest {
    private static final String EMPTY = "00".repeat(202);
    private static final byte[] REQUEST = Talk.hex("01010600 0000abcd 00000000 0a000005 00000000 00000000 00000000"
        + "020000000001" + EMPTY + "63825363 350103 3d0701020000000001 0c036e6173 3204 0a000005 3705 01030f06ff ff");
    private static final byte[] ACK = Talk.hex("02010600 0000abcd 00000000 0a000005 0a000005 0a000001 00000000"
        + "020000000001" + EMPTY + "63825363 350105 3304 00000e10 3a04 00000708 3b04 00000c4e 0104 ffffff00"
        + "0308 0a0000010a000002 0604 0a000001 ff");

    @Test
    void shouldTellBothSides() {
        final Talk talk = Talk.udp(68, 67).client(REQUEST).server(ACK);
        assertEquals("dhcp", talk.protocol());
        assertEquals(List.of("\"dhcp\":{\"type\":\"request\",\"id\":43981,\"client_mac\":\"02:00:00:00:00:01\","
            + "\"assigned_ip\":\"0.0.0.0\",\"client_ip\":\"10.0.0.5\",\"dhcp_type\":\"request\","
            + "\"client_id\":\"02:00:00:00:00:01\",\"hostname\":\"nas\",\"requested_ip\":\"10.0.0.5\","
            + "\"params\":[\"subnet_mask\",\"router\",\"domain\",\"dns_server\"]}",
            "\"dhcp\":{\"type\":\"reply\",\"id\":43981,\"client_mac\":\"02:00:00:00:00:01\","
            + "\"assigned_ip\":\"10.0.0.5\",\"client_ip\":\"10.0.0.5\",\"relay_ip\":\"0.0.0.0\","
            + "\"next_server_ip\":\"10.0.0.1\",\"dhcp_type\":\"ack\",\"lease_time\":3600,\"renewal_time\":1800,"
            + "\"rebinding_time\":3150,\"subnet_mask\":\"255.255.255.0\","
            + "\"routers\":[\"10.0.0.1\",\"10.0.0.2\"],\"dns_servers\":[\"10.0.0.1\"]}"), talk.objects());
        assertTrue(talk.records().get(1).contains("\"src_port\":67,"), () -> talk.records().get(1));
    }

    @Test
    void shouldReadOptionsWhereTheirPlaceWasOverloaded() {
        final byte[] both = Talk.hex("01010600 0000abcd" + "00".repeat(16) + "00".repeat(20) + "0c0173ff"
            + "00".repeat(60) + "0c0166ff" + "00".repeat(124) + "63825363 340103 ff");
        final List<String> objects = Talk.udp(68, 67).client(both).objects();
        assertTrue(objects.get(0).contains("\"hostname\":\"f\",\"hostname\":\"s\""), objects::toString);
    }

    @Test
    void shouldSurviveOptionsThatEndBeyondTheMessage() {
        final byte[] cut = Talk.hex("01010600 0000abcd 00000000 0a000005 00000000 00000000 00000000 020000000001"
            + EMPTY + "63825363 350101 37ff01");
        final Talk talk = Talk.udp(68, 67).client(cut);
        assertEquals(2, talk.records().size());
        assertEquals(0, talk.faults());
        assertNull(Talk.udp(68, 67).client(Talk.hex("0101060000")).protocol());
    }
}
