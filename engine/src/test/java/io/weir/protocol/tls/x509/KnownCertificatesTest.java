package io.weir.protocol.tls.x509;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.weir.protocol.Bytes;
import io.weir.protocol.tls.Certificates;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

class KnownCertificatesTest {
    private static final int LENGTH = Certificates.SERVER.length;

    private final KnownCertificates certificates = new KnownCertificates();

    @Test
    void shouldReadOnceWhatComesAgainAndAgain() {
        final Certificate first = read(Certificates.SERVER);
        read(Certificates.SERVER);
        final Certificate third = read(Certificates.SERVER);

        assertNotSame(first, third);
        assertSame(third, read(Certificates.SERVER));
        assertAsReadAnew(third, Certificates.SERVER);
    }

    @Test
    void shouldTakeNoOtherForAKnownOneThatDiffersInAnyByte() {
        for (int i = 0; i < 3; i++) {
            read(Certificates.SERVER);
        }
        for (int at = 0; at < LENGTH; at++) {
            final byte[] other = Certificates.SERVER.clone();
            other[at] ^= 1;
            assertAsReadAnew(read(other), other);
            assertAsReadAnew(read(Certificates.SERVER), Certificates.SERVER);
        }
    }

    @Test
    void shouldReadEachOfManyAsIfItWereAlone() {
        final Random random = new Random(1);
        final byte[][] many = new byte[2_000][];
        for (int i = 0; i < many.length; i++) {
            many[i] = Certificates.SERVER.clone();
            // Anywhere in the signature, whose end says where a certificate has its place.
            many[i][LENGTH - 1 - random.nextInt(60)] ^= (byte) (1 + random.nextInt(255));
        }
        for (int i = 0; i < 20_000; i++) {
            final byte[] one = many[random.nextInt(1 + i % many.length)];
            assertAsReadAnew(read(one), one);
        }
    }

    @Test
    void shouldReadWhatIsCutOrLiesInNativeMemoryAsItIs() {
        final UnsafeBuffer outside = new UnsafeBuffer(ByteBuffer.allocateDirect(LENGTH + 1));
        outside.putBytes(1, Certificates.SERVER);
        final Bytes view = new Bytes();
        for (int i = 0; i < 4; i++) {
            for (int length = 0; length <= LENGTH; length += 7) {
                final byte[] cut = new byte[length];
                System.arraycopy(Certificates.SERVER, 0, cut, 0, length);
                assertAsReadAnew(certificates.of(view.wrap(outside, 1, length), 0, LENGTH), cut);
                assertAsReadAnew(read(cut), cut);
            }
        }
    }

    @Test
    void shouldAnswerNothingHoweverOftenWhatIsNoCertificateComes() {
        final byte[] none = new byte[200];
        for (int i = 0; i < 4; i++) {
            assertNull(read(none));
        }
    }

    private Certificate read(final byte[] bytes) {
        return certificates.of(new Bytes().wrap(bytes, 0, bytes.length), 0, bytes.length);
    }

    private static void assertAsReadAnew(final Certificate read, final byte[] bytes) {
        final Certificate anew = new Certificate();
        if (!anew.wrap(new Bytes().wrap(bytes, 0, bytes.length), 0, bytes.length)) {
            assertNull(read);
            return;
        }
        assertNotNull(read);
        assertEquals(told(anew), told(read));
    }

    private static String told(final Certificate of) {
        final StringBuilder told = new StringBuilder();
        told.append(text(of.subject(), of.subjectLength())).append(of.subjectAttributes());
        told.append(text(of.issuer(), of.issuerLength())).append(of.issuerAttributes());
        told.append(text(of.serial(), of.serialLength())).append(of.isWhole());
        told.append(of.notBefore()).append(' ').append(of.notAfter());
        told.append(text(of.fingerprint(), of.fingerprint().length));
        told.append(of.commonNameFrom()).append(' ').append(of.commonNameLength());
        for (int i = 0; i < of.nameCount(); i++) {
            final byte[] name = new byte[of.nameLength(i)];
            of.bytes().copyTo(of.nameFrom(i), name, 0, name.length);
            told.append(' ').append(text(name, name.length)).append(of.isAddress(i));
        }
        return told.toString();
    }

    private static String text(final byte[] bytes, final int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
