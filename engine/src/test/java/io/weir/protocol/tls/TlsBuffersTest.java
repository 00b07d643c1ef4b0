package io.weir.protocol.tls;

import static io.weir.protocol.tls.Hellos.join;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Field;
import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What rules get to see of TLS handshakes beside their records. */
final class TlsBuffersTest {
    private static final byte[] CLIENT = Hellos.hello().ciphers(0xc02f).sni("a.example").clientBody();
    private static final byte[] SERVER = Hellos.hello().ciphers(0xc02f).serverBody();

    private static byte[] message(final int type, final byte[] body) {
        final byte[] message = join(new byte[] {(byte) type, 0, (byte) (body.length >> 8), (byte) body.length}, body);
        return join(new byte[] {22, 3, 3, (byte) (message.length >> 8), (byte) message.length}, message);
    }

    private static byte[] list(final byte[]... certificates) {
        byte[] all = {};
        for (final byte[] one : certificates) {
            all = join(all, new byte[] {0, (byte) (one.length >> 8), (byte) one.length}, one);
        }
        return join(new byte[] {0, (byte) (all.length >> 8), (byte) all.length}, all);
    }

    private static String latin(final byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static List<String> told(final Talk talk, final Field... fields) {
        final Watcher watcher = Watcher.of(fields);
        assertEquals("tls", talk.watchedBy(watcher).protocol());
        assertEquals(List.of("0 CLIENT", "0 CLOSED"), watcher.stages());
        return watcher.told();
    }

    @Test
    void shouldTellTheRandomBytesOfBothSides() {
        for (final int pieces : new int[] {1, 7, Integer.MAX_VALUE}) {
            final Talk talk = Talk.tcp(443).client(message(1, CLIENT)).server(message(2, SERVER)).segmented(pieces);
            assertEquals(List.of("> tls.random=" + latin(Arrays.copyOfRange(CLIENT, 2, 34)),
                "> tls.random_time=" + latin(Arrays.copyOfRange(CLIENT, 2, 6)),
                "> tls.random_bytes=" + latin(Arrays.copyOfRange(CLIENT, 6, 34)),
                "< tls.random=" + latin(Arrays.copyOfRange(SERVER, 2, 34)),
                "< tls.random_time=" + latin(Arrays.copyOfRange(SERVER, 2, 6)),
                "< tls.random_bytes=" + latin(Arrays.copyOfRange(SERVER, 6, 34))),
                told(talk, TlsBuffers.RANDOM, TlsBuffers.RANDOM_TIME, TlsBuffers.RANDOM_BYTES));
        }
    }

    @Test
    void shouldTellEachCertificateOfTheChain() {
        final byte[] other = {0x30, 3, 2, 1, 1};
        final Talk talk = Talk.tcp(443).client(message(1, CLIENT)).server(message(2, SERVER))
            .server(message(11, list(Certificates.SERVER, other)));
        final List<String> told = told(talk, TlsBuffers.CERTIFICATES, TlsBuffers.CHAIN_LENGTH);
        assertEquals(List.of("< tls.certs=" + latin(Certificates.SERVER), "< tls.certs=" + latin(other),
            "< tls.cert_chain_len=2"), told);
        assertTrue(Certificates.SERVER.length > 100);
    }
}
