package io.weir.protocol.tftp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class TftpTest {
    @Test
    void shouldTellRequestsAndAnnounceTheirData() {
        final Talk talk = Talk.udp(69).client("\0\1boot.bin\0octet\0blksize\0001428\0");
        assertEquals("tftp", talk.protocol());
        assertEquals(List.of("\"tftp\":{\"packet\":\"read\",\"file\":\"boot.bin\",\"mode\":\"octet\"}"),
            talk.objects());
        assertEquals(1, talk.announced().size());
    }

    @Test
    void shouldRecogniseDataAndAcknowledgement() {
        assertEquals("tftp", Talk.udp(5000).client("\0\3\0\1data").server("\0\4\0\1").protocol());
    }

    @Test
    void shouldNotTakeOtherBytesForRequests() {
        assertNull(Talk.udp(69).client("\0\1boot.bin\0other\0").protocol());
        assertNull(Talk.udp(69).client("\0\1\0octet\0").protocol());
        assertNull(Talk.udp(69).client("\0\3\0\1data").protocol());
    }
}
