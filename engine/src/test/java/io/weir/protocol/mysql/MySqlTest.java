package io.weir.protocol.mysql;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class MySqlTest {
    private static final byte[] GREETING = Talk.hex("2d000000 0a 382e302e3100 07000000 0102030405060708 00 ffff"
        + "08 0200 ffc1 15 00000000000000000000 090a0b0c0d0e0f10 00");
    private static final byte[] TLS_REQUEST =
        Talk.hex("20000001 8faa3a00 ffffff00 21 0000000000000000000000000000000000000000000000");
    private static final byte[] LOGIN =
        Talk.hex("24000001 8da23a00 ffffff00 21 0000000000000000000000000000000000000000000000 616e6e00");

    @Test
    void shouldHandOverToTlsWhenTheClientAsksForIt() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Talk talk = Talk.tcp(3306).server(GREETING).client(TLS_REQUEST).client("SSH-2.0-inner\r\n")
                .segmented(bytes);
            assertEquals(List.of("mysql", "ssh"), talk.protocols());
            assertEquals(0, talk.faults());
        }
    }

    @Test
    void shouldReadNothingBehindALoginInTheClear() {
        final Talk talk = Talk.tcp(3306).server(GREETING).client(LOGIN).server(Talk.hex("0700000200000002000000"))
            .client("SSH-2.0-inner\r\n");
        assertEquals(List.of("mysql"), talk.protocols());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldGiveUpBehindAGap() {
        final Talk talk = Talk.tcp(3306).server(GREETING).gap(true, 36).client("SSH-2.0-inner\r\n");
        assertEquals(List.of("mysql"), talk.protocols());
        assertTrue(talk.isCutOff());
    }

    @Test
    void shouldWaitForTheRestOfARequest() {
        final Talk talk = Talk.tcp(3306).server(GREETING).client(Talk.hex("20000001 8faa3a00"));
        assertEquals(List.of("mysql"), talk.protocols());
        assertFalse(talk.isCutOff());
    }
}
