package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/** Methods of requests: those of the IANA registry in use, and some that are not in it. */
final class Method {
    /** Longest method that is taken for one. */
    static final int MOST = 32;

    /** By length, so that few are compared. */
    private static final byte[][][] KNOWN = byLength("GET", "PUT", "POST", "HEAD", "COPY", "LOCK", "MOVE", "TRACE",
        "PATCH", "MERGE", "PURGE", "DELETE", "SEARCH", "REPORT", "UNLOCK", "OPTIONS", "CONNECT", "PROPFIND",
        "PROPPATCH", "MKCOL", "CHECKOUT", "MKACTIVITY", "SUBSCRIBE", "UNSUBSCRIBE", "NOTIFY", "POLL", "BMOVE",
        "BPROPFIND", "BDELETE", "RPC_IN_DATA", "RPC_OUT_DATA", "CCM_POST", "SSTP_DUPLEX_POST", "VERSION-CONTROL",
        "BITS_POST", "SOURCE");

    private Method() {
    }

    private static byte[][][] byLength(final String... names) {
        final byte[][][] table = new byte[MOST + 1][][];
        for (int length = 0; length <= MOST; length++) {
            final int wanted = length;
            table[length] = Arrays.stream(names).filter(name -> name.length() == wanted)
                .map(name -> name.getBytes(US_ASCII)).toArray(byte[][]::new);
        }
        return table;
    }

    /** True if the bytes are a method that is in use. */
    static boolean isKnown(final Bytes bytes, final int from, final int length) {
        if (length > MOST) {
            return false;
        }
        for (final byte[] name : KNOWN[length]) {
            if (bytes.matches(from, name)) {
                return true;
            }
        }
        return false;
    }

    /** True for what a method may be made of; RFC 9110 allows more, which nobody uses. */
    static boolean isPart(final int value) {
        return value >= 'A' && value <= 'Z' || value >= 'a' && value <= 'z' || value == '_' || value == '-'
            || value >= '0' && value <= '9';
    }
}
