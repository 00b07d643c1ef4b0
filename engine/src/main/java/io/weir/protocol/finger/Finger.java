package io.weir.protocol.finger;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import java.nio.charset.StandardCharsets;

/** Finger (RFC 1288): a line of the client, answered by text; on other ports, by what Unix tells of a user. */
public final class Finger {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("finger", "Finger").tcpPorts(79)
        .tcp(Finger::detect).build();

    private static final int LONGEST_QUERY = 128;
    private static final int ENOUGH = 12;
    private static final byte[] LOGIN = "Login: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NAME = "Name: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIRECTORY = "Directory: ".getBytes(StandardCharsets.US_ASCII);

    private Finger() {
    }

    static Answer detect(final Probe probe) {
        final boolean usual = probe.serverPort() == 79;
        if (!usual && (probe.fromClient() || !isOfUser(probe.now()))) {
            return Answer.NO;
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
    private static boolean isOfUser(final Bytes answer) {
        final int end = answer.startsWith(LOGIN) ? Lines.end(answer, 0) : 0;
        final int name = end == 0 ? -1 : answer.indexOf(NAME, LOGIN.length);
        return name > 0 && name < end && answer.indexOf(DIRECTORY, end) > 0;
    }
}
