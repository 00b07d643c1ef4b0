package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.catalogue.Protocols;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Protocols of management, routing and operation that are recognised and not parsed: the smallest message of each. */
class NetworkServicesTest {

    /** A first message. */
    private record Sample(String protocol, boolean udp, int port, String text) {
        private byte[] bytes() {
            return Talk.text(text);
        }

        @Override
        public String toString() {
            return protocol + (udp ? " over UDP" : " over TCP");
        }
    }

    private static Sample udp(final String protocol, final int port, final String hex) {
        return new Sample(protocol, true, port, new String(Talk.hex(hex), StandardCharsets.ISO_8859_1));
    }

    private static Sample tcp(final String protocol, final int port, final String hex) {
        return new Sample(protocol, false, port, new String(Talk.hex(hex), StandardCharsets.ISO_8859_1));
    }

    private static Sample udpText(final String protocol, final int port, final String text) {
        return new Sample(protocol, true, port, text);
    }

    private static Sample tcpText(final String protocol, final int port, final String text) {
        return new Sample(protocol, false, port, text);
    }

    static Stream<Sample> samples() {
        return Stream.of(
            udpText("syslog", 514, "<34>Oct 11 22:14:15 host su: failed"),
            udpText("syslog", 5140, "<165>1 2003-10-11T22:14:15.003Z host app - - - text"),
            tcpText("syslog", 6514, "42 <13>1 2003-10-11T22:14:15.003Z host app - - -"),
            udp("radius", 1812, "0101 0026" + "11".repeat(16) + "0106 626f6273 0406 c0a80001 0506 00000003"),
            tcp("diameter", 3868, "01000030 80000101 00000000 00000001 00000002 00000108 40000010 6e6f646500000000"),
            udp("netflow", 2055, "0005 0001 00000100 5f000000 00000000 00000001 00000000" + "00".repeat(48)),
            udp("netflow", 9995, "0009 0001 00000100 5f000000 00000001 00000000 0100 000c 0102030405060708"),
            udp("ipfix", 4739, "000a 001c 5f000000 00000001 00000000 0100 000c 0102030405060708"),
            udp("sflow", 6343, "00000005 00000001 c0000201 00000000 00000001 00000064 00000001 00000001 00000010"
                + "00".repeat(16)),
            tcp("bgp", 179, "ff".repeat(16) + "001d 01 04 fde8 00b4 c0000201 00"),
            udp("ldp", 646, "0001 001e c0000201 0000 0100 0014 00000001 0400 0004 000f 0000 0401 0004 c0000201"),
            tcp("ldp", 646, "0001 001e c0000201 0000 0200 0014 00000001 0500 000e 0001 000f 0000 0000 c00002020000"),
            udp("bfd", 3784, "20c00318 00000001 00000000 000f4240 000f4240 00000000"),
            udp("hsrp", 1985, "00001003 0a640000 636973636f000000 c0000201"),
            udp("glbp", 3222, "01000001 00000007b4000101" + "0216" + "00".repeat(20)),
            udp("rip", 520, "02020000 00020000 c0000200 ffffff00 00000000 00000001"),
            udp("ripng", 521, "02010000 20010db8" + "00".repeat(12) + "0000 40 01"),
            tcp("pptp", 1723, "009c 0001 1a2b3c4d 0001 0000 0100 0000"),
            udp("l2tp", 1701, "c802 0014 0000 0000 0000 0000 8008 0000 0000 0001"),
            udp("gtp", 2123, "3202 0006 00000000 0001 0000 0e01"),
            udp("gtp", 2123, "4001 0009 00000100 0300 0100 05"),
            udp("gtp-prime", 3386, "0ff0 0006 0001 7e01 fd000100"),
            udp("capwap", 5246, "00100000 00000000 00000001 00 000c 00 0014 0001 00 0025 0004 01"),
            udp("ptp", 319, "0002 002c 00 00 0000" + "00".repeat(24) + "00 00 00 7f" + "00".repeat(8)),
            udp("mpeg-ts", 1234, ("471fff10" + "ff".repeat(184)).repeat(7)),
            udp("rtps", 7400, "52545053 0203 0101" + "01".repeat(12) + "0901 0800 0102030405060708"),
            udp("someip", 30_490, "ffff8100 0000000c 00000001 01010200 01020304"),
            tcp("someip", 30_501, "12340001 0000000c 00000001 01010000 01020304"),
            udp("nfs", 2049, "00000001 00000000 00000002 000186a3 00000003 00000000 00000000 00000000 00000000"
                + "00000000"),
            tcp("nfs", 20_049, "80000028 00000001 00000000 00000002 000186a3 00000003 00000000 00000000 00000000"
                + "00000000 00000000"),
            udp("portmap", 111, "00000001 00000000 00000002 000186a0 00000002 00000003 00000000 00000000 00000000"
                + "00000000"),
            udp("mount", 635, "00000001 00000000 00000002 000186a5 00000003 00000001 00000000 00000000 00000000"
                + "00000000"),
            udp("slp", 427, "0201 000015 2000 000000 0001 0002 656e 0000 000000"),
            udp("nat-pmp", 5351, "0001 0000 1234 1234 00000e10"),
            udp("pcp", 5351, "0200 0000 00000e10 00000000 00000000 0000ffff c0000201"),
            udp("bjnp", 8611, "424a4e50 01 01 0000 0000 0000 00000000"),
            tcp("zabbix", 10_051, "5a425844 01 0a00000000000000 7b7d"),
            tcpText("munin", 4949, "# munin node at host\n"),
            tcpText("check-mk", 6556, "<<<check_mk>>>\nVersion: 1"),
            udp("collectd", 25_826, "0000 0009 686f737400 0001 000c 000000005f000000 0002 0008 63707500"),
            udpText("statsd", 8125, "requests:1|c"),
            udp("dhcpv6", 547, "01 123456 0001 000a 00030001020000000001 0008 0002 0000"));
    }

    private static Talk play(final Sample sample, final byte[] bytes, final boolean byServer) {
        final Talk talk = sample.udp ? Talk.udp(sample.port) : Talk.tcp(sample.port);
        return byServer ? talk.server(bytes) : talk.client(bytes);
    }

    private static boolean speaksServerFirst(final Sample sample) {
        return sample.protocol.equals("munin") || sample.protocol.equals("check-mk");
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldRecogniseTheFirstMessage(final Sample sample) {
        final Talk talk = play(sample, sample.bytes(), speaksServerFirst(sample));
        assertEquals(sample.protocol, talk.protocol());
        if (!sample.udp) {
            assertEquals(sample.protocol, talk.segmented(1).protocol());
        }
        assertEquals(0, talk.faults());
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldNotTakeRandomBytesForIt(final Sample sample) {
        final Protocol protocol =
            Protocols.all().stream().filter(each -> each.name().equals(sample.protocol)).findFirst().orElseThrow();
        final Random random = new Random(sample.port);
        final Probe probe = new Probe();
        final int rounds = 20_000;
        int afterPrefix = 0;
        int plain = 0;
        for (int i = 0; i < rounds; i++) {
            final byte[] bytes = new byte[1 + random.nextInt(400)];
            random.nextBytes(bytes);
            plain += detects(protocol, probe, sample, bytes) ? 1 : 0;
            final byte[] same = new byte[Math.max(8, sample.bytes().length)];
            random.nextBytes(same);
            System.arraycopy(sample.bytes(), 0, same, 0, 1 + i % 4);
            afterPrefix += detects(protocol, probe, sample, same) ? 1 : 0;
        }
        assertTrue(plain <= 2, plain + " of " + rounds);
        assertTrue(afterPrefix < rounds / 100, afterPrefix + " of " + rounds);
    }

    private static boolean detects(final Protocol protocol, final Probe probe, final Sample sample,
        final byte[] bytes) {
        probe.of(sample.udp, true, 40_000, sample.port).counts(1, bytes.length);
        probe.now().wrap(bytes, 0, bytes.length);
        final Answer answer = protocol.mayBeginWith(bytes[0] & 0xff)
            ? protocol.detector(sample.udp).detect(probe) : Answer.NO;
        return answer == Answer.YES || answer == Answer.YES_TURNED;
    }

    @ParameterizedTest
    @MethodSource("samples")
    void shouldSurviveEachBeginning(final Sample sample) {
        for (int length = 1; length < Math.min(80, sample.bytes().length); length++) {
            assertEquals(0, play(sample, Arrays.copyOf(sample.bytes(), length), false).faults());
        }
    }

    private static String heard(final int port, final String fromClient, final String fromServer) {
        final Talk talk = Talk.udp(port).client(Talk.hex(fromClient));
        return fromServer.isEmpty() ? talk.protocol() : talk.server(Talk.hex(fromServer)).protocol();
    }

    @Test
    void shouldRecogniseWhatIsTooShortByItsAnswer() {
        assertNull(heard(5351, "0000", ""));
        assertEquals("nat-pmp", heard(5351, "0000", "0080 0000 00000100 c0000201"));
        assertEquals("nat-pmp", Talk.udp(5351).client(Talk.hex("0000")).client(Talk.hex("0000")).protocol());
        assertNull(heard(3386, "4e01 0000 0007", ""));
        assertEquals("gtp-prime", heard(3386, "4e01 0000 0007", "4e02 0002 0007 0e01"));
        assertEquals("gtp-prime", heard(3386, "4e03 0000 0007", "4e03 0000 0007"));
        assertNull(heard(3386, "4e03 0000 0007", "4e03 0000 0008"));
    }

    @Test
    void shouldTakeARadiusMessageWithoutAttributesForAnAnswer() {
        final String request = "0407 001c" + "11".repeat(16) + "2806 00000001 0102";
        final String response = "0507 0014" + "22".repeat(16);
        assertEquals("radius", heard(1813, request, response));
        assertNull(heard(1813, response, ""));
        assertNull(heard(1813, response, response));
        // As where an access list lets the first request pass unseen.
        assertNull(heard(1813, "0407 0014" + "11".repeat(16), ""));
        assertEquals("radius", heard(1813, "0407 0014" + "11".repeat(16), response));
    }

    @Test
    void shouldTakeEachByteOfADatagramForAMessageOfGtp() {
        assertNull(heard(2123, "4001 0004 00000100", ""));
        assertNull(heard(2123, "4001 0009 00000100 0300 0100 05 00", ""));
        assertNull(heard(2123, "4801 000d 00000001 00000100 0300 0100 05", ""));
        assertEquals("gtp", heard(2123, "5821 000d 00000001 00000100 0300 0100 05"
            + "4020 0009 00000200 0300 0100 05", ""));
        assertNull(heard(2123, "5821 000d 00000001 00000100 0300 0100 05" + "4020 000a 00000200 0300 0100 05", ""));
    }

    @Test
    void shouldNotTakeResponsesFromBothSidesForCoap() {
        final String response = "5245 4749 1122 c0 ff 01";
        assertNull(heard(5060, response, response));
        assertNull(heard(5060, "6000 4749", "6000 4749"));
        assertEquals("coap", heard(5060, "4201 4749 1122", "6245 4749 1122 c0 ff 01"));
        assertEquals("coap", heard(5060, "5201 4749 1122", "5245 0001 1122 c0 ff 01"));
        assertEquals("coap", heard(5060, "4245 4749 1122 c0 ff 01", "6000 4749"));
    }

    @Test
    void shouldWantUtf8InTheOptionsOfCoap() {
        assertEquals("coap", heard(5683, "4001 4749 b6 61 c3a4 e282ac", ""));
        for (final String text : new String[] {"b2 61c3", "b2 a461", "b2 c061", "b3 e28261", "b1 ff", "b1 1f"}) {
            assertNull(heard(5683, "4001 4749 " + text, ""), text);
        }
    }

    private static String opened(final String fromClient, final String fromServer) {
        return Talk.tcp(6653).client(Talk.hex(fromClient)).server(Talk.hex(fromServer)).protocol();
    }

    @Test
    void shouldTakeHellosOfOpenflowWithNothingOrAMessageBehind() {
        final String hello = "0100 0008 00000001";
        assertEquals("openflow", opened(hello, hello));
        assertEquals("openflow", opened(hello, hello + "0105 0008 00000002"));
        assertEquals("openflow", opened(hello + "0105 0008 00000002", hello));
        assertEquals("openflow", opened(hello, "0400 0010 00000001 0001 0008 00000012"));
        assertNull(opened(hello, hello + "ab"));
        assertNull(opened(hello, hello + "01ff 0008"));
        assertNull(opened(hello, "0100 0009 00000001 00"));
        assertNull(opened(hello + "ab", hello));
    }
}
