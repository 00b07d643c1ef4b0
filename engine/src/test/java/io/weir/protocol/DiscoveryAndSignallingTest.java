package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Discovery on local networks, signalling of networks, of vehicles and instruments: the smallest message of each. */
class DiscoveryAndSignallingTest {
    private static final String STAMPS = "e5a1b2c3 00000000 00000000 00000000";
    private static final String RECORD = "00000e10 01 20 10 00 0000 0001 c0000201";

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "pfcp | 20 01 000c 000001 00 0060 0004 e5a1b2c3",
        "pfcp | 21 32 0015 0000000000000000 000002 00 003c 0005 00 c0000201",
        "wol | ff*6 020000000001*16",
        "ubnt-discovery | 01 00 0010 01 0006 0418d6000001 0b 0004 [host]",
        "mndp | 0000 0001 0001 0006 020000000001 0005 0004 [host]",
        "syncthing | 2ea7d90b 0a20 11*32 1200",
        "lisp | 30 00 01 01 0000000000000001 0001 0014 aa*20 " + RECORD,
        "lisp | 80 000000 45 00 0030 0000 0000 40 11 0000 c0000201 c0000202 10f6 10f6 001c 0000 10*20",
        "lsp-ping | 0001 0000 01 02 00 00 00000001 00000001 " + STAMPS + " 0001 000c 0001 0005 c0000201 20 000000",
        "babel | 2a 02 0008 04 06 0000 1234 0190",
        "doip | 02fd 0001 00000000",
        "xdmcp | 0001 0002 0001 00",
        "xdmcp | 0001 0005 0014 0000 0004 [host] 000a [Linux 5.10]",
        "olsr | 0010 0001 01 86 000c c0000201 01 00 0001",
        "kcp | 11223344 51 00 8000 01000000 00000000 00000000 04000000 [abcd]",
        "kcp | 11223344 52 00 8000 01000000 00000000 01000000 00*4 11223344 52 00 8000 01000000 01000000 01000000 00*4",
    })
    void shouldRecogniseADatagramOnAnyPort(final String name, final String sample) {
        final byte[] bytes = Sample.of(sample);
        assertEquals(name, Talk.udp(7777).client(bytes).protocol());
        assertEquals(name, Talk.udp(7777).server(bytes).protocol());
        if (!name.equals("syncthing") && !name.equals("lisp")) {
            assertNull(Talk.udp(7777).client(Arrays.copyOf(bytes, bytes.length - 1)).protocol(), "cut");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "doip | 02fd 0005 00000007 0e00 00 00000000",
        "rpki-rtr | 01 02 0000 00000008",
        "rpki-rtr | 01 01 1234 0000000c 00000001",
        "rpki-rtr | 01 03 1234 00000008 01 04 0000 00000014 01 18 18 00 c0000200 0000fde8",
        "hislip | 4853 00 00 01005858 0000000000000007 [hislip0]",
        "hislip | 4853 12 00 00005858 0000000000000000",
        "atg | 01 [I20100] 0a",
        "atg | 01 0d0a [I20100] 0d0a",
    })
    void shouldRecogniseTheFirstBytesOfAStreamOnAnyPort(final String name, final String sample) {
        final Talk talk = Talk.tcp(7777).client(Sample.of(sample));
        assertEquals(name, talk.protocol());
        assertEquals(name, talk.segmented(1).protocol());
        assertEquals(name, Talk.tcp(7777).server(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "20 01 000c 000001 00 0060 0005 e5a1b2c3",
        "20 32 000c 000001 00 0060 0004 e5a1b2c3",
        "20 01 0004 000001 00",
        "ff*6 020000000001*15 020000000002",
        "01 00 0010 03 0006 0418d6000001 0b 0004 [host]",
        "0000 0001 0001 0006 020000000001 0005 0005 [host]",
        "2ea7d90c 0a20 11*32 1200",
        "30 00 01 01 0000000000000001 0001 0015 aa*20 " + RECORD,
        "0001 0000 03 02 00 00 00000001 00000001 " + STAMPS,
        "2a 02 0008 04 05 0000 1234 0190",
        "2a 02 0001 00 55*9",
        "02fd 0001 00000001 00",
        "02fc 0001 00000000",
        "0001 0002 0001 01",
        "0010 0001 01 86 000b c0000201 01 00 0001",
        "11223344 51 00 8000 01000000 00000000 00000000 05000000 [abcd]",
        "11223344 55 00 8000 01000000 00000000 00000000 04000000 [abcd]",
        "11223344 52 00 8000 01000000 00000000 01000000 00*4 11223345 52 00 8000 01000000 01000000 01000000 00*4",
    })
    void shouldNotRecogniseDatagramsThatLookAlike(final String sample) {
        assertNull(Talk.udp(7777).client(Sample.of(sample)).protocol());
    }

    @Test
    void shouldTellAGaugesAnswerFromACommand() {
        final Talk command = Talk.tcp(7777).midStream().client("\1I20100");
        assertTrue(command.flow().contains("\"dest_port\":7777"), command.flow());
        final Talk answer = Talk.tcp(7777).midStream().client("\1i201002601130123");
        assertEquals("atg", answer.protocol());
        assertTrue(answer.flow().contains("\"src_port\":7777"), answer.flow());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "02fd 0005 00000008 0e00 00 0000000000",
        "01 02 0001 00000008",
        "01 03 1234 00000008 01 04 0000 00000015 01 18 18 00 c0000200 0000fde8",
        "4853 00 00 01005858 0000000100000007 [hislip0]",
        "01 [I2010x] 0a",
    })
    void shouldNotRecogniseStreamsThatLookAlike(final String sample) {
        assertNull(Talk.tcp(7777).client(Sample.of(sample)).protocol());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "14 00 00 01 0000000000000001 0001 c0000202 c0000201 00200001 c0000202",
        "28 00 00 01 0000000000000001 " + RECORD,
    })
    void shouldRecogniseRequestsAndRepliesOfLispOnTheirPort(final String sample) {
        assertEquals("lisp", Talk.udp(4342).client(Sample.of(sample)).protocol());
        assertNull(Talk.udp(7777).client(Sample.of(sample)).protocol());
    }

    @Test
    void shouldTakeAQuestionOfFourBytesForNothing() {
        assertNull(Talk.udp(7777).client(Sample.of("01000000")).protocol());
        assertEquals("ubnt-discovery", Talk.udp(10001).client(Sample.of("01000000"))
            .server(Sample.of("01 00 0009 01 0006 0418d6000001")).protocol());
    }
}
