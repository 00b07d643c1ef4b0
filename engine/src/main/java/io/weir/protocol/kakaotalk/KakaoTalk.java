package io.weir.protocol.kakaotalk;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * KakaoTalk's messages (LOCO): a client begins with a key of its own, encrypted for the server: the length of the
 * result, 256, which key it is encrypted with and what it is for; then come messages with their lengths. Seen in a
 * capture; the format is not published.
 */
public final class KakaoTalk {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("kakaotalk", "KakaoTalk (LOCO)")
        .firstBytes(0)
        .tcp(KakaoTalk::detect)
        .encrypted()
        .build();

    private static final int HEADER = 12;
    private static final int KEY = 256;
    private static final int LAST_KEY = 32;
    private static final int LAST_CIPHER = 4;
    private static final int LONGEST = 1 << 20;

    private KakaoTalk() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final boolean fits = isBelow(b, 0, KEY, KEY) && isBelow(b, 4, 1, LAST_KEY) && isBelow(b, 8, 1, LAST_CIPHER)
            && isBelow(b, HEADER + KEY, 1, LONGEST);
        if (!fits) {
            return Answer.NO;
        }
        return b.length() < HEADER + KEY + 4 ? Answer.MORE : probe.yesFromClient();
    }

    /** True unless all four bytes are there and say a number outside of this range. */
    private static boolean isBelow(final Bytes b, final int at, final int least, final int most) {
        return !b.has(at, 4) || b.u32le(at) >= least && b.u32le(at) <= most;
    }
}
