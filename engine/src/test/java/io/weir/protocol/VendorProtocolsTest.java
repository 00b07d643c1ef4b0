package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protocols of single makers: what both sides say first, and the same with one byte that spoils it. */
class VendorProtocolsTest {

    /** First message of the client, the answer (empty if there is none), and a byte without which it is nothing. */
    private record Sample(String protocol, boolean udp, int port, String client, String server, int spoilt) {
        Talk talk(final boolean spoil) {
            final byte[] bytes = Talk.hex(client);
            if (spoil) {
                bytes[spoilt] ^= 0x55;
            }
            final Talk talk = (udp ? Talk.udp(port) : Talk.tcp(port)).client(bytes);
            return server.isEmpty() ? talk : talk.server(Talk.hex(server));
        }

        @Override
        public String toString() {
            return protocol + (udp ? " over UDP" : " over TCP");
        }
    }

    static Stream<Sample> samples() {
        return Stream.of(
            new Sample("xiaomi-push", false, 5222, "c2fe0005 00000018 00020016 00000008 08001a00", "", 9),
            new Sample("viber", false, 4244, "1800 00000000 fcff 0580 0900 000000000000000033000000", "", 7),
            new Sample("viber", false, 5242, "0c00 0a00 0000 2ed0a1f6d200", "0c00 0e00 0000 ed92a80efdf0", 4),
            new Sample("megaco", true, 2944, "212f31205b3139322e302e322e315d0a543d31", "", 4),
            new Sample("teamviewer", false, 5938, "17240a2000" + "88".repeat(8), "1130360004000000" + "77".repeat(8),
                0),
            new Sample("rtp", false, 5000, "0010 8088c623 6448eca9 00000000 d5d5d5d5 0010 8008c624 6448f159 00000000"
                + "d5d5d5d5", "", 2),
            new Sample("telnet", false, 23, "fffd25", "fffb25fffd03", 0));
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRecogniseTheFirstMessages(final Sample sample) {
        final Talk talk = sample.talk(false);
        assertEquals(sample.protocol, talk.protocol());
        if (!sample.udp) {
            assertEquals(sample.protocol, talk.segmented(1).protocol());
        }
        assertEquals(0, talk.faults());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldNotRecogniseWhatOnlyResemblesThem(final Sample sample) {
        assertNull(sample.talk(true).protocol());
    }
}
