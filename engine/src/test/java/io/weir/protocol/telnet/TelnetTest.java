package io.weir.protocol.telnet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class TelnetTest {
    /** DO TERMINAL-TYPE, DO NEW-ENVIRON, WILL ECHO; then what is asked, and the answers of the client. */
    private static Talk talk() {
        return Talk.tcp(23).server(Talk.hex("fffd18 fffd27 fffb01"))
            .client(Talk.hex("fffb18 fffb27 fffd01 fffc23"))
            .server(Talk.hex("fffa1801fff0"))
            .client(Talk.hex("fffa1800 787465726d fff0"));
    }

    private static String session(final String members) {
        return "\"weir\":{\"telnet\":{" + members + "}}";
    }

    private static final String OPTIONS = "\"client_options\":[\"WILL TERMINAL-TYPE\",\"WILL NEW-ENVIRON\","
        + "\"DO ECHO\",\"WONT X-DISPLAY-LOCATION\"],\"server_options\":[\"DO TERMINAL-TYPE\",\"DO NEW-ENVIRON\","
        + "\"WILL ECHO\"],\"terminal\":\"xterm\"";

    @Test
    void shouldTellWhoLogsIn() {
        final Talk talk = talk().server("\r\nUnix\r\n\r\nbox login: ").client("anx").client("\bn\r\0").server("ann\r\n")
            .server("Password: ").client("secret\r\0").server("\r\nLogin incorrect\r\nbox login: ").client("bob\r\n")
            .server("bob\r\nPassword: ").client("x\r\n").server("\r\n$ ").client("ls\r\n");
        final List<String> expected = List.of(session(OPTIONS + ",\"prompt\":\"box login:\",\"user\":\"ann\""),
            session("\"prompt\":\"box login:\",\"user\":\"bob\""));
        assertEquals(expected, talk.objects());
        assertEquals("telnet", talk.protocol());
        for (int bytes = 1; bytes < 9; bytes++) {
            assertEquals(expected, talk.segmented(bytes).objects());
        }
    }

    /** As OpenBSD 2.6 does: the prompts share a line, and echo is negotiated in between. */
    @Test
    void shouldTellPromptsOfOneLineApart() {
        final Talk talk = talk().server("login: ").client("ann\r\0").server(Talk.hex("fffb01")).server("Password:")
            .client(Talk.hex("fffd01")).client("secret\r\0").server(Talk.hex("0d0a fffc01"))
            .server("Last login:").server(" Sat Nov 27\r\n$ ").client(Talk.hex("fffe01")).client("ls\r\0");
        assertEquals(1, talk.objects().size());
        assertTrue(talk.objects().get(0).endsWith(",\"prompt\":\"login:\",\"user\":\"ann\"}}"),
            talk.objects().get(0));
    }

    @Test
    void shouldTellTheUserOfTheEnvironment() {
        final Talk talk = talk().client(Talk.hex("fffa2700 00 55534552 01 616e6e 00 58 01 79 fff0"))
            .server("Password:").client("secret\r\n");
        assertEquals(List.of(session(OPTIONS + ",\"user\":\"ann\"")), talk.objects());
    }

    @Test
    void shouldTellOptionsOfASessionWithoutLogin() {
        assertEquals(List.of(session(OPTIONS)), talk().server("hello\r\n").objects());
    }

    @Test
    void shouldStopReadingAfterABound() {
        assertTrue(talk().server("x".repeat(20_000)).isCutOff());
        final Talk many = Talk.tcp(23).server(Talk.hex("fffb03".repeat(200))).client(Talk.hex("fffa18".repeat(300)));
        assertEquals(32, many.objects().get(0).split("WILL", -1).length - 1);
        assertEquals(0, many.faults());
    }
}
