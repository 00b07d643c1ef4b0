package io.weir.protocol.rsh;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * What Berkeley's tools for other hosts say first: texts that a zero closes each. rsh and rexec: port for a second
 * connection, two names (or a name and a password) and a command; rlogin (RFC 1282): nothing, two names, and terminal
 * with its speed.
 */
public final class RemoteShell {
    /** Commands on other hosts. */
    public static final Protocol RSH = Protocol.named("rsh", "Remote shell")
        .tcpPorts(514)
        .firstBytes("0123456789\0")
        .tcp(RemoteShell::rsh)
        .streamParser(RemoteShellParser::new)
        .build();
    /** Commands on other hosts, with a password. */
    public static final Protocol REXEC = Protocol.named("rexec", "Remote execution")
        .tcpPorts(512)
        .tcp(RemoteShell::rexec)
        .streamParser(RemoteShellParser::new)
        .build();
    /** Logging in to other hosts. */
    public static final Protocol RLOGIN = Protocol.named("rlogin", "Remote login")
        .tcpPorts(513)
        .firstBytes(0)
        .tcp(RemoteShell::login)
        .build();

    private static final int REXEC_PORT = 512;
    private static final int RSH_PORT = 514;
    private static final int MOST_DIGITS = 5;
    private static final int LONGEST = 64;

    private RemoteShell() {
    }

    private static Answer rsh(final Probe probe) {
        return probe.onPort(REXEC_PORT) ? Answer.NO : command(probe);
    }

    private static Answer rexec(final Probe probe) {
        return probe.onPort(REXEC_PORT) ? command(probe) : Answer.NO;
    }

    private static Answer command(final Probe probe) {
        final Bytes b = probe.now();
        int digits = 0;
        while (digits <= MOST_DIGITS && b.u8(digits) >= '0' && b.u8(digits) <= '9') {
            digits++;
        }
        if (!b.has(digits, 1)) {
            return digits <= MOST_DIGITS ? Answer.MORE : Answer.NO;
        }
        final boolean isOnPort = probe.onPort(REXEC_PORT) || probe.onPort(RSH_PORT);
        if (b.u8(digits) != 0 || digits > MOST_DIGITS || digits == 0 && !isOnPort) {
            return Answer.NO;
        }
        final int user = behindText(b, digits + 1);
        final int other = user <= 0 ? user : behindText(b, user);
        final int all = other <= 0 ? other : behindText(b, other);
        return all < 0 ? Answer.MORE : all > 0 && all == b.length() ? probe.yesFromClient() : Answer.NO;
    }

    private static Answer login(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(0) != 0) {
            return Answer.NO;
        }
        final int user = behindText(b, 1);
        final int other = user <= 0 ? user : behindText(b, user);
        final int terminal = other <= 0 ? other : behindText(b, other);
        if (terminal <= 0) {
            return terminal < 0 ? Answer.MORE : Answer.NO;
        }
        final int slash = b.indexOf('/', other, terminal);
        return slash > other && b.decimal(slash + 1, terminal - 1) > 0 ? probe.yesFromClient() : Answer.NO;
    }

    /** Where the text that begins here is closed; -1 if that is not seen yet, 0 if it is none. */
    private static int behindText(final Bytes b, final int from) {
        final int end = b.indexOf(0, from);
        final int length = (end < 0 ? b.length() : end) - from;
        if (length > LONGEST || length > 0 && !b.isPrintable(from, length) || end == from) {
            return 0;
        }
        return end < 0 ? -1 : end + 1;
    }
}
