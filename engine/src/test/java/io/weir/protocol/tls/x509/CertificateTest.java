package io.weir.protocol.tls.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weir.protocol.Bytes;
import io.weir.protocol.tls.Certificates;
import io.weir.protocol.tls.Hellos;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CertificateTest {
    private final Certificate certificate = new Certificate();

    @Test
    void shouldTellEveryPart() {
        assertTrue(read(Certificates.SERVER, Certificates.SERVER.length));

        assertTrue(certificate.isWhole());
        assertEquals("C=DE, O=Example, Inc., OU=Research, CN=example.org, Email=info@example.org", subject());
        assertEquals("C=US, O=Example Trust, CN=Example CA", issuer());
        assertEquals("00:9A:3F:00:C1:D2", text(certificate.serial(), certificate.serialLength()));
        assertEquals("b7:3a:41:47:01:6b:b6:40:bf:a2:fc:fc:60:6c:d0:70:89:42:eb:d7",
            text(certificate.fingerprint(), 59));
        assertEquals(Instant.parse("2026-11-23T08:15:02Z").getEpochSecond(), certificate.notBefore());
        assertEquals(Instant.parse("2036-11-20T08:15:02Z").getEpochSecond(), certificate.notAfter());
        assertEquals(5, certificate.nameCount());
        assertEquals("example.org", name(0));
        assertEquals("*.example.org", name(1));
        assertTrue(certificate.isAddress(2));
        assertEquals(4, certificate.nameLength(2));
        assertEquals(16, certificate.nameLength(3));
        assertEquals("https://example.org/", name(4));
    }

    @Test
    void shouldTellWhatIsThereOfACutCertificate() {
        assertTrue(read(Certificates.SERVER, 150));

        assertFalse(certificate.isWhole());
        assertEquals("C=US, O=Example Trust, CN=Example CA", issuer());
        assertEquals(0, certificate.nameCount());
    }

    @Test
    void shouldReadTimesAsTheyAreWritten() {
        assertEquals("2049-12-31T23:59:59Z", time("170d", "491231235959Z"));
        assertEquals("1950-01-01T00:00:00Z", time("170d", "500101000000Z"));
        assertEquals("2015-06-30T12:00:00Z", time("170b", "1506301200Z"));
        assertEquals("2015-06-30T10:30:00Z", time("1711", "150630120000+0130"));
        assertEquals("9999-12-31T23:59:59Z", time("180f", "99991231235959Z"));
        assertEquals("1600-02-29T00:00:00Z", time("180f", "16000229000000Z"));
    }

    @Test
    void shouldKnowWhatIsNoTime() {
        assertEquals(DerTime.NONE, seconds("170d", "491331235959Z"));
        assertEquals(DerTime.NONE, seconds("170d", "49a131235959Z"));
        assertEquals(DerTime.NONE, seconds("1704", "4901"));
        assertEquals(DerTime.NONE, seconds("0c0d", "491231235959Z"));
    }

    @Test
    void shouldWriteNamesInEveryAlphabet() {
        assertEquals("CN=h\u00e9", name("310d300b0603550403" + "1e04006800e9"));
        assertEquals("CN=\u20ac", name("310d300b0603550403" + "1c04000020ac"));
        assertEquals("O=a + OU=b", name("3114" + "300806035504" + "0a0c0161" + "300806035504" + "0b0c0162"));
        assertEquals("OID(1.3.6.1.4.1.311.60.2.1.3)=DE",
            name("31133011060b2b0601040182373c0201030c024445"));
        assertEquals("DC=org", name("31133011060a0992268993f22c64011916036f7267"));
    }

    @Test
    void shouldSurviveEveryCut() {
        for (int length = 0; length < Certificates.SERVER.length; length++) {
            read(Certificates.SERVER, length);
            assertFalse(certificate.isWhole() && length > 10);
        }
    }

    @Test
    void shouldStayInsideWhateverTheBytesSay() {
        final Random random = new Random(3);
        for (int round = 0; round < 100_000; round++) {
            final byte[] damaged = Certificates.SERVER.clone();
            for (int i = 0; i < 4; i++) {
                damaged[random.nextInt(damaged.length)] = (byte) (random.nextBoolean() ? random.nextInt() : 0x84);
            }
            if (read(damaged, damaged.length)) {
                for (int i = 0; i < certificate.nameCount(); i++) {
                    assertTrue(certificate.nameFrom(i) + certificate.nameLength(i) <= damaged.length);
                }
                assertTrue(certificate.commonNameFrom() + certificate.commonNameLength() <= damaged.length);
            }
        }
    }

    @Test
    void shouldAllocateNothing() {
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        final Bytes bytes = new Bytes().wrap(Certificates.SERVER, 0, Certificates.SERVER.length);
        read(bytes, 20_000);

        final long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        read(bytes, 1000);
        final long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

        assertTrue(allocated < 4096, allocated + " bytes");
    }

    private void read(final Bytes bytes, final int times) {
        for (int i = 0; i < times; i++) {
            assertTrue(certificate.wrap(bytes, 0, bytes.length()));
            certificate.fingerprint();
        }
    }

    private boolean read(final byte[] bytes, final int length) {
        return certificate.wrap(new Bytes().wrap(bytes, 0, length), 0, length);
    }

    private static long seconds(final String header, final String digits) {
        final byte[] element = Hellos.join(Hellos.hex(header), digits.getBytes(StandardCharsets.US_ASCII));
        final Der der = new Der().wrap(new Bytes().wrap(element, 0, element.length), 0, element.length);
        assertTrue(der.read());
        return DerTime.seconds(der);
    }

    private static String time(final String header, final String digits) {
        return Instant.ofEpochSecond(seconds(header, digits)).toString();
    }

    private static String name(final String sets) {
        final byte[] bytes = Hellos.hex(sets);
        final Ascii target = new Ascii(100);
        new NameText().write(new Bytes().wrap(bytes, 0, bytes.length), 0, bytes.length, target);
        return new String(target.text(), 0, target.length(), StandardCharsets.UTF_8);
    }

    private String name(final int index) {
        final byte[] text = new byte[certificate.nameLength(index)];
        certificate.bytes().buffer().getBytes(certificate.nameFrom(index), text);
        return text(text, text.length);
    }

    private String subject() {
        return text(certificate.subject(), certificate.subjectLength());
    }

    private String issuer() {
        return text(certificate.issuer(), certificate.issuerLength());
    }

    private static String text(final byte[] bytes, final int length) {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
