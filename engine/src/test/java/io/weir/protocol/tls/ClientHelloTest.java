package io.weir.protocol.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ClientHelloTest {
    private static final Hellos FULL = Hellos.hello().session("0102030405060708").ciphers(0x1301, 0xc02f)
        .sni("example.org").alpn("h2", "http/1.1").versions(0x0a0a, 0x0304, 0x0303).groups(0x001d, 0x0017)
        .points("00").algorithms(0x0403, 0x0804).empty(35);

    @Test
    void shouldTellEveryPartOfAHello() {
        final ClientHello hello = FULL.client();

        assertFalse(hello.isDamaged());
        assertEquals(0x0303, hello.legacyVersion());
        assertEquals(8, hello.sessionIdLength());
        assertEquals(2, hello.cipherCount());
        assertEquals(0xc02f, hello.cipher(1));
        assertEquals("example.org", text(hello, hello.sniFrom(), hello.sniLength()));
        final int first = hello.firstAlpn();
        final int second = hello.nextAlpn(first);
        assertEquals("h2", text(hello, first + 1, hello.bytes().u8(first)));
        assertEquals("http/1.1", text(hello, second + 1, hello.bytes().u8(second)));
        assertEquals(Extensions.NONE, hello.nextAlpn(second));
        assertEquals(3, hello.versionCount());
        assertEquals(0x0304, hello.version(1));
        assertEquals(2, hello.groupCount());
        assertEquals(0x001d, hello.group(0));
        assertEquals(1, hello.pointFormatCount());
        assertEquals(2, hello.signatureAlgorithmCount());
        assertEquals(0x0804, hello.signatureAlgorithm(1));
        assertFalse(hello.hasTicket());
        assertFalse(hello.hasEncryptedHello());
    }

    @Test
    void shouldSeeResumptionAndEncryptedHello() {
        final ClientHello hello = Hellos.hello().extension(35, "aabb").extension(0xfe0d, "00").extension(41, "00")
            .client();

        assertTrue(hello.hasTicket());
        assertTrue(hello.hasEncryptedHello());
    }

    @Test
    void shouldReadAHelloWithoutExtensions() {
        final ClientHello hello = Hellos.hello().version(0x0300).client();

        assertFalse(hello.isDamaged());
        assertEquals(Extensions.NONE, hello.extensions().first());
        assertFalse(hello.hasServerName());
    }

    @Test
    void shouldPassOverTheCookieOfDtls() {
        final ClientHello hello = Hellos.hello().version(0xfefd).cookie("0a0b0c").sni("example.org").client();

        assertEquals(0x1301, hello.cipher(0));
        assertEquals("example.org", text(hello, hello.sniFrom(), hello.sniLength()));
    }

    @Test
    void shouldSurviveEveryCutAndTellWhatIsThere() {
        final byte[] whole = FULL.clientBody();
        final ClientHello hello = new ClientHello();
        for (int length = 0; length < whole.length; length++) {
            final byte[] cut = Arrays.copyOf(whole, length);
            if (hello.wrap(new Bytes().wrap(cut, 0, length))) {
                assertEquals(length != 51, hello.isDamaged());
                assertEquals(2, hello.cipherCount());
            } else {
                assertTrue(length < 51);
            }
        }
    }

    @Test
    void shouldStayInsideWhateverTheBytesSay() {
        final Random random = new Random(7);
        final byte[] whole = FULL.clientBody();
        final ClientHello hello = new ClientHello();
        for (int round = 0; round < 100_000; round++) {
            final byte[] damaged = whole.clone();
            for (int i = 0; i < 3; i++) {
                damaged[34 + random.nextInt(damaged.length - 34)] = (byte) random.nextInt();
            }
            if (hello.wrap(new Bytes().wrap(damaged, 0, damaged.length))) {
                assertTrue(hello.sniFrom() + hello.sniLength() <= damaged.length);
                for (int at = hello.firstAlpn(); at != Extensions.NONE; at = hello.nextAlpn(at)) {
                    assertTrue(at + hello.bytes().u8(at) < damaged.length);
                }
                assertTrue(hello.groupCount() >= 0);
                assertTrue(hello.group(Math.max(0, hello.groupCount() - 1)) >= -1);
            }
        }
    }

    private static String text(final ClientHello hello, final int from, final int length) {
        final byte[] text = new byte[length];
        hello.bytes().buffer().getBytes(from, text);
        return new String(text, StandardCharsets.ISO_8859_1);
    }
}
