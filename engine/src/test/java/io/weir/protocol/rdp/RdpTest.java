package io.weir.protocol.rdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.weir.protocol.Talk;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RdpTest {
    private static final byte[] REQUEST = Talk.hex("0300 0029 24 e0 0000 0000 00"
        + "436f6f6b69653a206d737473686173683d626f620d0a 01 00 0800 03000000");
    private static final byte[] PLAIN_REQUEST = Talk.hex("0300 0013 0e e0 0000 0000 00 01 00 0800 00000000");
    private static final byte[] TLS_RESPONSE = Talk.hex("0300 0013 0e d0 0000 1234 00 02 1f 0800 02000000");
    private static final byte[] PLAIN_RESPONSE = Talk.hex("0300 0013 0e d0 0000 1234 00 02 00 0800 00000000");
    private static final String FIRST = "\"rdp\":{\"tx_id\":0,\"event_type\":\"initial_request\",\"cookie\":\"bob\"}";
    private static final String SECOND = "\"rdp\":{\"tx_id\":1,\"event_type\":\"initial_response\"}";

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 1000})
    void shouldTellWhoConnectsAndHandOver(final int segment) {
        final Talk talk = Talk.tcp(3389).client(REQUEST).server(TLS_RESPONSE).segmented(segment);
        assertEquals("rdp", talk.protocol());
        assertEquals(List.of(FIRST, SECOND), talk.objects());
    }

    @Test
    void shouldTellWhatAClientSaysInClear() {
        final byte[] request = connectRequest();
        final Talk talk = Talk.tcp(3389).client(PLAIN_REQUEST).server(PLAIN_RESPONSE).client(request)
            .server(Talk.hex("0300 000c 02f080 7f66 03 0a0100"));
        assertEquals(List.of("\"rdp\":{\"tx_id\":0,\"event_type\":\"initial_request\"}", SECOND,
            "\"rdp\":{\"tx_id\":2,\"event_type\":\"connect_request\",\"client\":{\"version\":\"v5\","
            + "\"desktop_width\":1024,\"desktop_height\":768,\"color_depth\":24,\"keyboard_layout\":\"en-US\","
            + "\"build\":\"Windows XP\",\"client_name\":\"PC7\",\"keyboard_type\":\"enhanced\",\"function_keys\":12,"
            + "\"product_id\":1,\"capabilities\":[\"support_errinfo_pdf\"]},\"channels\":[\"rdpdr\",\"cliprdr\"]}",
            "\"rdp\":{\"tx_id\":3,\"event_type\":\"connect_response\"}"), talk.objects());
    }

    @Test
    void shouldRecogniseItOnAnyPortAndFromTheServersSide() {
        assertEquals("rdp", Talk.tcp(7777).client(PLAIN_REQUEST).protocol());
        assertEquals("rdp", Talk.tcp(7777).server(TLS_RESPONSE).protocol());
        assertEquals("rdp", Talk.tcp(3389).client(Talk.hex("0300 000b 06 e0 0000 0000 00")).protocol());
    }

    @Test
    void shouldRecogniseItsDatagrams() {
        final byte[] opening = new byte[1232];
        System.arraycopy(Talk.hex("ffffffff 0040 0001 12345678 04d0 04d0"), 0, opening, 0, 16);
        assertEquals("rdp", Talk.udp(3389).client(opening).protocol());
        opening[13] = 1;
        opening[12] = 1;
        assertNotEquals("rdp", Talk.udp(3389).client(opening).protocol());
    }

    @Test
    void shouldNotRecogniseIsoTransportOfOthers() {
        assertNotEquals("rdp", Talk.tcp(102).client(Talk.hex("0300 0016 11 e0 0000 0001 00 c1020100 c2020102 c0010a"))
            .protocol());
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(68);
        for (int i = 0; i < 300; i++) {
            final byte[] request = connectRequest();
            for (int flips = 0; flips < 8; flips++) {
                request[4 + random.nextInt(request.length - 4)] = (byte) random.nextInt();
            }
            final Talk talk = Talk.tcp(3389).client(PLAIN_REQUEST).server(PLAIN_RESPONSE).client(request)
                .gap(random.nextBoolean(), 3).client(request).server(request);
            assertEquals(0, talk.segmented(1 + random.nextInt(100)).faults());
        }
    }

    private static byte[] connectRequest() {
        final ByteBuffer b = ByteBuffer.allocate(400).order(ByteOrder.LITTLE_ENDIAN);
        b.put(Talk.hex("0300 0000 02f080 7f65 82 0100 0000")).put("Duca".getBytes(StandardCharsets.US_ASCII))
            .put(Talk.hex("80f8"));
        final int core = b.position();
        b.put(Talk.hex("01c0 d800 04000800 0004 0003 01ca 03aa 09040000 280a0000"))
            .put("PC7".getBytes(StandardCharsets.UTF_16LE));
        b.position(core + 56).putInt(4).putInt(0).putInt(12);
        b.position(core + 132).putShort((short) 0xca01).putShort((short) 1).putInt(0).putShort((short) 24)
            .putShort((short) 7).putShort((short) 1);
        b.position(core + 216);
        b.put(Talk.hex("03c0 2000 02000000")).put(channel("rdpdr")).put(channel("cliprdr"));
        final byte[] packet = Arrays.copyOf(b.array(), b.position());
        packet[2] = (byte) (packet.length >> 8);
        packet[3] = (byte) packet.length;
        return packet;
    }

    private static byte[] channel(final String name) {
        return ByteBuffer.allocate(12).put(name.getBytes(StandardCharsets.US_ASCII)).array();
    }
}
