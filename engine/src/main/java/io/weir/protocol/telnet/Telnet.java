package io.weir.protocol.telnet;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Telnet (RFC 854), known by the negotiation of options with which it begins. */
public final class Telnet {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("telnet", "Telnet").tcpPorts(23, 2323).firstBytes(0xff)
        .tcp(Telnet::detect).streamParser(TelnetParser::new)
        .fields(TelnetWords.all()).records(TelnetWords.RECORD).build();

    private static final int IAC = 0xff;
    private static final int SUBNEGOTIATION = 0xfa;
    private static final int WILL = 0xfb;
    private static final int DO_NOT = 0xfe;
    private static final int ESCAPE = 0x1b;
    /** Highest option that is in use, START_TLS and the MUD options aside. */
    private static final int LAST_OPTION = 49;
    /** Text that must follow a single command on the usual port. */
    private static final int ENOUGH_TEXT = 8;

    private Telnet() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int commands = commands(now);
        if (commands < 0) {
            return Answer.NO;
        }
        if (commands >= 2 && now.length() > 6 && !isFollowedUp(now.u8(6))) {
            return Answer.NO;
        }
        if (commands >= 2 && now.length() > 6
            || commands >= 1 && commands(probe.other()) > 0 && isGoneOn(now) && isGoneOn(probe.other())) {
            return Answer.YES;
        }
        if (commands == 2) {
            return Answer.MORE;
        }
        final int text = now.length() - 3;
        if (text <= 0 || now.u8(3) == IAC) {
            return now.length() <= 6 ? Answer.MORE : Answer.NO;
        }
        for (int i = 3; i < now.length() && i < 3 + ENOUGH_TEXT; i++) {
            if (!probe.onPort(23) || !isFollowedUp(now.u8(i))) {
                return Answer.NO;
            }
        }
        return text < ENOUGH_TEXT ? Answer.MORE : Answer.YES;
    }

    /** True if text, or a further command, is all that follows the first command. */
    private static boolean isGoneOn(final Bytes bytes) {
        for (int i = 3; i < bytes.length() && i < 3 + ENOUGH_TEXT && bytes.u8(i) != IAC; i++) {
            if (!isFollowedUp(bytes.u8(i)) && bytes.u8(i) != 0 && bytes.u8(i) != ESCAPE) {
                return false;
            }
        }
        return bytes.u8(3) != IAC || bytes.u8(4) < 0 || bytes.u8(4) >= SUBNEGOTIATION && bytes.u8(4) < IAC;
    }

    private static boolean isFollowedUp(final int value) {
        return value == IAC || value >= ' ' && value < 0x7f || value == '\r' || value == '\n';
    }

    /** How many whole commands there are at the beginning, at most 2; -1 if it does not begin with one. */
    private static int commands(final Bytes bytes) {
        int count = 0;
        int at = 0;
        while (count < 2 && at < bytes.length() && bytes.u8(at) == IAC) {
            final int command = bytes.u8(at + 1);
            final int first = count > 0 ? SUBNEGOTIATION : WILL;
            if (command >= 0 && (command < first || command > DO_NOT) || bytes.u8(at + 2) > LAST_OPTION) {
                return -1;
            }
            count += bytes.has(at, 3) ? 1 : 0;
            at += 3;
        }
        return bytes.isEmpty() || bytes.u8(0) != IAC ? -1 : count;
    }
}
