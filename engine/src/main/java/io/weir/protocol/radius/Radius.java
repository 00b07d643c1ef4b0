package io.weir.protocol.radius;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Remote authentication of users (RFC 2865, 2866, 5176). */
public final class Radius {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("radius", "Remote Authentication Dial-In User Service")
        .udpPorts(1812, 1813, 1645, 1646, 3799)
        .firstBytes(1, 2, 3, 4, 5, 11, 12, 13, 40, 41, 42, 43, 44, 45)
        .udp(Radius::detect)
        .build();

    private static final int HEADER = 20;
    private static final int MAX_LENGTH = 4096;
    /** Attributes that are a number or an address, of 4 bytes: a bit for each type. */
    private static final long NUMBERS = 0x2180_2760_3881_f7f0L & ~(1L << 11);

    private static final int ENOUGH = 2;
    /** Codes of requests: a bit for each. */
    private static final long REQUESTS = 1L << 1 | 1L << 4 | 1L << 12 | 1L << 40 | 1L << 43;

    private Radius() {
    }

    /** Recognises a message by its attributes, which fill it, or by the request that one without any answers. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int length = now.u16(2);
        final boolean usual = isUsual(probe);
        if (length < HEADER || length > MAX_LENGTH || length > probe.announced()
            || length < probe.announced() && (!usual || !isPadding(now, length))
            || !usual && length == HEADER) {
            return Answer.NO;
        }
        if (length == HEADER && !isAnswer(now.u8(0), now.u8(1), probe.other())) {
            return Answer.MORE;
        }
        int at = HEADER;
        // On a usual port the first attributes suffice if the length is right: servers ignore what they do not know.
        final boolean exact = usual && length == probe.announced();
        int left = exact ? ENOUGH : Integer.MAX_VALUE;
        while (at < length && now.has(at, 2) && left-- > 0) {
            final int type = now.u8(at);
            final int size = now.u8(at + 1);
            if (type == 0 || size < 2 || type < 64 && (NUMBERS >>> type & 1) != 0 && size != 6) {
                return Answer.NO;
            }
            at += size;
        }
        if (exact ? at > length : at != length && now.length() >= length) {
            return Answer.NO;
        }
        final int code = now.u8(0);
        final boolean response = code == 2 || code == 3 || code == 5 || code == 11;
        return response && probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
    }

    /** True if a code and an identifier answer a request. */
    private static boolean isAnswer(final int code, final int identifier, final Bytes request) {
        final int asked = request.u8(0);
        return asked > 0 && (REQUESTS >>> code & 1) == 0 && asked < Long.SIZE && (REQUESTS >>> asked & 1) != 0
            && request.u8(1) == identifier;
    }

    /** Bytes behind the message are none of it (RFC 2865, 3): nobody fills them with anything but zero. */
    private static boolean isPadding(final Bytes now, final int from) {
        for (int i = from; i < now.length(); i++) {
            if (now.u8(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isUsual(final Probe probe) {
        return probe.onPort(1812) || probe.onPort(1813) || probe.onPort(1645) || probe.onPort(1646);
    }
}
