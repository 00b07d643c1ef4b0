package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What hosts are run and watched by, as real programs speak it. */
class HostProtocolsTest {
    private static final String SESSION = "00000000 0000000000000000 00007530 0000000000000000 00000010 00*16";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "svn | [( success ( 2 2 ( ) ( edit-pipeline svndiff1 accepts-svndiff2 ) ) ) ]",
        "svn | [( 2 ( edit-pipeline svndiff1 ) 20:svn://10.77.0.1/repo ]",
        "rsh | [1022] 00 [root] 00 [weir] 00 [uname -a] 00",
        "rlogin | 00 [root] 00 [weir] 00 [xterm/38400] 00",
        "nrpe | 0002 0001 8a08a173 523c [hello] 00*1021",
        "nrpe | 0002 0002 5889f1d8 0000 [hello] 00*1021",
        "nrpe | 0003 0001 5e6eda7a 0000 0000 000003f9 [hello] 00*1012",
        "nrpe | 0004 0002 ca99fe0d 0000 0000 00000006 [hello] 00",
        "zookeeper | 0000002d " + SESSION + " 00",
        "zookeeper | 00000025 00000000 00007530 01000165c0250000 00000010 311deaa16aa5a97af77591b6c36c41f3 00",
        "tacacs | c0 01 01 00 4d1d0efa 00000026 5a*38",
        "tacacs | c1 01 02 04 4d1d0efa 00000012 5a*18",
        "iperf | [35lvlzwzfzdaffdfy5rafdneq4m2nzjtvwkg] 00",
        "snmp | 3026 020100 0406 7075626c6963 a019 020101 020100 020100 300e 300c 0608 2b06010201010100 0500",
    })
    void shouldRecogniseTheFirstBytesOfAStream(final String name, final String sample) {
        final Talk talk = Talk.tcp(7777).client(Sample.of(sample));
        assertEquals(name, talk.protocol());
        assertEquals(name, talk.close(true).segmented(1).protocol());
        assertEquals(name, Talk.tcp(7777).server(Sample.of(sample)).protocol());
    }

    @Test
    void shouldRecogniseCommandsByTheirPort() {
        assertEquals("rsh", Talk.tcp(514).client(Sample.of("00 [root] 00 [weir] 00 [id] 00")).protocol());
        assertEquals("rexec", Talk.tcp(512).client(Sample.of("[0] 00 [weir] 00 [secret] 00 [id] 00")).protocol());
        final Talk graphite = Talk.tcp(2003).client("servers.one.load 0.3 1795973866\n");
        assertEquals("graphite", graphite.protocol());
        assertEquals("graphite", graphite.segmented(1).protocol());
        assertEquals("graphite", Talk.udp(2003).client("disk;host=one 3e-05 -1\r\n").protocol());
        assertNull(Talk.tcp(2003).client("servers.one.load 0.3 yesterday\n").protocol());
        assertNull(Talk.tcp(2003).client("one.sentence about 1795973866 seconds\n").protocol());
    }

    @Test
    void shouldAnnounceTheConnectionForComplaints() {
        final Talk talk = Talk.tcp(514).client(Sample.of("[1022] 00 [root] 00 [weir] 00 [id] 00"));
        assertEquals(List.of("rsh/6 10.0.0.1:1022 10.0.0.2:0"), talk.announced());
        assertEquals(talk.announced(), talk.segmented(1).announced());
        assertEquals(List.of(), Talk.tcp(514).client(Sample.of("[0] 00 [root] 00 [weir] 00 [id] 00")).announced());
    }

    @Test
    void shouldRecogniseByTheAnswer() {
        assertEquals("zookeeper", Talk.tcp(2181).client("ruok").server("imok").protocol());
        assertEquals("zookeeper", Talk.tcp(2181).client("srvr\n").server("Zookeeper version: 3.8.0\n").protocol());
        assertNull(Talk.tcp(2181).client("ruok").server("what?").protocol());
        assertEquals("iperf", Talk.udp(7777).client(Sample.of("39383736")).server(Sample.of("36373839")).protocol());
        assertNull(Talk.udp(7777).client(Sample.of("39383736")).server(Sample.of("36373838")).protocol());
    }

    @Test
    void shouldNotTakeTheNextSessionForKafka() {
        final Talk talk = Talk.tcp(9092).client(Sample.of("0000002d 00*45"))
            .server(Sample.of("00000025 00*37"));
        assertNull(talk.protocol());
    }

    @Test
    void shouldRecogniseDatagrams() {
        assertEquals("minetest", Talk.udp(7777).client(Sample.of("4f457403 0000 00 03 ffdc 01")).protocol());
        assertEquals("minetest", Talk.udp(7777).server(Sample.of("4f457403 0001 00 03 ffdc 00 0100 02")).protocol());
        assertNull(Talk.udp(7777).client(Sample.of("4f457403 0000 03 03 ffdc 01")).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "[( success ( failure ) ) ]",
        "[( 2 ( something-else ) )        ]",
        "[1022] 00 [root] 00 [weir] 00 [uname -a]",
        "[102222] 00 [root] 00 [weir] 00 [uname -a] 00",
        "00 [root] 00 [weir] 00 [xterm] 00",
        "00 [root] 00 00 [xterm/38400] 00",
        "0005 0001 8a08a173 523c [hello] 00*1021",
        "0002 0001 8a08a173 523c [hello] 00*1022",
        "0003 0001 5e6eda7a 0000 0001 000003f9 [hello] 00*1012",
        "0000002d 00000000 0000000000000000 00007530 0000000000000000 00000011 00*17",
        "c0 01 03 00 4d1d0efa 00000026 5a*38",
        "c0 01 01 00 4d1d0efa 00010026 5a*38",
        "[35lvlzwzfzdaffdfy5rafdneq4m2nzjtvwk1] 00",
        "[35lvlzwzfzdaffdfy5rafdneq4m2nzjtvwkg] 01",
        "3026 020102 0406 7075626c6963 a019 020101 020100 020100 300e 300c 0608 2b06010201010100 0500",
    })
    void shouldNotRecogniseStreamsThatLookAlike(final String sample) {
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol());
    }
}
