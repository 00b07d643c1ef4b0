package io.weir.protocol.rpc;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;

/** Shape of remote procedure calls (RFC 5531), which say for which program they are. */
public final class RpcShape {
    /** Place of the last byte of a message's type, and its values. */
    public static final int TYPE_AT = 7;
    /** Type of a call. */
    public static final int CALL = 0;
    /** Type of a response. */
    public static final int RESPONSE = 1;

    private static final int CALL_LENGTH = 32;
    private static final int MARK = 4;
    private static final int MAX_AUTHENTICATION = 400;

    private RpcShape() {
    }

    /**
     * Judges a datagram.
     *
     * @param first lowest number of a program that is meant
     * @param last  highest one
     * @param port  where its server waits: a response from there is one of it; 0 if anywhere
     */
    public static Answer datagram(final Probe probe, final long first, final long last, final int port) {
        return judge(probe, 0, first, last, port) == Answer.YES ? turned(probe, 0) : Answer.NO;
    }

    /** Judges a stream, whose messages have a mark in front, in the same way. */
    public static Answer stream(final Probe probe, final long first, final long last, final int port) {
        final Bytes now = probe.now();
        final long mark = now.u32(0);
        if (mark < 0) {
            return now.u8(0) == 0x80 ? Answer.MORE : Answer.NO;
        }
        if (mark >>> 24 != 0x80 || (mark & 0xff_ffff) < 24) {
            return Answer.NO;
        }
        final Answer answer = judge(probe, MARK, first, last, port);
        return answer == Answer.YES ? turned(probe, MARK) : answer;
    }

    private static Answer turned(final Probe probe, final int at) {
        return probe.fromClient() == (probe.now().u32(at + 4) == RESPONSE) ? Answer.YES_TURNED : Answer.YES;
    }

    private static Answer judge(final Probe probe, final int at, final long first, final long last, final int port) {
        final Bytes now = probe.now();
        final long type = now.u32(at + 4);
        if (type < 0) {
            return Answer.MORE;
        }
        if (type == RESPONSE) {
            return response(probe, at, first, last, port);
        }
        return type == CALL ? call(now, at, first, last) : Answer.NO;
    }

    private static Answer call(final Bytes now, final int at, final long first, final long last) {
        final long program = now.u32(at + 12);
        if (now.has(at + 8, 4) && now.u32(at + 8) != 2 || program >= 0 && (program < first || program > last)) {
            return Answer.NO;
        }
        if (!now.has(at, CALL_LENGTH)) {
            return Answer.MORE;
        }
        final long flavour = now.u32(at + 24);
        return now.u32(at + 16) <= 10 && now.u32(at + 20) <= 64
            && (flavour <= 6 || flavour >= 300_000 && flavour < 400_000) && now.u32(at + 28) <= MAX_AUTHENTICATION
            ? Answer.YES : Answer.NO;
    }

    /** A response does not say of which program: that is known from the call, or from the port. */
    private static Answer response(final Probe probe, final int at, final long first, final long last,
        final int port) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        final boolean called = other.u32(at) == now.u32(at) && call(other, at, first, last) == Answer.YES;
        if (!called && (port == 0 || !probe.onPort(port))) {
            return Answer.NO;
        }
        if (!now.has(at, 24)) {
            return Answer.MORE;
        }
        return now.u32(at + 8) == 0 && now.u32(at + 12) <= 6 && now.u32(at + 16) <= MAX_AUTHENTICATION ? Answer.YES
            : Answer.NO;
    }
}
