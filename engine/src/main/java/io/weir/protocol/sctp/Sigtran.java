package io.weir.protocol.sctp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Detector;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.util.List;

/**
 * Adaptation layers that carry telephone signalling over IP: one header for all of them (RFC 4666, section 3.1), and
 * classes of messages of which some are of one layer alone.
 */
public final class Sigtran {
    /** Classes of messages, a bit for each: management, and the states of networks, servers and their traffic. */
    private static final int MANAGEMENT = 1;
    private static final int NETWORK = 1 << 2;
    private static final int SERVER = 1 << 3;
    private static final int TRAFFIC = 1 << 4;
    private static final int KEYS = 1 << 9;
    private static final int INTERFACES = 1 << 10;

    /** ISDN layer 2, RFC 4233. */
    public static final Protocol IUA =
        layer("iua", "ISDN Q.921-User Adaptation", 1, 9900, 1 << 5, MANAGEMENT | SERVER | TRAFFIC);
    /** Signalling system 7 layer 2 at a gateway, RFC 3331. */
    public static final Protocol M2UA =
        layer("m2ua", "SS7 MTP2-User Adaptation", 2, 2904, 1 << 6, MANAGEMENT | SERVER | TRAFFIC | INTERFACES);
    /** Signalling system 7 layer 3 at a gateway, RFC 4666. */
    public static final Protocol M3UA =
        layer("m3ua", "SS7 MTP3-User Adaptation", 3, 2905, 1 << 1, MANAGEMENT | NETWORK | SERVER | TRAFFIC | KEYS);
    /** Connections of signalling system 7, RFC 3868. */
    public static final Protocol SUA = layer("sua", "SS7 SCCP-User Adaptation", 4, 14001, 1 << 7 | 1 << 8,
        MANAGEMENT | NETWORK | SERVER | TRAFFIC | KEYS);
    /** Signalling system 7 layer 2 between equals, RFC 4165. */
    public static final Protocol M2PA = Protocol.named("m2pa", "SS7 MTP2 Peer-to-Peer Adaptation")
        .sctpPorts(3565)
        .sctp(Sigtran::peerToPeer, 5)
        .build();

    /** All of them. */
    public static final List<Protocol> ALL = List.of(IUA, M2UA, M3UA, SUA, M2PA);

    private static final int HEADER = 8;
    private static final int MOST_TYPE = 16;
    private static final int PEER_TO_PEER = 11;
    private static final int MOST_TAG = 0x0410;

    private Sigtran() {
    }

    /**
     * A layer.
     *
     * @param own    a bit for each class of messages that no other one has
     * @param shared a bit for each of those that others have too
     */
    private static Protocol layer(final String name, final String title, final int payload, final int port,
        final int own, final int shared) {
        final Detector detector = probe -> {
            final boolean isNamed = probe.payloadProtocol() == payload || probe.onPort(port);
            return isMessage(probe, isNamed ? own | shared : own) ? Answer.YES : Answer.NO;
        };
        return Protocol.named(name, title).sctpPorts(port).sctp(detector, payload).build();
    }

    /** A message that is as long as it says, of one of these classes, and a parameter first unless it has none. */
    private static boolean isMessage(final Probe probe, final int classes) {
        final Bytes now = probe.now();
        final int type = now.u8(3);
        final int parameter = now.u16(HEADER);
        final int length = now.u16(HEADER + 2);
        return isHeader(probe) && now.u8(2) < Integer.SIZE && (classes & 1 << now.u8(2)) != 0 && type <= MOST_TYPE
            && (now.u32(4) == HEADER || parameter >= 1 && parameter <= MOST_TAG && length >= 4
                && length <= now.u32(4) - HEADER);
    }

    /** Version 1, a byte to spare, and a length, which leaves out what fills up the last parameter with some. */
    private static boolean isHeader(final Probe probe) {
        final Bytes now = probe.now();
        final long length = now.u32(4);
        return now.u16(0) == 0x0100 && length >= HEADER && (probe.announced() > 0
            ? length <= probe.announced() && length > probe.announced() - 4 : length > now.length());
    }

    /** User data or the state of a link, with the numbers of the last message each way: 24 bits of 32. */
    private static Answer peerToPeer(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(3);
        return isHeader(probe) && now.u8(2) == PEER_TO_PEER && (type == 1 || type == 2) && now.u8(HEADER) == 0
            && now.u8(HEADER + 4) == 0 ? Answer.YES : Answer.NO;
    }
}
