package io.weir.protocol.ftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class FtpTest {
    private static Talk greeted() {
        return Talk.tcp(21).server("220-hello\r\n there\r\n220 ready\r\n").client("user ann\r\n")
            .server("331 password\r\n");
    }

    @Test
    void shouldPairCommandsWithReplies() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 5}) {
            final Talk talk = greeted().segmented(bytes);
            assertEquals("ftp", talk.protocol());
            assertEquals(List.of("\"ftp\":{\"completion_code\":[\"220\",\"220\"],\"reply\":[\"hello\",\" there\","
                + "\"ready\"],\"reply_truncated\":false,\"reply_received\":\"yes\"}",
                "\"ftp\":{\"command\":\"USER\",\"command_data\":\"ann\",\"command_truncated\":false,"
                + "\"completion_code\":[\"331\"],\"reply\":[\"password\"],\"reply_truncated\":false,"
                + "\"reply_received\":\"yes\"}"), talk.objects());
        }
    }

    @Test
    void shouldRecogniseDataByWhatFilesBeginWith() {
        for (final String hex : List.of("89504e470d0a1a0a0000000d", "1f8b08000000000000030102", "504b03041400000008")) {
            final Talk talk = Talk.tcp(20).server(Talk.hex(hex));
            assertEquals("ftp-data", talk.protocol());
            assertEquals("ftp-data", talk.segmented(1).protocol());
            assertNull(Talk.tcp(2020).server(Talk.hex(hex)).protocol());
        }
        assertEquals("ftp-data", Talk.tcp(20).server("-rwxr-x--t   1 ftp ftp 12 Jan  1 12:00 a\r\n").protocol());
        assertNull(Talk.tcp(20).server("-rwxr-w--t   1 ftp ftp 12 Jan  1 12:00 a\r\n").protocol());
        assertNull(Talk.tcp(20).server(Talk.hex("89504e470d0a1a0b0000000d")).protocol());
    }

    @Test
    void shouldAnnouncePassiveDataConnections() {
        final Talk talk = greeted().client("PASV\r\n").server("227 Entering Passive Mode (10,0,0,2,200,10).\r\n")
            .client("RETR a b.txt\r\n").server("150 opening\r\n").server("226 done\r\n")
            .client("EPSV\r\n").server("229 ok (|||4321|)\r\n").client("LIST\r\n").server("150 x\r\n226 y\r\n");
        assertEquals(List.of("ftp-data/6 10.0.0.2:51210 10.0.0.1:0", "ftp-data/6 10.0.0.2:4321 10.0.0.1:0"),
            talk.announced());
        assertEquals("\"ftp\":{\"command\":\"PASV\",\"dynamic_port\":51210,\"mode\":\"passive\","
            + "\"completion_code\":[\"227\"],\"reply\":[\"Entering Passive Mode (10,0,0,2,200,10).\"],"
            + "\"reply_truncated\":false,\"reply_received\":\"yes\"}", talk.objects().get(2));
        assertTrue(talk.objects().get(3)
            .contains("\"completion_code\":[\"150\",\"226\"],\"reply\":[\"opening\",\"done\"]"), talk.objects().get(3));
    }

    @Test
    void shouldAnnounceActiveDataConnections() {
        final Talk talk = greeted().client("PORT 10,0,0,1,4,1\r\n").server("200 ok\r\n").client("STOR f\r\n")
            .server("150 x\r\n226 y\r\n").client("EPRT |1|10.0.0.1|1026|\r\n").server("200 ok\r\n").client("NLST\r\n");
        assertEquals(List.of("ftp-data/6 10.0.0.1:1025 10.0.0.2:0", "ftp-data/6 10.0.0.1:1026 10.0.0.2:0"),
            talk.announced());
        assertTrue(talk.objects().get(2).contains("\"dynamic_port\":1025,\"mode\":\"active\""));
    }

    @Test
    void shouldRecordACommandWithoutReply() {
        final Talk talk = greeted().client("PASS x\r\n");
        assertEquals("\"ftp\":{\"command\":\"PASS\",\"command_data\":\"x\",\"command_truncated\":false,"
            + "\"reply_truncated\":false,\"reply_received\":\"no\"}", talk.objects().get(2));
    }

    @Test
    void shouldHandOverAfterAuthTls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = Talk.tcp(21).server("220 ready\r\n").client("AUTH TLS\r\n").server("234 go\r\n")
                .client("SSH-2.0-inner\r\n").segmented(bytes);
            assertEquals(List.of("ftp", "ssh"), talk.protocols());
        }
    }

    @Test
    void shouldReportLinesThatAreTooLong() {
        final String long4096 = "a".repeat(4_096);
        final Talk command = Talk.tcp(21).server("220 ftp\r\n").client("USER " + long4096 + "\r\n");
        final Talk reply = Talk.tcp(21).server("220 ftp\r\n").client("USER a\r\n").server("331 " + long4096 + "\r\n");
        final Talk neither = Talk.tcp(21).server("220 ftp\r\n").client("USER " + long4096.substring(16) + "\r\n");
        assertEquals(1, count(command, "request_command_too_long"));
        assertEquals(0, count(command, "response_command_too_long"));
        assertEquals(1, count(reply, "response_command_too_long"));
        assertEquals(0, count(neither, "command_too_long"));
    }

    private static long count(final Talk talk, final String event) {
        return talk.records().stream().filter(line -> line.contains(event)).count();
    }

    @Test
    void shouldSurviveGapsAndHostileNumbers() {
        final Talk talk = greeted().client("PORT 1,2,3,4,5,999999999999999\r\n").server("500 no\r\n").gap(false, 100)
            .client("EPRT ||||||\r\n").server("500 no\r\n").client("PASV\r\n").server("227 (\r\n").client("LIST\r\n");
        assertEquals(0, talk.faults());
        assertEquals(List.of(), talk.announced());
    }

    @Test
    void shouldTellItFromProtocolsWithTheSameGreeting() {
        assertEquals("ftp", Talk.tcp(9).server("220 x FTP server\r\n").segmented(1).protocol());
        assertEquals("ftp", Talk.tcp(9).client("USER x\r\n").server("331 y\r\n").segmented(1).protocol());
        assertEquals("ftp", Talk.tcp(9).client("USER x\r\nPASS y\r\nPASV\r\n").protocol());
        assertEquals("ftp", Talk.tcp(9).client("FEAT\r\n").protocol());
        assertNotEquals("ftp", Talk.tcp(21).client("USER x\r\n").server("+OK\r\n").protocol());
        assertNotEquals("ftp", Talk.tcp(21).server("220 x\r\n").client("EHLO y\r\n").protocol());
        assertNotEquals("ftp", Talk.tcp(21).client("PORT x\r\n").protocol());
        assertNotEquals("ftp", Talk.tcp(21).client("FEAT: x\r\n").protocol());
    }
}
