package io.weir.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.weir.protocol.Talk;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recognition of what is not parsed. What is said stands as text with escapes, or as hexadecimal digits behind
 * {@code 0x}.
 */
class TextProtocolsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        telnet     | 9    | 0xfffd03fffb18fffb1f            |
        telnet     | 9    | 0xfffb25                        | 0xfffd25
        telnet     | 9    |                                 | 0xfffd18fffd20fffd23
        irc        | 9    | NICK ann\\r\\nUSER a 0 * :Ann\\r\\n |
        irc        | 9    | PASS x\\r\\nNICK ann\\r\\n        |
        irc        | 9    | CAP LS 302\\r\\n                 |
        irc        | 9    |                                 | :irc.example 001 ann :Welcome\\r\\n
        irc        | 9    |                                 | :irc.example NOTICE * :Looking up\\r\\n
        irc        | 9    |                                 | NOTICE AUTH :*** Looking up\\r\\n
        irc        | 9    | PRIVMSG #weir :hello\\r\\n       |
        nntp       | 9    |                                 | 200 news.example InterNetNews ready\\r\\n
        nntp       | 9    | MODE READER\\r\\n                |
        nntp       | 9    | GROUP comp.lang\\r\\n            | 201 hello\\r\\n
        git        | 9    | 0032git-upload-pack /p.git\\0host=h\\0 |
        rsync      | 9    | @RSYNCD: 31.0\\n                 |
        rsync      | 9    |                                 | @RSYNCD: 31.0\\n
        citrix     | 9    |                                 | 0x7f7f49434100
        citrix     | 9    | 0x1a4347502f3031                |
        nomachine  | 9    | NXSH-8.10.1\\n                   |
        nomachine  | 9    |                                 | NXD-8.10.1\\n
        teamviewer | 9    | 0x17240a0400aaaaaaaa1724280100bb |
        teamviewer | 9    | 0x17240a0400aabbccdd                  | 0x1130360004000000
        whois      | 43   | example.com\\r\\n                | % the answer of a server\\r\\n
        whois      | 43   |                                 | % the answer of a server\\r\\n
        finger     | 79   | ann\\r\\n                        | Login: ann  Name: Ann\\r\\n
        h323       | 9    | 0x0300001c0802000105040388 |
        h323       | 9    | 0x030000200270010600088175000080 |
        skinny     | 2000 | 0x100000001400000026000000      |
        nats       | 9    |                                 | INFO {"server_id":"x"}\\r\\n
        nats       | 9    | CONNECT {"verbose":false}\\r\\n  |
        stomp      | 9    | CONNECT\\naccept-version:1.2\\n\\n\\0 |
        stomp      | 9    | STOMP\\r\\nhost:x\\r\\n\\r\\n\\0      |
        stomp      | 9    |                                 | CONNECTED\\nversion:1.2\\n\\n\\0
        zeromq     | 9    | 0xff00000000000000017f0300      |
        amqp       | 9    | 0x414d515000000901              |
        amqp       | 9    | 0x414d515003010000              |
        amqp       | 9    |                                 | 0x010000000001f4000a000a000900
        """)
    void shouldRecogniseStreams(final String name, final int port, final String client, final String server) {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = Talk.tcp(port);
            if (client != null) {
                talk.client(bytes(client));
            }
            if (server != null) {
                talk.server(bytes(server));
            }
            assertEquals(name, talk.segmented(bytes).protocol());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        mgcp       | 2427 | RQNT 1 *@gw.example MGCP 0.1\\r\\nX: 2\\r\\n
        megaco     | 2944 | !/1 [10.0.0.1]:2944 T=1{C=-{}}
        h323       | 1719 | 0x02200000060008914a0004001102007c07
        iax        | 4569 | 0x8004000000000001000006010b020002
        nomachine  | 4000 | 0x010001000a0000000000
        teamviewer | 5938 | 0x0000000000000000000000172404050000
        """)
    void shouldRecogniseDatagrams(final String name, final int port, final String client) {
        assertEquals(name, Talk.udp(port).client(bytes(client)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        telnet     | 23   | 0xfffd03ff00
        telnet     | 23   | 0xfffffffffffffffff
        irc        | 6667 | NICK: ann\\r\\n
        irc        | 6667 | USER ann\\r\\nPASS x\\r\\n
        irc        | 6667 | :a b c\\r\\n
        nntp       | 119  | GROUP x\\r\\n
        nntp       | 119  | 200 x\\r\\n
        git        | 9418 | 0032git-nothing
        h323       | 1720 | 0x030000130ee000000000000100080003000000
        skinny     | 2000 | 0x100000000100000026000000
        skinny     | 9    | 0x100000001400000026000000
        stomp      | 61613 | CONNECT host:443 HTTP/1.1\\r\\n\\r\\n
        stomp      | 61613 | CONNECT\\nhost-x\\n
        zeromq     | 9    | 0xff00000000000000017f7f
        amqp       | 5672 | 0x414d515004000901
        whois      | 43   | 0x160303
        """)
    void shouldNotTakeLookalikes(final String name, final int port, final String client) {
        assertNotEquals(name, Talk.tcp(port).client(bytes(client)).protocol());
    }

    @ParameterizedTest
    @CsvSource({"23,fffd18ff", "6667,4e49434b", "6667,3a697263", "119,32303020", "9418,30303332", "873,40525359",
        "1494,7f7f4943", "4000,4e585348", "5938,17240a04", "43,61620d0a", "79,610d0a4c", "1720,0300001c",
        "2000,10000000", "4222,494e464f", "61613,434f4e4e", "9,ff000000",
        "5672,414d5150", "5672,01000000", "1935,03000000", "25,3232302d", "25,45484c4f", "21,32323020", "21,55534552",
        "22,5353482d"})
    void shouldNotTakeRandomBytesBehindItsFirst(final int port, final String first) {
        final Random random = new Random(port);
        int labelled = 0;
        for (int i = 0; i < 300; i++) {
            final byte[] said = new byte[200];
            random.nextBytes(said);
            final byte[] known = Talk.hex(first);
            System.arraycopy(known, 0, said, 0, 1 + i % known.length);
            final byte[] answer = new byte[200];
            random.nextBytes(answer);
            final Talk talk = Talk.tcp(port).client(said).server(answer).segmented(i % 2 == 0 ? 200 : 1);
            labelled += talk.protocol() != null ? 1 : 0;
        }
        assertEquals(0, labelled / 3);
    }

    @Test
    void shouldTakeAnAnswerOfWhoisWithoutAQueryByAsciiAlone() {
        assertNull(Talk.tcp(43).server(Talk.hex("2520" + "c3a4".repeat(10) + "0d0a")).protocol());
        assertEquals("whois", Talk.tcp(43).client("example.com\r\n")
            .server(Talk.hex("2520" + "c3a4".repeat(10) + "0d0a")).protocol());
    }

    private static byte[] bytes(final String said) {
        if (said.startsWith("0x")) {
            return Talk.hex(said.substring(2).length() % 2 == 0 ? said.substring(2) : said.substring(3));
        }
        return Talk.text(said.replace("\\r", "\r").replace("\\n", "\n").replace("\\0", "\0"));
    }
}
