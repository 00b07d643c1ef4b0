package io.weir.protocol.stratum;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stratum, what miners speak to their pools: lines of JSON-RPC with methods of mining, or with a login of a wallet
 * and a program's name.
 */
public final class Stratum {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("stratum", "Stratum (mining)")
        .tcpPorts(3333)
        .firstBytes("{")
        .tcp(Stratum::detect)
        .build();

    private static final List<byte[]> METHODS = List.of(ascii("\"mining.subscribe\""), ascii("\"mining.authorize\""),
        ascii("\"mining.configure\""), ascii("\"mining.notify\""), ascii("\"mining.set_difficulty\""),
        ascii("\"eth_submitLogin\""), ascii("\"eth_getWork\""));
    private static final byte[] LOGIN = ascii("\"login\"");
    private static final byte[] PASSWORD = ascii("\"pass\"");
    private static final byte[] AGENT = ascii("\"agent\"");
    private static final byte[] METHOD = ascii("\"method\"");
    private static final int LONGEST = 1024;

    private Stratum() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int end = b.indexOf('\n', 0);
        if (end < 0) {
            return b.length() < LONGEST && b.isPrintable(0, Math.min(b.length(), 16)) ? Answer.MORE : Answer.NO;
        }
        return !isMining(b, end) ? Answer.NO : has(b, LOGIN, end) ? probe.yesFromClient() : Answer.YES;
    }

    /** True if what is before this place is a method of mining, or a login with a program's name. */
    public static boolean isMining(final Bytes b, final int end) {
        if (!has(b, METHOD, end)) {
            return false;
        }
        for (int i = 0; i < METHODS.size(); i++) {
            if (has(b, METHODS.get(i), end)) {
                return true;
            }
        }
        return has(b, LOGIN, end) && has(b, PASSWORD, end) && has(b, AGENT, end);
    }

    private static boolean has(final Bytes b, final byte[] word, final int end) {
        final int at = b.indexOf(word, 0);
        return at > 0 && at < end;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
