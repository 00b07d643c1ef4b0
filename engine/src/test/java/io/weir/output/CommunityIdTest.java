package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CommunityIdTest {
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;

    private final CommunityId communityId = new CommunityId(0);

    private String of(final FlowEvents flow) {
        return new String(communityId.of(flow.event()), StandardCharsets.US_ASCII);
    }

    private static FlowEvents flow(
        final int protocol, final String source, final int sourcePort, final String destination, final int port) {
        return FlowEvents.of(protocol).between(source, sourcePort, destination, port);
    }

    @Test
    void shouldMatchThePublishedVectorsOfTransportsWithPorts() {
        assertEquals("1:LQU9qZlK+B5F3KDmev6m5PMibrg=", of(flow(TCP, "128.232.110.120", 34855, "66.35.250.204", 80)));
        assertEquals("1:LQU9qZlK+B5F3KDmev6m5PMibrg=", of(flow(TCP, "66.35.250.204", 80, "128.232.110.120", 34855)));
        assertEquals("1:d/FP5EW3wiY1vCndhwleRRKHowQ=", of(flow(UDP, "192.168.1.52", 54585, "8.8.8.8", 53)));
        assertEquals("1:MP2EtRCAUIZvTw6MxJHLV7N7JDs=", of(flow(SCTP, "192.168.170.8", 7, "192.168.170.56", 7)));
        assertEquals("1:wCb3OG7yAFWelaUydu0D+125CLM=", of(flow(TCP, "1.2.3.4", 1122, "5.6.7.8", 3344)));
        assertEquals("1:0Mu9InQx6z4ZiCZM/7HXi2WMhOg=", of(flow(UDP, "1.2.3.4", 1122, "5.6.7.8", 3344)));
    }

    @Test
    void shouldMatchThePublishedVectorsOfIcmp() {
        assertEquals("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=", of(flow(1, "192.168.0.89", 0, "192.168.0.1", 0).icmp(8, 0)));
        assertEquals("1:X0snYXpgwiv9TZtqg64sgzUn6Dk=", of(flow(1, "192.168.0.1", 0, "192.168.0.89", 0).icmp(0, 0)));
        assertEquals("1:crodRHL2FEsHjbv3UkRrfbs4bZ0=", of(flow(1, "1.2.3.4", 77, "5.6.7.8", 77).icmp(8, 0)));
        assertEquals("1:pkvHqCL88/tg1k4cPigmZXUtL00=",
            of(flow(58, "fe80::260:97ff:fe07:69ea", 0, "ff02::1", 0).icmp(134, 0)));
        assertEquals("1:0bf7hyMJUwt3fMED7z8LIfRpBeo=",
            of(flow(58, "fe80:1:203:405:607:809:a0b:c0d", 0, "fe80:1011:1213:1415:1617:1819:1a1b:1c1d", 0)
                .icmp(128, 0)));
    }

    @Test
    void shouldHashWhateverFlowOfTheSamePlaceCameBefore() {
        final Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            final FlowEvents flow = flow(random.nextBoolean() ? TCP : UDP, "1.2.3." + random.nextInt(2),
                1 + random.nextInt(2), "5.6.7." + random.nextInt(2), 3 + random.nextInt(2));
            assertEquals(new String(new CommunityId(0).of(flow.event()), StandardCharsets.US_ASCII), of(flow));
        }
    }

    @Test
    void shouldApplyTheSeed() {
        final FlowEvents flow = flow(TCP, "1.2.3.4", 1122, "5.6.7.8", 3344);
        assertEquals("1:HhA1B+6CoLbiKPEs5nhNYN4XWfk=",
            new String(new CommunityId(1).of(flow.event()), StandardCharsets.US_ASCII));
    }

    @Test
    void shouldHashAsTheLibrarysSha1() throws NoSuchAlgorithmException {
        final Random random = new Random(1);
        final MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        for (int i = 0; i < 1_000; i++) {
            final int last = 2 + random.nextInt(200);
            final int port = random.nextInt(65_536);
            sha1.update(new byte[] {0, 0, 10, 0, 0, 1, 10, 0, 0, (byte) last, UDP, 0, 0, 1});
            sha1.update(new byte[] {(byte) (port >> 8), (byte) port});
            assertEquals("1:" + Base64.getEncoder().encodeToString(sha1.digest()),
                of(flow(UDP, "10.0.0.1", 1, "10.0.0." + last, port)));
        }
    }
}
