package io.weir.protocol.capwap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Control of wireless access points (RFC 5415). */
public final class Capwap {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("capwap", "Control of Wireless Access Points")
        .udpPorts(5246, 5247)
        .firstBytes(0, 1)
        .udp(Capwap::detect)
        .build();

    /** Greatest type of an element (RFC 5415, 4.6, and RFC 5416), with some room. */
    private static final int LAST_ELEMENT = 2_048;
    private static final int SESSION = 35;

    private Capwap() {
    }

    /**
     * Recognises a control message by its length and its elements, which fill it, or a record of DTLS behind the
     * preamble for one; on their port data by the frames they carry.
     */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) == 1) {
            final int type = now.u8(4);
            return now.u24(1) == 0 && type >= 20 && type <= 25 && now.u8(5) == 0xfe
                && now.u16(15) <= probe.announced() - 17 && now.has(15, 2) ? Answer.YES : Answer.NO;
        }
        final int header = (now.u8(1) >> 3) * 4;
        if (header < 8 || (now.u8(7) & 7) != 0) {
            return Answer.NO;
        }
        return isControl(probe, header) || isKeepAlive(probe, header)
            || probe.onPort(5247) && now.u16(4) == 0 && now.u16(6) == 0 && now.has(header, 24)
            ? Answer.YES : Answer.NO;
    }

    /**
     * Type, number, length from there on and flags; then elements with their lengths. Some senders count the flags
     * and the length itself as well.
     */
    private static boolean isControl(final Probe probe, final int header) {
        final Bytes now = probe.now();
        final long type = now.u32(header);
        final int length = now.u16(header + 5);
        final int rest = probe.announced() - header - 5;
        if (type < 1 || type > 30 || length < 0 || length > rest || length + 3 < rest) {
            return false;
        }
        if (probe.onPort(5246)) {
            return true;
        }
        int at = header + 8;
        int elements = 0;
        while (now.has(at, 4)) {
            if (now.u16(at) < 1 || now.u16(at) > LAST_ELEMENT) {
                return false;
            }
            at += 4 + now.u16(at + 2);
            elements++;
        }
        return elements > 0 && at == probe.announced() && now.u8(header + 7) == 0;
    }

    /** Data that keep a session alive: its identifier alone, 16 bytes. */
    private static boolean isKeepAlive(final Probe probe, final int header) {
        final Bytes now = probe.now();
        final int length = now.u16(header);
        return (now.u8(3) & 8) != 0 && length == probe.announced() - header && now.u16(header + 2) == SESSION
            && (now.u16(header + 4) == length - 6 || probe.onPort(5247));
    }
}
