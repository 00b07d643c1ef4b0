package io.weir.protocol.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class SshTest {
    private static final String CLIENT_BANNER = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n";
    private static final String SERVER_BANNER = "SSH-2.0-dropbear_2022.83\r\n";
    private static final byte[] CLIENT_OFFER = offer("k1,k2", "h", "e1", "e2", "m1", "m2", "none,zlib", "c2", "", "");
    private static final byte[] SERVER_OFFER = offer("k1", "h", "e1", "e2", "m1", "m2", "none", "c2", "", "");
    // MD5 of "k1,k2;e1;m1;none,zlib" and of "k1;e2;m2;c2"
    private static final String RECORD = "\"ssh\":{\"client\":{\"proto_version\":\"2.0\",\"software_version\":"
        + "\"OpenSSH_9.2p1\",\"hassh\":{\"hash\":\"fdfbfd226bcde7ad9783b49bb20c74f5\","
        + "\"string\":\"k1,k2;e1;m1;none,zlib\"}},"
        + "\"server\":{\"proto_version\":\"2.0\",\"software_version\":\"dropbear_2022.83\","
        + "\"hassh\":{\"hash\":\"e25c086402b6c5d6fdc2f6990e783ef9\",\"string\":\"k1;e2;m2;c2\"}}}";

    @Test
    void shouldFingerprintBothSidesAndStop() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 7}) {
            final Talk talk = Talk.tcp(22).client(CLIENT_BANNER).server(SERVER_BANNER).client(CLIENT_OFFER)
                .server(SERVER_OFFER).client("encrypted").segmented(bytes);
            assertEquals("ssh", talk.protocol());
            assertEquals(List.of(RECORD), talk.objects());
            assertEquals(Confidence.HANDSHAKE, talk.confidence());
            assertTrue(talk.isEncrypted());
            assertTrue(talk.isCutOff());
        }
    }

    @Test
    void shouldFollowTheAgreementOnKeysWhileRulesWatch() {
        final byte[] newKeys = Talk.hex("0000000c 0a 15 00000000000000000000");
        final byte[] reply = Talk.hex("0000000c 0a 1f 00000000000000000000");
        final Talk agreed = Talk.tcp(22).client(CLIENT_BANNER).server(SERVER_BANNER).client(CLIENT_OFFER)
            .server(SERVER_OFFER).server(reply).server(newKeys).client(newKeys).watchedBy(Watcher.ofAll());
        assertEquals(List.of(RECORD), agreed.objects());
        assertFalse(agreed.isCutOff());
        assertTrue(agreed.isEncrypted());
        final Talk seen = Talk.tcp(22).client(CLIENT_BANNER).server(SERVER_BANNER).client(CLIENT_OFFER)
            .server(SERVER_OFFER).server(reply).server(newKeys).client(newKeys).watchedBy(Watcher.ofStreams());
        assertEquals(List.of(RECORD), seen.objects());
        assertFalse(seen.isCutOff());
        final Talk sealed = Talk.tcp(22).client(CLIENT_BANNER).server(SERVER_BANNER).client(CLIENT_OFFER)
            .server(SERVER_OFFER).server(newKeys).client(newKeys).client("encrypted").watchedBy(Watcher.ofAll());
        assertEquals(List.of(RECORD), sealed.objects());
        assertTrue(sealed.isCutOff());
    }

    @Test
    void shouldRecogniseTheServerFirstAndOnAnyPort() {
        assertEquals("ssh", Talk.tcp(443).server(SERVER_BANNER).protocol());
        assertEquals("ssh", Talk.tcp(443).server(SERVER_BANNER).segmented(1).protocol());
        assertEquals("ssh", Talk.tcp(9).client("SSH-1.99-x\n").protocol());
    }

    @Test
    void shouldRecordWhatStayedHalf() {
        assertEquals(List.of("\"ssh\":{\"server\":{\"proto_version\":\"2.0\",\"software_version\":"
            + "\"dropbear_2022.83\"}}"), Talk.tcp(22).server(SERVER_BANNER).objects());
    }

    @Test
    void shouldEndAfterTheBannersOfVersion1() {
        final Talk talk = Talk.tcp(22).server("SSH-1.5-old\n").client("SSH-1.5-OpenSSH\n").server("\0\0\1\12");
        assertEquals(List.of("\"ssh\":{\"client\":{\"proto_version\":\"1.5\",\"software_version\":\"OpenSSH\"},"
            + "\"server\":{\"proto_version\":\"1.5\",\"software_version\":\"old\"}}"), talk.objects());
    }

    @Test
    void shouldSkipLinesInFrontOfTheServersBanner() {
        final Talk talk = Talk.tcp(22).client("SSH-2.0-a\r\n").server("welcome\r\nSSH-2.0-b\r\n");
        assertEquals(1, talk.records().size());
        assertTrue(talk.objects().get(0).contains("\"software_version\":\"b\""), talk.objects().get(0));
    }

    @Test
    void shouldKeepTheBannersWhenOffersAreMissingOrHostile() {
        final Talk gap = Talk.tcp(22).client(CLIENT_BANNER).server(SERVER_BANNER).gap(true, 900).server(SERVER_OFFER);
        assertEquals(1, gap.records().size());
        assertTrue(!gap.objects().get(0).contains("k1,k2")
            && gap.objects().get(0).contains("e25c086402b6c5d6fdc2f6990e783ef9"));
        final Talk hostile = Talk.tcp(22).client(CLIENT_BANNER).server(SERVER_BANNER)
            .client(Talk.hex("00000040 04 14 00112233445566778899aabbccddeeff ffffffff" + "00".repeat(48)))
            .server(Talk.hex("ffffffff 04 14 00"));
        assertEquals(1, hostile.records().size());
        assertTrue(!hostile.objects().get(0).contains("hassh"));
        assertEquals(0, hostile.faults());
    }

    @Test
    void shouldNotTakeOtherTextForIt() {
        assertNull(Talk.tcp(22).client("SSH-2.0\r\n").protocol());
        assertNull(Talk.tcp(22).client("SSH-x.0-a\r\n").protocol());
        assertNull(Talk.tcp(22).client("SSH-2.0-\1\2\3\r\n").protocol());
    }

    /** The example that HASSH's authors publish with it: what CyberDuck 6.7.1 offers, and its hash. */
    @Test
    void shouldGiveThePublishedHashOfAPublishedOffer() {
        final String methods = "curve25519-sha256@libssh.org,diffie-hellman-group-exchange-sha256,ecdh-sha2-nistp521,"
            + "ecdh-sha2-nistp384,ecdh-sha2-nistp256,diffie-hellman-group-exchange-sha1,"
            + "diffie-hellman-group1-sha1,diffie-hellman-group14-sha1,diffie-hellman-group14-sha256,"
            + "diffie-hellman-group15-sha512,diffie-hellman-group16-sha512,diffie-hellman-group17-sha512,"
            + "diffie-hellman-group18-sha512,diffie-hellman-group14-sha256@ssh.com,"
            + "diffie-hellman-group15-sha256,diffie-hellman-group15-sha256@ssh.com,"
            + "diffie-hellman-group15-sha384@ssh.com,diffie-hellman-group16-sha256,"
            + "diffie-hellman-group16-sha384@ssh.com,diffie-hellman-group16-sha512@ssh.com,"
            + "diffie-hellman-group18-sha512@ssh.com";
        final String ciphers = "aes128-cbc,aes128-ctr,aes192-cbc,aes192-ctr,aes256-cbc,aes256-ctr,blowfish-cbc,"
            + "blowfish-ctr,cast128-cbc,cast128-ctr,idea-cbc,idea-ctr,serpent128-cbc,serpent128-ctr,serpent192-cbc,"
            + "serpent192-ctr,serpent256-cbc,serpent256-ctr,3des-cbc,3des-ctr,twofish128-cbc,twofish128-ctr,"
            + "twofish192-cbc,twofish192-ctr,twofish256-cbc,twofish256-ctr,twofish-cbc,arcfour,arcfour128,"
            + "arcfour256";
        final String macs = "hmac-sha1,hmac-sha1-96,hmac-md5,hmac-md5-96,hmac-sha2-256,hmac-sha2-512";
        final byte[] offer = offer(methods, "ssh-rsa", ciphers, "none", macs, "none", "zlib@openssh.com,zlib,none",
            "none", "", "");
        for (final int bytes : new int[] {Integer.MAX_VALUE, 100}) {
            final Talk talk = Talk.tcp(22).client("SSH-2.0-Cyberduck/6.7.1.28683\r\n").client(offer).segmented(bytes);
            assertTrue(talk.objects().get(0).contains("\"hash\":\"8a8ae540028bf433cd68356c1b9e8d5b\""),
                () -> talk.objects().get(0));
        }
    }

    private static byte[] offer(final String... lists) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(20);
        out.writeBytes(new byte[16]);
        for (final String list : lists) {
            out.writeBytes(new byte[] {0, 0, (byte) (list.length() >> 8), (byte) list.length()});
            out.writeBytes(Talk.text(list));
        }
        out.writeBytes(new byte[5 + 4]);
        final byte[] packet = new byte[5 + out.size()];
        packet[2] = (byte) (out.size() + 1 >>> 8);
        packet[3] = (byte) (out.size() + 1);
        packet[4] = 4;
        System.arraycopy(out.toByteArray(), 0, packet, 5, out.size());
        return packet;
    }
}
