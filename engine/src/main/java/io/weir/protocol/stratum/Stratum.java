package io.weir.protocol.stratum;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stratum, what miners speak to their pools: lines of JSON-RPC with methods of mining, or with a login of a wallet
 * and a password, answered by a job.
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
        ascii("\"mining.submit\""), ascii("\"mining.extranonce.subscribe\""), ascii("\"mining.hello\""),
        ascii("\"eth_submitLogin\""), ascii("\"eth_getWork\""), ascii("\"eth_submitWork\""));
    private static final byte[] LOGIN = ascii("\"login\"");
    private static final byte[] WALLET = ascii("\"login\":");
    private static final byte[] PASSWORD = ascii("\"pass\":");
    private static final byte[] JOB = ascii("\"job_id\":");
    private static final byte[] BLOB = ascii("\"blob\":");
    private static final byte[] METHOD = ascii("\"method\"");
    /** Between the member's name and its value. */
    private static final int MOST_SPACE = 4;
    private static final int LONGEST = 1024;

    private Stratum() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int end = b.indexOf('\n', 0);
        if (end < 0) {
            return b.length() < LONGEST && b.isPrintable(0, Math.min(b.length(), 16)) ? Answer.MORE : Answer.NO;
        }
        return !isMining(b, end) ? Answer.NO : has(b, WALLET, end) ? probe.yesFromClient()
            : has(b, JOB, end) ? probe.yesFromServer() : Answer.YES;
    }

    /** True if what is before this place is a method of mining, a login with a wallet and password, or a job. */
    public static boolean isMining(final Bytes b, final int end) {
        if (has(b, JOB, end) && has(b, BLOB, end)) {
            return true;
        }
        final int method = b.indexOf(METHOD, 0);
        if (method < 0 || method > end) {
            return false;
        }
        for (int i = 0; i < METHODS.size(); i++) {
            if (has(b, METHODS.get(i), end)) {
                return true;
            }
        }
        final int login = b.indexOf(LOGIN, method + METHOD.length);
        return login > 0 && login - method - METHOD.length <= MOST_SPACE && has(b, WALLET, end)
            && has(b, PASSWORD, end);
    }

    private static boolean has(final Bytes b, final byte[] word, final int end) {
        final int at = b.indexOf(word, 0);
        return at > 0 && at < end;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
