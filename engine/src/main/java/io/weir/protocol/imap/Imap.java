package io.weir.protocol.imap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/** Internet Message Access Protocol (RFC 3501, 9051): tagged commands, and the greeting of the server. */
public final class Imap {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("imap", "Internet Message Access Protocol")
        .tcpPorts(143, 220).firstBytes("*.").firstByteRange('0', '9').firstByteRange('A', 'Z')
        .firstByteRange('a', 'z').tcp(Imap::detect).streamParser(ImapParser::new)
        .fields(ImapWords.all()).records(ImapWords.RECORD).build();

    private static final Words GREETINGS = Words.of("* OK", "* PREAUTH", "* BYE");
    /** Words of no other protocol. */
    private static final Words OWN = Words.of("CAPABILITY", "AUTHENTICATE", "STARTTLS", "EXAMINE", "NAMESPACE");
    private static final Words SHARED = Words.of("LOGIN", "LOGOUT", "NOOP", "SELECT", "ID", "LIST", "LSUB", "FETCH",
        "UID", "STATUS", "IDLE", "CREATE", "APPEND", "SEARCH", "STORE", "COPY", "ENABLE", "CLOSE", "CHECK");
    private static final Words OUTCOMES = Words.of("OK", "NO", "BAD");
    private static final int LONGEST_TAG = 20;

    private Imap() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) == '*') {
            final Answer greeting = GREETINGS.at(now, 0);
            if (greeting != Answer.YES) {
                return greeting == Answer.NO && answersCommand(now, probe.other()) ? probe.yesFromServer() : greeting;
            }
            final int end = Lines.end(now, 0);
            final int space = now.indexOf(' ', 2);
            return space < 0 || !Lines.areText(now, 0, end) ? Answer.NO
                : end < now.length() && now.u8(end - 1) == '\r' ? probe.yesFromServer()
                : end < now.length() ? Answer.NO : Answer.MORE;
        }
        final int space = now.indexOf(' ', 0, LONGEST_TAG + 1);
        final int tag = space < 0 ? now.length() : space;
        if (tag > LONGEST_TAG || !isTag(now, tag)) {
            return Answer.NO;
        }
        if (space > 0 && probe.isMidStream() && completes(now, probe.other(), space)) {
            return probe.yesFromServer();
        }
        return space < 0 ? Answer.MORE : command(probe, now, space + 1);
    }

    /** An untagged response behind a command with a tag. */
    private static boolean answersCommand(final Bytes server, final Bytes client) {
        final int space = client.indexOf(' ', 0, LONGEST_TAG + 1);
        return server.u8(1) == ' ' && space > 0 && isTag(client, space)
            && (OWN.find(client, space + 1) >= 0 || SHARED.find(client, space + 1) >= 0);
    }

    /** The outcome of a command, with its tag: in the middle no greeting is needed then. */
    private static boolean completes(final Bytes server, final Bytes client, final int space) {
        return OUTCOMES.find(server, space + 1) >= 0 && client.u8(space) == ' '
            && (OWN.find(client, space + 1) >= 0 || SHARED.find(client, space + 1) >= 0)
            && server.matches(0, client, 0, space);
    }

    private static boolean isTag(final Bytes now, final int length) {
        for (int i = 0; i < length; i++) {
            final int value = now.u8(i);
            if ((value < '0' || value > '9') && (value < 'A' || value > 'Z') && (value < 'a' || value > 'z')
                && value != '.') {
                return false;
            }
        }
        return length > 0;
    }

    private static Answer command(final Probe probe, final Bytes now, final int from) {
        final int end = Lines.end(now, 0);
        final Answer own = OWN.at(now, from);
        final Answer command = own == Answer.NO ? SHARED.at(now, from) : own;
        if (command != Answer.YES || !Lines.areText(now, 0, end)) {
            return command == Answer.MORE ? Answer.MORE : Answer.NO;
        }
        final int star = probe.other().u8(0);
        if (star >= 0 && star != '*' && star != '+' && !probe.isMidStream()) {
            return Answer.NO;
        }
        final boolean whole = end < now.length();
        return whole && (own == Answer.YES || star == '*' && probe.other().u8(1) == ' ')
            ? probe.yesFromClient() : Answer.MORE;
    }
}
