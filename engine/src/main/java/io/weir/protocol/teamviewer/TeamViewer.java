package io.weir.protocol.teamviewer;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** TeamViewer: messages with a magic number and a length, over TCP from both sides, or over UDP. */
public final class TeamViewer {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("teamviewer", "TeamViewer").tcpPorts(5938).udpPorts(5938)
        .firstBytes(0x17, 0x11, 0).tcp(TeamViewer::detect).udp(TeamViewer::detectDatagram).encrypted().build();

    private static final int FIRST = 0x1724;
    private static final int SECOND = 0x1130;
    private static final int FIRST_HEADER = 5;
    private static final int SECOND_HEADER = 24;
    private static final int LAST_COMMAND = 0x7f;
    private static final int IN_DATAGRAM = 11;
    /** Longest first message that is believed. */
    private static final int LONGEST = 2048;

    private TeamViewer() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int magic = now.u16(0);
        if (now.u8(0) == 0 || magic >= 0 && !isMagic(magic) || now.u8(2) == 0 || now.u8(2) > LAST_COMMAND) {
            return Answer.NO;
        }
        final int other = probe.other().u16(0);
        if (other >= 0 && !isMagic(other)) {
            return Answer.NO;
        }
        if (now.length() < 8) {
            return Answer.MORE;
        }
        final long next = end(now);
        if (next > LONGEST) {
            return Answer.NO;
        }
        if (probe.other().length() >= 8) {
            return end(probe.other()) > LONGEST ? Answer.NO : Answer.YES;
        }
        final int second = next > now.length() ? -1 : now.u16((int) next);
        return second < 0 ? Answer.MORE : isMagic(second) ? Answer.YES : Answer.NO;
    }

    /** Where the first message ends. */
    private static long end(final Bytes bytes) {
        return bytes.u16(0) == FIRST ? FIRST_HEADER + bytes.u16le(3) : SECOND_HEADER + bytes.u32le(4);
    }

    private static boolean isMagic(final int value) {
        return value == FIRST || value == SECOND;
    }

    static Answer detectDatagram(final Probe probe) {
        final Bytes now = probe.now();
        return now.u8(0) == 0 && now.u16(IN_DATAGRAM) == FIRST && now.length() > IN_DATAGRAM + FIRST_HEADER
            ? Answer.YES : Answer.NO;
    }
}
