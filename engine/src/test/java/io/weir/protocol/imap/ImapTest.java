package io.weir.protocol.imap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImapTest {
    @Test
    void shouldHandOverAfterStartTls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = Talk.tcp(143).server("* OK hello\r\n").client(". STARTTLS\r\n").server(". OK go\r\n")
                .client("SSH-2.0-inner\r\n").segmented(bytes);
            assertEquals(List.of("imap", "ssh"), talk.protocols());
        }
    }

    @Test
    void shouldStopWhenTheClientIsIn() {
        final Talk talk = Talk.tcp(143).server("* OK hello\r\n").client("a1 LOGIN {3}\r\n").server("+ go\r\n")
            .client("annx {3+}\r\nSTA\r\n").server("a1 OK in\r\n").client("a2 SELECT x\r\n");
        assertEquals("imap", talk.protocol());
        assertTrue(talk.isCutOff());
        assertFalse(Talk.tcp(143).server("* OK hello\r\n").client("a1 LOGIN a b\r\n").server("a1 NO\r\n").isCutOff());
    }

    @Test
    void shouldRecogniseEitherSide() {
        assertEquals("imap", Talk.tcp(9).server("* PREAUTH x\r\n").segmented(1).protocol());
        assertEquals("imap", Talk.tcp(9).client("a001 CAPABILITY\r\n").segmented(1).protocol());
        assertEquals("imap", Talk.tcp(9).client("a LOGIN x y\r\n").server("* CAPABILITY\r\n").protocol());
        assertNotEquals("imap", Talk.tcp(143).client("GET LIST\r\n").protocol());
        assertNotEquals("imap", Talk.tcp(143).server("* OKAY\r\n").protocol());
        assertNotEquals("imap", Talk.tcp(143).server(Talk.hex("2a204f4b 20 0102030d0a")).protocol());
    }
}
