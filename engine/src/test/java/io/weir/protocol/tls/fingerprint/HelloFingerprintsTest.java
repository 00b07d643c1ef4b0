package io.weir.protocol.tls.fingerprint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Hellos;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Fingerprints that are remembered are those that would be made anew. */
class HelloFingerprintsTest {
    private final HelloFingerprints fingerprints = new HelloFingerprints(new Ja3());
    private final Ja3 ja3 = new Ja3();
    private final Ja4 ja4 = new Ja4();

    @Test
    void shouldMakeThoseOfEachHelloWhateverCameBefore() {
        final List<Hellos> hellos = new ArrayList<>(List.of(base(), base().version(0x0302), base().ciphers(0x1301),
            base().ciphers(0x1302, 0x1301), base().ciphers(0x0a0a, 0x1301, 0x1302), base().empty(23),
            base().empty(23, 0x1a1a), base().empty(35, 23), base().empty(23, 35), base().groups(29, 23),
            base().groups(0x2a2a, 23), base().groups(23), base().points("00"), base().points("0001"),
            base().versions(0x0304), base().versions(0x0304, 0x0303), base().algorithms(0x0403),
            base().algorithms(0x0403, 0x0804), base().algorithms(0x0804, 0x0403), base().sni("a.example"),
            base().alpn("h2"), base().alpn("h3"), base().alpn("http/1.1"), base().alpn(""), base().alpn("h2", "h3"),
            base().points("0a0a"), base().ciphers(1, 2, 3, 4, 5), base().ciphers(0x0a0a, 1, 2, 3, 4, 5),
            base().ciphers(1, 2, 0x0a1a, 3, 4, 5), base().ciphers(1, 2, 3, 0x2a2a, 4, 5),
            base().groups(0x0a0a), base().empty(0x0a0a),
            Hellos.hello().ciphers(IntStream.range(1, 400).toArray()),
            Hellos.hello().ciphers(IntStream.range(40_000, 40_180).toArray())));
        for (int i = 1; i < 300; i++) {
            hellos.add(Hellos.hello().ciphers(i));
        }
        for (int i = 0; i < 1_000; i++) {
            assertAsMadeAnew(Hellos.hello().ciphers(20_000 + i).client(), Ja4.TCP);
        }
        final Random random = new Random(1);
        for (int i = 0; i < 5_000; i++) {
            final ClientHello hello = hellos.get(random.nextInt(hellos.size())).client();
            assertAsMadeAnew(hello, random.nextBoolean() ? Ja4.TCP : Ja4.QUIC);
            assertAsMadeAnew(hello, Ja4.DTLS);
        }
    }

    @Test
    void shouldMakeThoseOfEachServerWhateverCameBefore() {
        final Random random = new Random(2);
        final int[][] types = {{}, {23}, {23, 35}, {35, 23}, {0x0a0a, 23}, {23, 0x1a1a}, {0x0a1a}};
        for (int i = 0; i < 5_000; i++) {
            final ClientHello hello = Hellos.hello().empty(types[random.nextInt(types.length)]).client();
            final int cipher = 0x1301 + random.nextInt(3);
            final int version = 0x0301 + random.nextInt(3);
            ja3.of(version, cipher, hello.extensions());
            assertJa3(fingerprints.of(version, cipher, hello.extensions()));
        }
    }

    @Test
    void shouldAllocateNothing() {
        final ClientHello[] hellos = {base().sni("a.example").client(),
            Hellos.hello().ciphers(IntStream.range(1, 400).toArray()).client()};
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        take(hellos, 20_000);

        final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        take(hellos, 1_000);
        final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertTrue(allocated < 4096);
    }

    private void take(final ClientHello[] hellos, final int times) {
        for (int i = 0; i < times; i++) {
            fingerprints.of(hellos[i % hellos.length], Ja4.TCP);
        }
    }

    private static Hellos base() {
        return Hellos.hello().ciphers(0x1301, 0x1302);
    }

    private void assertAsMadeAnew(final ClientHello hello, final char transport) {
        ja3.of(hello);
        ja4.of(hello, transport);
        final HelloFingerprints made = fingerprints.of(hello, transport);
        assertJa3(made);
        assertEquals(text(ja4.text(), 0, Ja4.LENGTH), text(made.bytes(), made.ja4From(), Ja4.LENGTH));
    }

    private void assertJa3(final HelloFingerprints made) {
        assertEquals(text(ja3.hash(), 0, Ja3.HASH_LENGTH), text(made.bytes(), made.ja3HashFrom(), Ja3.HASH_LENGTH));
        assertEquals(text(ja3.text(), 0, ja3.textLength()),
            text(made.bytes(), made.ja3TextFrom(), made.ja3TextLength()));
    }

    private static String text(final byte[] bytes, final int from, final int length) {
        return new String(bytes, from, length, StandardCharsets.US_ASCII);
    }
}
