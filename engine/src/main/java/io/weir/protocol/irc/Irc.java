package io.weir.protocol.irc;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/** Internet Relay Chat (RFC 1459, 2812): NICK and USER of a client, or the prefix and numeric of a server. */
public final class Irc {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("irc", "Internet Relay Chat")
        .tcpPorts(6667, 6660, 6666, 6668, 6669, 7000)
        .firstBytes(":NnUuPpCcJjMm").tcp(Irc::detect).build();

    private static final Words OPENING = Words.of("NICK", "USER", "PASS", "CAP LS", "CAP REQ", "CAP END");
    private static final Words SERVER = Words.of("NOTICE", "PRIVMSG", "JOIN", "PART", "QUIT", "MODE", "NICK", "TOPIC",
        "KICK", "PING", "PONG");
    private static final Words ADDRESSED = Words.of("NOTICE", "PRIVMSG", "JOIN", "MODE", "PART");
    private static final Words PING = Words.of("PING", "PONG");
    private static final int CAP = 3;
    private static final int LONGEST_PREFIX = 120;

    private Irc() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) == ':') {
            final Answer prefixed = prefixed(now);
            return prefixed == Answer.YES ? probe.yesFromServer() : prefixed;
        }
        final int end = Lines.end(now, 0);
        if (!Lines.areText(now, 0, end)) {
            return Answer.NO;
        }
        if (ADDRESSED.find(now, 0) >= 0) {
            return addressed(now, end, probe);
        }
        final Answer opening = OPENING.at(now, 0);
        if (opening != Answer.YES) {
            return opening == Answer.MORE || ADDRESSED.at(now, 0) == Answer.MORE ? Answer.MORE : Answer.NO;
        }
        final int first = OPENING.find(now, 0);
        if (!probe.other().isEmpty() && isServer(probe.other())) {
            return probe.yesFromClient();
        }
        if (end == now.length() || !isWanted(probe.other())) {
            return isWanted(probe.other()) && now.u8(OPENING.length(first)) != ':' ? Answer.MORE : Answer.NO;
        }
        return first >= CAP ? probe.yesFromClient() : second(probe, first, end + 1);
    }

    /** A line of another kind must follow that belongs to the same opening. */
    private static Answer second(final Probe probe, final int first, final int from) {
        final Bytes now = probe.now();
        int at = from;
        for (int lines = 0; lines < 4 && at < now.length(); lines++) {
            final Answer opening = OPENING.at(now, at);
            if (opening == Answer.NO) {
                return Answer.NO;
            }
            final int second = OPENING.find(now, at);
            final boolean names = first == 0 || second == 0 || first >= CAP || second >= CAP;
            if (opening == Answer.YES && second != first && names) {
                return probe.yesFromClient();
            }
            at = Lines.end(now, at) + 1;
        }
        return Answer.MORE;
    }

    private static boolean isServer(final Bytes other) {
        return prefixed(other) == Answer.YES || ADDRESSED.find(other, 0) == 0 || PING.find(other, 0) == 0;
    }

    private static boolean isWanted(final Bytes other) {
        final int first = other.u8(0);
        return first < 0 || first == ':' || first == 'N' || first == 'P' || first == 'E';
    }

    /** ":host 001 nick" or ":host NOTICE ...". */
    private static Answer prefixed(final Bytes bytes) {
        final int space = bytes.indexOf(' ', 1, LONGEST_PREFIX);
        final int end = space < 0 ? bytes.length() : space;
        if (end > LONGEST_PREFIX || end > 1 && !bytes.isPrintable(1, end - 1) || end == 1 && space > 0) {
            return Answer.NO;
        }
        if (space < 0 || bytes.length() == space + 1) {
            return Answer.MORE;
        }
        final int digit = bytes.u8(space + 1);
        if (digit < '0' || digit > '9') {
            return SERVER.at(bytes, space + 1);
        }
        return bytes.length() < space + 5 ? Answer.MORE
            : bytes.decimal(space + 1, space + 4) >= 0 && bytes.u8(space + 4) == ' ' ? Answer.YES : Answer.NO;
    }

    /** "PRIVMSG target :text" and the like, from either side in the middle of a conversation. */
    private static Answer addressed(final Bytes now, final int end, final Probe probe) {
        final int word = ADDRESSED.find(now, 0);
        final int from = ADDRESSED.length(word) + 1;
        if (now.length() < from) {
            return Answer.MORE;
        }
        final boolean channel = now.u8(from) == '#' || now.u8(from) == '&';
        final boolean text = now.indexOf(':', from, end) > from && now.u8(now.indexOf(':', from, end) - 1) == ' ';
        if (now.u8(from - 1) == ' ' && (channel || word < 2 && text)) {
            return end < now.length() ? word == 0 ? probe.yesFromServer() : probe.yesFromClient() : Answer.MORE;
        }
        return end < now.length() || now.u8(from - 1) != ' ' ? Answer.NO : Answer.MORE;
    }
}
