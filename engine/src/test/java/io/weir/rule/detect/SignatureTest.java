package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.tls.Hellos;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What signatures match, from their text to the frame. */
final class SignatureTest {
    private static DetectedTrace trace() {
        return new DetectedTrace();
    }

    /** Signatures without faults; their numbers are 1 and so on. */
    private static Rule[] signatures(final String... texts) {
        final String[] lines = new String[texts.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = texts[i].replace(")", " sid:" + (i + 1) + ";)");
        }
        final LoadedRules loaded = new SignatureLoader(new SignatureContext()).load("test.rules", List.of(lines));
        assertEquals(List.of(), loaded.faults());
        return loaded.rules().toArray(new Rule[0]);
    }

    private static String latin(final byte... bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String call(final int program, final int version, final int procedure) {
        return latin((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
            (byte) 0, (byte) 2, (byte) 0, (byte) (program >> 16), (byte) (program >> 8), (byte) program, (byte) 0,
            (byte) 0, (byte) 0, (byte) version, (byte) 0, (byte) 0, (byte) 0, (byte) procedure);
    }

    @Test
    void shouldFindCallsOfRpc() {
        final Rule[] udp = signatures("alert udp any any -> any any (rpc:100000,*,3;)",
            "alert udp any any -> any any (rpc:100000,2,*;)", "alert udp any any -> any any (rpc:100000,4,4;)",
            "alert udp any any -> any any (rpc:100005,*,*;)");
        assertEquals("1@1 2@1 2@2 4@4", trace().udp(true, 700, 111, call(100_000, 2, 3))
            .udp(true, 701, 111, call(100_000, 2, 4)).udp(true, 702, 111, call(100_000, 2, 3).substring(1))
            .udp(true, 703, 111, call(100_005, 3, 1)).udp(true, 704, 111, call(100_005, 3, 1).substring(0, 20))
            .alerts(udp));
        assertEquals("1@4", trace().connect(700, 111).says(true, latin((byte) 0x80, (byte) 0, (byte) 0, (byte) 24)
            + call(100_000, 2, 3)).alerts(signatures("alert tcp any any -> any any (rpc:100000,2,3;)")));
    }

    @Test
    void shouldAskForHellosOfEitherSide() {
        final String client = latin(record(Hellos.hello().ciphers(0xc02f).sni("a.example").clientBody(), 1));
        final String server = latin(Hellos.join(record(Hellos.hello().ciphers(0xc02f).serverBody(), 2),
            record(new byte[0], 14)));
        assertEquals("1@4 3@4 2@5", trace().connect(700, 443).says(true, client).says(false, server).alerts(signatures(
            "alert tls any any -> any any (ssl_state:client_hello;)",
            "alert tls any any -> any any (ssl_state:server_hello;)",
            "alert tls any any -> any any (flow:to_server; ssl_state:client_hello|server_hello;)")));
    }

    private static byte[] record(final byte[] body, final int kind) {
        final byte[] message = Hellos.join(new byte[] {(byte) kind, 0}, Hellos.u16(body.length), body);
        return Hellos.join(Hellos.hex("16 0303"), Hellos.u16(message.length), message);
    }
}
