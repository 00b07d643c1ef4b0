package io.weir.protocol.xmpp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** Extensible Messaging and Presence Protocol (RFC 6120): both sides open an XML stream. */
public final class Xmpp {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("xmpp", "Extensible Messaging and Presence Protocol")
        .tcpPorts(5222, 5269).firstBytes("<").tcp(Xmpp::detect).streamParser(XmppParser::new).build();

    private static final byte[] DECLARATION = "<?xml".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STREAM = "<stream:stream".getBytes(StandardCharsets.US_ASCII);
    private static final int LONGEST_DECLARATION = 200;

    private Xmpp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer stream = begins(now, 0, STREAM);
        if (stream != Answer.NO) {
            return stream;
        }
        final Answer declaration = begins(now, 0, DECLARATION);
        if (declaration != Answer.YES) {
            return declaration;
        }
        final int end = now.indexOf('>', 0, LONGEST_DECLARATION);
        if (end < 0) {
            return now.length() < LONGEST_DECLARATION && now.isPrintable(0, now.length()) ? Answer.MORE : Answer.NO;
        }
        int at = end + 1;
        while (now.u8(at) == '\n' || now.u8(at) == '\r' || now.u8(at) == ' ') {
            at++;
        }
        return begins(now, at, STREAM);
    }

    private static Answer begins(final Bytes bytes, final int from, final byte[] expected) {
        for (int i = 0; i < expected.length; i++) {
            final int value = bytes.u8(from + i);
            if (value != expected[i]) {
                return value < 0 ? Answer.MORE : Answer.NO;
            }
        }
        return Answer.YES;
    }
}
