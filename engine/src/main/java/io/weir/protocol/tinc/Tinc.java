package io.weir.protocol.tinc;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** The control connection of tinc: each side begins with a line of 0, its name, and the protocol's version 17. */
public final class Tinc {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tinc", "tinc VPN")
        .tcpPorts(655)
        .firstBytes("0")
        .tcp(Tinc::detect)
        .encrypted()
        .build();

    private static final int MAX_NAME = 64;

    private Tinc() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) != '0' || now.length() > 1 && now.u8(1) != ' ') {
            return Answer.NO;
        }
        int at = 2;
        while (isNameCharacter(now.u8(at)) && at <= MAX_NAME + 2) {
            at++;
        }
        if (at >= now.length()) {
            return at <= MAX_NAME + 2 ? Answer.MORE : Answer.NO;
        }
        return at == 2 || now.u8(at) != ' ' ? Answer.NO : version(now, at + 1);
    }

    /** 17, perhaps a point and the minor version, and the end of the line. */
    private static Answer version(final Bytes now, final int from) {
        int at = from;
        if (at < now.length() && now.u8(at++) != '1' || at < now.length() && now.u8(at++) != '7') {
            return Answer.NO;
        }
        if (now.u8(at) == '.') {
            at++;
            while (now.u8(at) >= '0' && now.u8(at) <= '9' && at < from + 6) {
                at++;
            }
        }
        return at >= now.length() ? Answer.MORE : now.u8(at) == '\n' ? Answer.YES : Answer.NO;
    }

    private static boolean isNameCharacter(final int value) {
        return value >= '0' && value <= '9' || value >= 'A' && value <= 'Z' || value >= 'a' && value <= 'z'
            || value == '_';
    }
}
