package io.weir.protocol.git;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Words;

/** The Git protocol: requests in pkt-line format, whose four digits are the length of the line. */
public final class Git {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("git", "Git").tcpPorts(9418)
        .firstBytes("0").tcp(Git::detect).build();

    private static final Words REQUESTS = Words.of("git-upload-pack", "git-receive-pack", "git-upload-archive");
    private static final int DIGITS = 4;

    private Git() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        for (int i = 0; i < DIGITS && i < now.length(); i++) {
            if (Character.digit(now.u8(i), 16) < 0) {
                return Answer.NO;
            }
        }
        final Answer request = now.length() <= DIGITS ? Answer.MORE : REQUESTS.at(now, DIGITS);
        return request == Answer.YES ? probe.yesFromClient() : request;
    }
}
