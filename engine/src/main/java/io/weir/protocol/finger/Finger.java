package io.weir.protocol.finger;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/** Finger (RFC 1288): a line of the client, answered by text; on other ports, by what Unix tells of a user. */
public final class Finger {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("finger", "Finger").tcpPorts(79)
        .tcp(Finger::detect).build();

    private static final int LONGEST_QUERY = 128;
    private static final int ENOUGH = 12;
    private static final int LONGEST_LINE = 128;
    private static final Words LOGIN = Words.of("Login:");
    private static final byte[] NAME = "Name: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIRECTORY = "Directory: ".getBytes(StandardCharsets.US_ASCII);

    private Finger() {
    }

    static Answer detect(final Probe probe) {
        final boolean usual = probe.serverPort() == 79;
        final Answer known = usual ? Answer.YES : probe.fromClient() ? Answer.NO : ofUser(probe.now());
        if (known != Answer.YES) {
            return known;
        }
        final Bytes query = probe.client();
        final Bytes answer = probe.server();
        final int end = Lines.end(query, 0);
        final boolean whole = end < query.length();
        if (!usual && !whole || end > LONGEST_QUERY || whole && end + 1 < query.length()
            || !Lines.areText(query, 0, end)
            || !Lines.areText(answer, 0, Lines.end(answer, 0))) {
            return Answer.NO;
        }
        return whole && answer.length() >= ENOUGH ? Answer.YES : Answer.MORE;
    }

    /** What servers of Unix tell: the name to log in, that of the person in the same line, and where they live. */
    private static Answer ofUser(final Bytes answer) {
        final Answer begins = LOGIN.at(answer, 0);
        final int end = Lines.end(answer, 0);
        if (begins != Answer.YES || end == answer.length()) {
            return begins == Answer.NO || end > LONGEST_LINE ? Answer.NO : Answer.MORE;
        }
        final int name = answer.indexOf(NAME, 0);
        if (name < 0 || name > end) {
            return Answer.NO;
        }
        return answer.indexOf(DIRECTORY, end) > 0 ? Answer.YES
            : answer.length() - end > LONGEST_LINE ? Answer.NO : Answer.MORE;
    }
}
