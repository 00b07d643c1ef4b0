package io.weir.perf.trace;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** The first message of a TLS connection, for measurements that need no trace. */
public final class Hello {
    private Hello() {
    }

    /** A record with a client's hello, as in the traces. */
    public static byte[] client() {
        final SplittableRandom random = new SplittableRandom(1);
        return TlsMessages.clientHello(random, Names.host(random), true).getBytes(StandardCharsets.ISO_8859_1);
    }
}
