package io.weir.protocol.ike;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** IKE versions 1 and 2, RFC 2408 and RFC 7296; where ESP shares the port (RFC 3948), behind four zero bytes. */
public final class Ike {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ike", "Internet Key Exchange")
        .udpPorts(500, 4500)
        .udp(Ike::detect)
        .udpByteFrom(1, 24, 0)
        .datagramParser(IkeParser::new)
        .fields(IkeParser.FIELDS)
        .records(IkeParser.RECORD)
        .build();

    /** ESP in UDP, RFC 3948. */
    public static final Protocol ESP = Protocol.named("esp-udp", "IPsec ESP in UDP")
        .udpPorts(4500)
        .onlyOnUdpPorts()
        .udp(Ike::detectEsp)
        .encrypted()
        .build();

    /** FortiClient, which says in IKE who it is: by vendor identifiers, which FortiGates log by name. */
    public static final Protocol FORTICLIENT = Protocol.named("forticlient", "FortiClient").build();

    static final int HEADER = 28;
    static final int PAYLOAD_HEADER = 4;
    private static final int MARKER = 4;
    private static final int PORT_WITH_ESP = 4500;
    private static final long MAX_STEP = 64;

    private Ike() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int from = from(now, probe.announced());
        if (from < 0) {
            return Answer.NO;
        }
        final boolean answer = now.u64(from + 8) != 0 && now.u8(from + 17) >> 4 == 2 && (now.u8(from + 19) & 0x20) != 0;
        return answer && now.u32(from + 20) == 0 && probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED
            : Answer.YES;
    }

    /** Where a message that fills the datagram begins, or -1. */
    static int from(final Bytes datagram, final int announced) {
        if (isMessage(datagram, 0, announced)) {
            return 0;
        }
        return datagram.u32(0) == 0 && isMessage(datagram, MARKER, announced) ? MARKER : -1;
    }

    private static boolean isMessage(final Bytes datagram, final int at, final int announced) {
        if (!datagram.has(at, HEADER) || datagram.u32(at + 24) != announced - at || datagram.u64(at) == 0
            || datagram.u32(at) == 0) {
            return false;
        }
        final int exchange = datagram.u8(at + 18);
        final int flags = datagram.u8(at + 19);
        final boolean exchangeFits = switch (datagram.u8(at + 17)) {
            case 0x10 -> (exchange >= 1 && exchange <= 6 || exchange == 32 || exchange == 33) && (flags & 0xf8) == 0;
            case 0x20 -> exchange >= 34 && exchange <= 44 && (flags & 0xc7) == 0;
            default -> false;
        };
        return exchangeFits && (datagram.u8(at + 16) == 0 ? datagram.u32(at + 24) == HEADER
            : datagram.u8(at + 17) == 0x10 && (flags & 1) != 0 || payloadFits(datagram, at + HEADER, announced));
    }

    /** A payload's length counts its header, and lies in the message. */
    private static boolean payloadFits(final Bytes datagram, final int at, final int end) {
        final int length = datagram.u16(at + 2);
        return length >= PAYLOAD_HEADER && length <= end - at;
    }

    /** On its port: an index that is not reserved, and a number that goes on. */
    private static Answer detectEsp(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(PORT_WITH_ESP) || probe.announced() < 24 || now.u32(0) < 256) {
            return Answer.NO;
        }
        return isEsp(probe.before(), now) ? Answer.YES : Answer.MORE;
    }

    /** True if a packet of ESP follows another one: the same index, and a number soon behind. */
    static boolean isEsp(final Bytes before, final Bytes now) {
        final long step = now.u32(4) - before.u32(4);
        return before.length() >= 8 && before.u32(0) == now.u32(0) && step > 0 && step <= MAX_STEP;
    }
}
