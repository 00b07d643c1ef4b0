package io.weir.protocol.rfb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class RfbTest {
    private static final String VERSIONS = "\"rfb\":{\"server_protocol_version\":{\"major\":\"003\",\"minor\":\"008\"},"
        + "\"client_protocol_version\":{\"major\":\"003\",\"minor\":\"008\"}";

    private static Talk greeted() {
        return Talk.tcp(5900).server("RFB 003.008\n").client("RFB 003.008\n");
    }

    @Test
    void shouldFollowTheHandshake() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Talk talk = greeted().server(Talk.hex("02 01 02")).client(Talk.hex("02"))
                .server(Talk.hex("00".repeat(16))).client(Talk.hex("11".repeat(16))).server(Talk.hex("00000000"))
                .client(Talk.hex("01"))
                .server(Talk.hex("0500 0320 20 18 00 01 00ff 00ff 00ff 10 08 00 000000 00000002 6162"))
                .server("pictures").segmented(bytes);
            assertEquals("rfb", talk.protocol());
            assertEquals(List.of(VERSIONS + ",\"authentication\":{\"security_type\":2,\"vnc\":{"
                + "\"challenge\":\"00000000000000000000000000000000\","
                + "\"response\":\"11111111111111111111111111111111\"},\"security_result\":\"OK\"},"
                + "\"screen_shared\":true,\"framebuffer\":{\"width\":1280,\"height\":800,\"name\":\"ab\","
                + "\"pixel_format\":{\"bits_per_pixel\":32,\"depth\":24,\"big_endian\":false,\"true_color\":true,"
                + "\"red_max\":255,\"green_max\":255,\"blue_max\":255,\"red_shift\":16,\"green_shift\":8,"
                + "\"blue_shift\":0}}}"), talk.objects());
            assertTrue(talk.isCutOff());
        }
    }

    @Test
    void shouldTellWhyTheServerRefuses() {
        final Talk talk = greeted().server(Talk.hex("00 00000002 6e6f"));
        assertEquals(List.of(VERSIONS + ",\"server_security_failure_reason\":\"no\"}"), talk.objects());
    }

    @Test
    void shouldRecordWhatStayedHalf() {
        final Talk talk = greeted().server(Talk.hex("01 02")).client(Talk.hex("02")).server(Talk.hex("22".repeat(16)));
        assertEquals(List.of(VERSIONS + ",\"authentication\":{\"security_type\":2,\"vnc\":{"
            + "\"challenge\":\"22222222222222222222222222222222\"}}}"), talk.objects());
        assertEquals(1, greeted().gap(false, 3).records().size());
        assertEquals(1, greeted().server(Talk.hex("01 13")).client(Talk.hex("13")).server("x").records().size());
    }

    @Test
    void shouldNotTakeOtherTextForIt() {
        assertNull(Talk.tcp(5900).server("RFB 003-008\n").protocol());
        assertNull(Talk.tcp(5900).server("RFB 003.008 ").protocol());
    }
}
