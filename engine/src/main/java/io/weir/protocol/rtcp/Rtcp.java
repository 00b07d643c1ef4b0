package io.weir.protocol.rtcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * RTCP, RFC 3550, 6: packets whose lengths end exactly where the datagram ends; one alone needs a second
 * datagram, or to be a sender's report of this age on an odd port.
 */
public final class Rtcp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("rtcp", "RTCP")
        .firstByteRange(0x80, 0xbf)
        .udp(Rtcp::detect)
        .udpByte(1, 200, 201, 205, 206)
        .build();

    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int FIRST_FEEDBACK = 205;
    private static final int LAST = 207;
    /** In NTP's seconds, which end in 2036. */
    private static final long YEAR_2000 = 0xbc17_c200L;
    private static final long MOST_PACKETS = 1 << 24;

    private Rtcp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int packets = packets(now, 0, probe.announced());
        if (packets < 1) {
            return Answer.NO;
        }
        return packets > 1 || follows(probe.before(), now) || isSenders(probe, now) ? Answer.YES : Answer.MORE;
    }

    /** Number of packets that fill this many bytes exactly, the first of them a report or feedback; else 0. */
    public static int packets(final Bytes bytes, final int from, final int length) {
        final int first = bytes.u8(from + 1);
        if (first != SENDER_REPORT && first != RECEIVER_REPORT && first != FIRST_FEEDBACK && first != 206) {
            return 0;
        }
        int count = 0;
        int at = from;
        while (at < from + length) {
            final int type = bytes.u8(at + 1);
            final int words = bytes.u16(at + 2);
            if (bytes.u8(at) >> 6 != 2 || type < SENDER_REPORT || type > LAST || words < 0
                || !reports(bytes, at, words)) {
                return 0;
            }
            at += 4 + 4 * words;
            count++;
        }
        return at == from + length ? count : 0;
    }

    /** A report has room for as many blocks as it says. */
    private static boolean reports(final Bytes bytes, final int at, final int words) {
        final int blocks = bytes.u8(at) & 31;
        return switch (bytes.u8(at + 1)) {
            case SENDER_REPORT -> words >= 6 + 6 * blocks;
            case RECEIVER_REPORT -> words >= 1 + 6 * blocks;
            default -> words >= 1 || blocks == 0;
        };
    }

    /**
     * A report as long as its blocks, dated from 2000 on, of no more packets than hours of video have, with a byte each
     * or more, to an odd port as receivers of RTP choose it.
     */
    private static boolean isSenders(final Probe probe, final Bytes now) {
        return now.u8(1) == SENDER_REPORT && now.u16(2) == 6 + 6 * (now.u8(0) & 31) && now.u32(8) > YEAR_2000
            && now.u32(20) < MOST_PACKETS && now.u32(24) >= now.u32(20)
            && ((probe.fromClient() ? probe.serverPort() : probe.clientPort()) & 1) == 1;
    }

    private static boolean follows(final Bytes before, final Bytes now) {
        return before.length() >= 8 && before.u8(0) >> 6 == 2 && before.u8(1) >= SENDER_REPORT
            && before.u8(1) <= LAST && before.u32(4) == now.u32(4);
    }
}
