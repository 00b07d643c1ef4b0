package io.weir.protocol.bittorrent;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * BitTorrent's transport over UDP (BEP 29): type and version 1, a chain of extensions, an identifier of the
 * connection, times, and numbers that the other side acknowledges.
 */
public final class BitTorrentUtp {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("bittorrent-utp", "BitTorrent uTP")
        .firstBytes(0x01, 0x11, 0x21, 0x31, 0x41)
        .udp(BitTorrentUtp::detect)
        .build();

    private static final int SYN = 0x41;
    private static final int STATE = 0x21;
    private static final int HEADER = 20;
    private static final int MOST_EXTENSIONS = 3;
    /** Packets that may be under way between a number and its acknowledgement. */
    private static final int WINDOW = 256;

    private BitTorrentUtp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Bytes other = probe.other();
        final int length = probe.announced();
        if (length < HEADER || now.u8(1) > 4) {
            return Answer.NO;
        }
        if (now.u8(0) == SYN) {
            return now.u32(8) == 0 && now.u16(18) == 0 && now.u32(4) != 0 && extensions(now) == length
                ? probe.yesFromClient() : Answer.NO;
        }
        if (now.u8(0) == STATE && other.u8(0) == SYN) {
            return now.u16(2) == other.u16(2) && now.u16(18) == other.u16(16) ? probe.yesFromServer() : Answer.NO;
        }
        return isHeader(other) && Math.abs(now.u16(2) - other.u16(2)) == 1 && follows(now.u16(18), other.u16(16))
            && follows(other.u16(18), now.u16(16)) ? Answer.YES : Answer.MORE;
    }

    private static boolean isHeader(final Bytes b) {
        return b.has(0, HEADER) && (b.u8(0) & 0x0f) == 1 && b.u8(0) <= SYN && b.u8(1) <= 4;
    }

    /** An acknowledged number is not newer than the other side's newest, and not much older. */
    private static boolean follows(final int acknowledged, final int sent) {
        return (sent - acknowledged + WINDOW & 0xffff) <= 2 * WINDOW;
    }

    /** Place behind the header and its extensions, each with the next one's type and a length. */
    private static int extensions(final Bytes b) {
        int next = b.u8(1);
        int at = HEADER;
        for (int i = 0; next != 0 && i < MOST_EXTENSIONS; i++) {
            next = b.u8(at);
            at += 2 + b.u8(at + 1);
        }
        return next == 0 ? at : -1;
    }
}
