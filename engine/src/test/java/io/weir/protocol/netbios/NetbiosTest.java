package io.weir.protocol.netbios;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetbiosTest {
    private static final String NAME = "20" + "4341".repeat(16) + "00";

    @Test
    void shouldRecogniseEachService() {
        final byte[] query = Talk.hex("12340110 0001 0000 0000 0000" + NAME + "0020 0001");
        assertEquals("netbios-ns", Talk.udp(137, 137).client(query).protocol());
        assertEquals("netbios-ns", Talk.udp(5000).client(query).protocol());
        final byte[] datagram = Talk.hex("110a1234 c0000201 008a 00bb 0000" + NAME + NAME + "ff534d42");
        assertEquals("netbios-dgm", Talk.udp(138, 138).client(datagram).protocol());
    }

    @Test
    void shouldHandTheSessionOver() {
        final Talk talk = Talk.tcp(139).client(Talk.hex("81000044" + NAME + NAME)).server(Talk.hex("82000000"))
            .client("SSH-2.0-test\r\n").server("SSH-2.0-test\r\n");
        assertEquals(List.of("netbios-ssn", "ssh"), talk.protocols());
        assertEquals(List.of("netbios-ssn", "ssh"), talk.segmented(1).protocols());
    }

    @Test
    void shouldReadSmbWithinTheSession() {
        // NT LM 0.12 is asked for, and chosen.
        final byte[] negotiate = Talk.hex("0000002f ff534d42 72 00000000 18 0128 0000 0000000000000000 0000 0000 2f4b"
            + "0000 c55e 00 0c00 02 4e54204c4d20302e313200");
        final byte[] answer = Talk.hex("00000025 ff534d42 72 00000000 98 0128 0000 0000000000000000 0000 0000 2f4b"
            + "0000 c55e 01 0000 0000");
        final byte[] request = Talk.hex("81000044" + NAME + NAME);
        final Talk talk = Talk.tcp(139).client(request).server(Talk.hex("82000000")).client(negotiate).server(answer);
        for (final Talk told : List.of(talk, talk.segmented(1), talk.segmented(5),
            // The server's consent was captured too late, or never.
            Talk.tcp(139).client(request).client(negotiate).server(Talk.hex("82000000")).server(answer),
            Talk.tcp(139).client(request).client(negotiate).server(answer))) {
            assertEquals(List.of("netbios-ssn", "smb"), told.protocols());
            assertEquals(1, told.objects().size());
            assertTrue(told.objects().get(0).contains("\"command\":\"SMB1_COMMAND_NEGOTIATE_PROTOCOL\""),
                told.objects().get(0));
        }
        assertEquals(List.of("netbios-ssn"), Talk.tcp(139).client(request).server(Talk.hex("83000001 80")).protocols());
    }

    @Test
    void shouldNotTakeOtherNamesForNetbios() {
        assertNull(Talk.udp(137).client(Talk.hex("12340110 0001 0000 0000 0000 20" + "5a5a".repeat(16)
            + "00 0020 0001")).protocol());
        assertNull(Talk.tcp(139).client(Talk.hex("81000044 20" + "5a5a".repeat(33) + "00")).protocol());
    }
}
