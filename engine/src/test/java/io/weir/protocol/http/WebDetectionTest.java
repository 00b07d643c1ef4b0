package io.weir.protocol.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.weir.protocol.Talk;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the web's protocols are recognised by the beginning of a TCP connection. */
final class WebDetectionTest {
    private static final Pattern BYTE = Pattern.compile("\\\\x([0-9a-f]{2})");

    /** Text with line ends written as backslash and letter, bytes as backslash, x and two digits. */
    private static byte[] bytes(final String text) {
        final String lines = text.replace("\\r", "\r").replace("\\n", "\n");
        return Talk.text(BYTE.matcher(lines).replaceAll(found ->
            Matcher.quoteReplacement(Character.toString(Integer.parseInt(found.group(1), 16)))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http | GET / HTTP/1.1\\r\\n",
        "http | GET /a b c HTTP/1.0\\r\\n",
        "http | get / http/1.1\\n",
        "http | GET /index.html\\r\\n",
        "http | \\r\\n\\r\\nPOST /x HTTP/1.1\\r\\n",
        "http | CCM_POST /ccm_system/request HTTP/1.1\\r\\n",
        "http | FROBNICATE http://a/ HTTP/1.1\\r\\n",
        "http | CONNECT example.org:443 HTTP/1.0\\r\\n",
        "http2 | PRI * HTTP/2.0\\r\\n\\r\\nSM\\r\\n\\r\\n\\x00\\x00\\x06\\x04\\x00\\x00\\x00\\x00\\x00",
        "rtsp | DESCRIBE rtsp://10.0.0.2/a RTSP/1.0\\r\\n",
        "rtsp | OPTIONS * RTSP/1.0\\r\\nCSeq: 1\\r\\n",
        "proxy-protocol | PROXY TCP4 10.0.0.1 10.0.0.2 40000 80\\r\\n",
        "proxy-protocol | PROXY UNKNOWN\\r\\n",
        "proxy-protocol | \\r\\n\\r\\n\\x00\\r\\nQUIT\\n\\x21\\x11\\x00\\x0c",
        "socks | \\x05\\x01\\x00\\x05\\x01\\x00\\x03\\x04host\\x00\\x50",
    })
    void shouldRecogniseTheClientAlone(final String protocol, final String said) {
        for (final int port : new int[] {80, 9999}) {
            assertEquals(protocol, Talk.tcp(port).client(bytes(said)).protocol());
            assertEquals(protocol, Talk.tcp(port).client(bytes(said)).segmented(1).protocol());
            assertEquals(protocol, Talk.tcp(port).server(bytes(said)).protocol());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "http | HTTP/1.1 200 OK\\r\\n",
        "http | HTTP/1.0 404",
        "rtsp | RTSP/1.0 200 OK\\r\\n",
        "http2 | \\x00\\x00\\x06\\x04\\x00\\x00\\x00\\x00\\x00\\x00\\x03\\x00\\x00\\x00\\x64",
    })
    void shouldRecogniseTheServerAlone(final String protocol, final String said) {
        assertEquals(protocol, Talk.tcp(9999).server(bytes(said)).protocol());
        assertEquals(protocol, Talk.tcp(9999).server(bytes(said)).segmented(1).protocol());
        assertEquals(protocol, Talk.tcp(9999).midStream().client(bytes(said)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\\x05\\x01\\x00 | \\x05\\x00",
        "\\x05\\x02\\x00\\x02 | \\x05\\x02",
        "\\x05\\x01\\x00 | \\x05\\xff",
        "\\x04\\x01\\x00\\x50\\x0a\\x00\\x00\\x02joe\\x00 | \\x00\\x5a\\x00\\x00\\x00\\x00\\x00\\x00",
        "\\x04\\x01\\x00\\x50\\x00\\x00\\x00\\x01\\x00host\\x00 | \\x00\\x5b\\x00\\x00\\x00\\x00\\x00\\x00",
    })
    void shouldRecogniseSocksByGreetingAndAnswer(final String asked, final String answered) {
        assertEquals("socks", Talk.tcp(1080).client(bytes(asked)).server(bytes(answered)).protocol());
        assertEquals("socks", Talk.tcp(9999).client(bytes(asked)).server(bytes(answered)).segmented(1).protocol());
        assertEquals("socks", Talk.tcp(9999).server(bytes(answered)).client(bytes(asked)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "OPTIONS sip:a@b SIP/2.0\\r\\n | ''",
        "HELO example.org\\r\\n | 250 ok\\r\\n",
        "GET key\\r\\n | ''",
        "\\x05\\x01\\x00\\x47 | \\x05\\x01",
        "\\x05\\x01\\x00 | \\x05\\x02",
        "\\x05\\x02\\x41\\x42 | \\x05\\x41",
        "\\x04\\x01\\x00\\x50\\x0a\\x00\\x00\\x02joe\\x00 | \\x01\\x5a\\x00\\x00\\x00\\x00\\x00\\x00",
        "\\x00\\x00\\x06\\x04\\x00\\x00\\x00\\x00\\x00\\x00\\x47 | ''",
        "PROXY TCP5 10.0.0.1 10.0.0.2 1 2\\r\\n | ''",
    })
    void shouldNotTakeOthersForTheWeb(final String asked, final String answered) {
        final Talk talk = Talk.tcp(80).client(bytes(asked));
        final Talk whole = answered.isEmpty() ? talk : talk.server(bytes(answered));
        for (final String protocol : new String[] {"http", "http2", "rtsp", "socks", "proxy-protocol"}) {
            assertNotEquals(protocol, whole.protocol());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "ssdp | M-SEARCH * HTTP/1.1\\r\\nHOST: 239.255.255.250:1900\\r\\n",
        "ssdp | NOTIFY * HTTP/1.1\\r\\nNT: upnp:rootdevice\\r\\n",
        "ssdp | HTTP/1.1 200 OK\\r\\nEXT:\\r\\nST: upnp:rootdevice\\r\\n",
        "wsd | <?xml version=\"1.0\"?><e:Envelope xmlns:d=\"http://schemas.xmlsoap.org/ws/2005/04/discovery\">",
    })
    void shouldRecogniseDatagrams(final String protocol, final String said) {
        assertEquals(protocol, Talk.udp(1900).client(bytes(said)).protocol());
        assertEquals(protocol, Talk.udp(9999).server(bytes(said)).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "NOTIFY sip:a@b SIP/2.0\\r\\n",
        "HTTP/1.1 200 OK\\r\\nServer: x\\r\\n",
        "BT-SEARCH * HTTP/1.1\\r\\n",
        "<?xml version=\"1.0\"?><Envelope/>",
    })
    void shouldNotTakeOtherDatagramsForDiscovery(final String said) {
        for (final String protocol : new String[] {"ssdp", "wsd"}) {
            assertNotEquals(protocol, Talk.udp(1900).client(bytes(said)).protocol());
        }
    }
}
