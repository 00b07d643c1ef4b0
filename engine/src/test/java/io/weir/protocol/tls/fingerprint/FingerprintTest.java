package io.weir.protocol.tls.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weir.protocol.Bytes;
import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Hellos;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Against values that the publishers of the fingerprints give. */
class FingerprintTest {
    private static final int[] CHROME_CIPHERS = {0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9,
        0xcca8, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035};

    private final Ja3 ja3 = new Ja3();
    private final Ja4 ja4 = new Ja4();

    @Test
    void shouldTakeTheJa3OfItsPublishersExample() {
        final Hellos hello = Hellos.hello().version(769)
            .ciphers(0x2a2a, 47, 53, 5, 10, 49161, 49162, 49171, 49172, 50, 56, 19, 4)
            .empty(0xfafa).sni("a").groups(0x1a1a, 23, 24, 25).points("00");

        assertEquals("769,47-53-5-10-49161-49162-49171-49172-50-56-19-4,0-10-11,23-24-25,0",
            text(ja3.of(hello.client())));
        assertEquals("ada70206e40642a3e4461f35503241d5", hash(ja3));
    }

    @Test
    void shouldTakeTheJa3OfAHelloWithoutExtensions() {
        final Hellos hello = Hellos.hello().version(769).ciphers(4, 5, 10, 9, 100, 98, 3, 6, 19, 18, 99);

        assertEquals("769,4-5-10-9-100-98-3-6-19-18-99,,,", text(ja3.of(hello.client())));
        assertEquals("de350869b8c85de67a350c8d186f11e6", hash(ja3));
    }

    @Test
    void shouldTakeTheJa3OfAServer() {
        final Hellos extensions = Hellos.hello().empty(51, 0x2a2a, 43);

        assertEquals("771,4865,51-43", text(ja3.of(771, 4865, extensions.client().extensions())));
        assertEquals("eb1d94daa7e0344597e756a1fb6e7054", hash(ja3));
    }

    @Test
    void shouldTakeTheJa4OfItsPublishersExample() {
        assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", text(ja4.of(chrome(), Ja4.TCP)));
        assertTrue(text(ja4.of(chrome(), Ja4.QUIC)).startsWith("q13d1516h2_"));
    }

    @Test
    void shouldNotDependOnOrderAndGrease() {
        final ClientHello hello = Hellos.hello()
            .ciphers(0xfafa, 0x0035, 0x002f, 0x009d, 0x1301, 0x1302, 0x1303, 0xc02b, 0xc02f, 0xc02c, 0xc030, 0xcca9,
                0xcca8, 0xc013, 0xc014, 0x009c)
            .empty(0x0a0a, 0x0015, 0x0012, 0x0023).alpn("h2").groups(29).points("00").sni("b.example")
            .algorithms(0x5a5a, 0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601)
            .empty(0xff01, 0x4469, 0x0017, 0x002d, 0x0033, 0x001b, 0x0005).versions(0x0303, 0x6a6a, 0x0304)
            .empty(0x3a3a).client();

        assertEquals("t13d1516h2_8daaf6152771_e5627efa2ab1", text(ja4.of(hello, Ja4.TCP)));
    }

    @Test
    void shouldTakeTheJa4OfAHelloWithoutApplicationProtocol() {
        final ClientHello hello = Hellos.hello()
            .ciphers(0xc02c, 0xc02b, 0xc030, 0xc02f, 0xc024, 0xc023, 0xc028, 0xc027, 0xc00a, 0xc009, 0xc014, 0xc013,
                0x009d, 0x009c, 0x003d, 0x003c, 0x0035, 0x002f, 0x000a)
            .sni("a").empty(5).groups(29).points("00")
            .algorithms(0x0804, 0x0805, 0x0806, 0x0401, 0x0501, 0x0201, 0x0403, 0x0503, 0x0203, 0x0202, 0x0601, 0x0603)
            .empty(0x0023, 0x0017, 0xff01).client();

        assertEquals("t12d190800_d83cc789557e_7af1ed941c26", text(ja4.of(hello, Ja4.TCP)));
    }

    @Test
    void shouldWriteZerosForWhatIsNotThere() {
        assertEquals("t12i000000_000000000000_000000000000",
            text(ja4.of(Hellos.hello().ciphers().client(), Ja4.TCP)));
    }

    @Test
    void shouldTellVersionsOfDtls() {
        final Hellos hello = Hellos.hello().version(0xfefd).cookie("");

        assertTrue(text(ja4.of(hello.client(), Ja4.DTLS)).startsWith("dd2i0100"));
        assertTrue(text(ja4.of(hello.versions(0xfefd, 0xfefc).client(), Ja4.DTLS)).startsWith("dd3i0101"));
    }

    @Test
    void shouldTellApplicationProtocolsThatAreNotText() {
        assertEquals("h2", alpn("h2"));
        assertEquals("h1", alpn("http/1.1"));
        assertEquals("aa", alpn("a"));
        assertEquals("ab", alpn("\u00ab"));
        assertEquals("ad", alpn("\u00ab\u00cd"));
        assertEquals("3b", alpn("0\u00ab"));
        assertEquals("3d", alpn("01\u00ab\u00cd"));
        assertEquals("01", alpn("0\u00ab\u00cd1"));
    }

    @Test
    void shouldCountToNinetyNine() {
        final int[] ciphers = new int[30_000];
        Arrays.setAll(ciphers, i -> i);

        assertTrue(text(ja4.of(Hellos.hello().ciphers(ciphers).client(), Ja4.TCP)).startsWith("t12i990000_"));
        assertEquals(8192, ja3.of(Hellos.hello().ciphers(ciphers).client()).textLength());
    }

    @Test
    void shouldNotDependOnTheOrderOfFewOrMany() {
        final Random random = new Random(3);
        for (int count = 1; count < 100; count++) {
            final int[] rising = IntStream.range(0xc001, 0xc001 + count).toArray();
            final int[] others = rising.clone();
            for (int i = 0; i < count; i++) {
                final int from = random.nextInt(count);
                final int value = others[i];
                others[i] = others[from];
                others[from] = value;
            }
            assertEquals(text(ja4.of(Hellos.hello().ciphers(rising).client(), Ja4.TCP)),
                text(ja4.of(Hellos.hello().ciphers(others).client(), Ja4.TCP)));
        }
    }

    @Test
    void shouldAllocateNothing() {
        final ClientHello hello = chrome();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        fingerprints(hello, 20_000);

        final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        fingerprints(hello, 1000);
        final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertTrue(allocated < 4096);
    }

    private void fingerprints(final ClientHello hello, final int times) {
        final byte[] body = new byte[hello.bytes().length()];
        hello.bytes().buffer().getBytes(0, body);
        final Bytes bytes = new Bytes().wrap(body, 0, body.length);
        for (int i = 0; i < times; i++) {
            hello.wrap(bytes);
            ja3.of(hello);
            ja4.of(hello, Ja4.TCP);
        }
    }

    private static ClientHello chrome() {
        return Hellos.hello().ciphers(CHROME_CIPHERS).empty(0x0023, 0xff01).sni("a.example")
            .empty(0x001b, 0x0012, 0x4469, 0x002d).versions(0x0304, 0x0303)
            .algorithms(0x0403, 0x0804, 0x0401, 0x0503, 0x0805, 0x0501, 0x0806, 0x0601).alpn("h2", "http/1.1")
            .empty(0x0033).groups(29).empty(0x0005, 0x0017).points("00").empty(0x0015).client();
    }

    private String alpn(final String name) {
        return text(ja4.of(Hellos.hello().alpn(name).client(), Ja4.TCP)).substring(8, 10);
    }

    private static String text(final Ja3 fingerprint) {
        return new String(fingerprint.text(), 0, fingerprint.textLength(), StandardCharsets.US_ASCII);
    }

    private static String hash(final Ja3 fingerprint) {
        return new String(fingerprint.hash(), StandardCharsets.US_ASCII);
    }

    private static String text(final Ja4 fingerprint) {
        return new String(fingerprint.text(), StandardCharsets.US_ASCII);
    }
}
