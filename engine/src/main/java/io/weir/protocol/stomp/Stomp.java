package io.weir.protocol.stomp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Words;

/** Simple Text Oriented Messaging Protocol: a command on a line of its own, then header lines. */
public final class Stomp {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("stomp", "Simple Text Oriented Messaging Protocol")
        .tcpPorts(61613)
        .firstBytes("CS").tcp(Stomp::detect).build();

    private static final Words COMMANDS = Words.of("CONNECTED", "CONNECT", "STOMP");
    private static final Words HEADERS = Words.of("accept-version", "host", "login", "passcode", "heart-beat",
        "version", "session", "server", "client-id");

    private Stomp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer command = COMMANDS.at(now, 0);
        if (command != Answer.YES) {
            return command;
        }
        final int number = COMMANDS.find(now, 0);
        int at = COMMANDS.length(number);
        at += now.u8(at) == '\r' ? 1 : 0;
        if (now.length() <= at + 1) {
            return now.length() > at && now.u8(at) != '\n' ? Answer.NO : Answer.MORE;
        }
        final Answer header = now.u8(at) != '\n' ? Answer.NO : HEADERS.at(now, at + 1);
        if (header != Answer.YES) {
            return header;
        }
        return now.u8(at + 1 + HEADERS.length(HEADERS.find(now, at + 1))) != ':' ? Answer.NO
            : number == 0 ? probe.yesFromServer() : probe.yesFromClient();
    }
}
