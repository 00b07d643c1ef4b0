package io.weir.flow;

import io.weir.base.EngineTime;
import io.weir.event.FlowIdentity;
import io.weir.packet.Frame;
import org.agrona.UnsafeApi;

/**
 * Layout of a flow in native memory: two cache lines that every frame touches, a part that few frames touch, and one
 * that few flows have any use for.
 *
 * <p>Hot: the key (48 bytes), when it was last seen and its flags fill the first line; counters, TCP positions, when
 * and by which frame it began the second. So what is told of a flow in records lies in these two, but for its tunnels,
 * if it has any. Cold: what its start, its end and a change of its {@link EvictionClass} touch, in itself and in its
 * neighbours; so small that those of all flows under way stay in the caches. Rare: holds where a mark says so. "0" is
 * the initiator's direction, "1" the responder's. Addresses given to these methods come from {@link FlowSlab}, which
 * has checked the record's index.
 */
final class FlowRecord {
    static final int HOT_LENGTH = 128;
    static final int COLD_LENGTH = 16;
    static final int RARE_LENGTH = 16;
    static final int LENGTH = HOT_LENGTH + COLD_LENGTH + RARE_LENGTH;

    static final int LOWER_HI = 0;
    static final int LOWER_LO = 8;
    static final int UPPER_HI = 16;
    static final int UPPER_LO = 24;
    /** {@link FlowKey#portsAndProtocol} in the lower 48 bits, interface of the first frame in the upper 16. */
    static final int PORTS_AND_PROTOCOL = 32;
    static final int VLAN_AND_TUNNEL = 40;
    /** Greatest stamp of the flow's frames. */
    static final int END_NS = 48;
    /** Seconds, rounded up, by which engine time was ahead of {@link #END_NS} at the last frame; mostly 0. */
    static final int LAG_SECONDS = 56;
    static final int FLAGS = 60;
    /** Frames and bytes of direction 0, frames and bytes of direction 1. */
    static final int COUNTS = 64;
    /** Next sequence number and highest acknowledgement of direction 0, the same of direction 1. */
    static final int TCP_POSITIONS = 96;
    /** Stamp of the first frame. */
    static final int START_NS = 112;
    /** Number of the first frame in the trace, below three marks. */
    static final int FIRST_FRAME = 120;
    /** In {@link #FIRST_FRAME}: the flow is in tunnels, so that {@link #TUNNELS} and {@link #TUNNEL_ENDPOINTS} hold. */
    private static final long MARK_TUNNELLED = 1L << 63;
    /** In {@link #FIRST_FRAME}: a SYN came on the live connection, so that {@link #NEW_START} holds. */
    private static final long MARK_NEW_START = 1L << 62;

    /** In {@link #FIRST_FRAME}: {@link #ANOMALIES} hold. */
    private static final long MARK_ANOMALIES = 1L << 61;
    private static final long MARKS = MARK_TUNNELLED | MARK_NEW_START | MARK_ANOMALIES;

    static final int NEXT = 0;
    static final int PREVIOUS = 4;
    /** Upper half of the flow's hash, which tells its home bucket in the index. */
    private static final int HASH_UPPER = 8;
    /** TCP: initial sequence number of the initiator. ICMP: type and code of first message and first answer. */
    static final int INITIAL = 12;

    private static final int TUNNELS = 0;
    private static final int TUNNEL_ENDPOINTS = 4;
    /** Anomalies reported of the flow: a bit for each ordinal. */
    private static final int ANOMALIES = 8;
    /** In {@link #ANOMALIES}: the newest SYN on the live connection came from direction 1. */
    private static final int SYN_FROM_RESPONDER = 1 << 31;
    /** First sequence number after the newest SYN on the live connection. */
    private static final int NEW_START = 12;

    private static final int INITIATOR_IS_UPPER_SHIFT = 6;
    static final int FLAG_TCP_STATE = 0xf;
    static final int FLAG_CLASS_SHIFT = 4;
    static final int FLAG_CLASS = 3 << FLAG_CLASS_SHIFT;
    static final int FLAG_INITIATOR_IS_UPPER = 1 << INITIATOR_IS_UPPER_SHIFT;
    /** Seen since the eviction last looked. */
    static final int FLAG_SEEN = 1 << 7;
    /** Direction 0 has sent a sequence number; direction 1 in the next bit, as in all of the following. */
    static final int FLAG_SEQUENCE_KNOWN = 1 << 8;
    static final int FLAG_ACKNOWLEDGEMENT_KNOWN = 1 << 10;
    static final int FLAG_FIN_SEEN = 1 << 12;
    /** It has acknowledged something the other side was seen to send. */
    static final int FLAG_ACKNOWLEDGED = 1 << 14;
    static final int FLAG_TCP_FLAGS_SHIFT = 16;

    private FlowRecord() {
    }

    static void setKey(final long hot, final Frame frame) {
        UnsafeApi.putLong(hot + LOWER_HI, frame.lowerHi);
        UnsafeApi.putLong(hot + LOWER_LO, frame.lowerLo);
        UnsafeApi.putLong(hot + UPPER_HI, frame.upperHi);
        UnsafeApi.putLong(hot + UPPER_LO, frame.upperLo);
        UnsafeApi.putLong(hot + PORTS_AND_PROTOCOL,
            frame.portsAndProtocol | (long) frame.interfaceId << FlowKey.KEY_BITS);
        UnsafeApi.putLong(hot + VLAN_AND_TUNNEL, frame.vlanAndTunnel);
    }

    /** True if a record's key is that of a frame in every bit, so that it is whatever belongs to keys. */
    static boolean isKeyOf(final long hot, final Frame frame) {
        return (UnsafeApi.getLong(hot + LOWER_LO) ^ frame.lowerLo
            | UnsafeApi.getLong(hot + UPPER_LO) ^ frame.upperLo
            | UnsafeApi.getLong(hot + LOWER_HI) ^ frame.lowerHi
            | UnsafeApi.getLong(hot + UPPER_HI) ^ frame.upperHi
            | UnsafeApi.getLong(hot + VLAN_AND_TUNNEL) ^ frame.vlanAndTunnel
            | (UnsafeApi.getLong(hot + PORTS_AND_PROTOCOL) ^ frame.portsAndProtocol) << FlowKey.REST_BITS) == 0;
    }

    /** True if it is in what tells flows apart. */
    static boolean isKeyOf(final long hot, final Frame frame, final long portsMask, final long vlanAndTunnelMask) {
        return (UnsafeApi.getLong(hot + LOWER_LO) ^ frame.lowerLo
            | UnsafeApi.getLong(hot + UPPER_LO) ^ frame.upperLo
            | UnsafeApi.getLong(hot + LOWER_HI) ^ frame.lowerHi
            | UnsafeApi.getLong(hot + UPPER_HI) ^ frame.upperHi
            | (UnsafeApi.getLong(hot + VLAN_AND_TUNNEL) ^ frame.vlanAndTunnel) & vlanAndTunnelMask
            | (UnsafeApi.getLong(hot + PORTS_AND_PROTOCOL) ^ frame.portsAndProtocol) & portsMask) == 0;
    }

    /** Keeps the upper half of a flow's hash. */
    static void setHash(final long cold, final long hash) {
        UnsafeApi.putInt(cold + HASH_UPPER, (int) (hash >>> Integer.SIZE));
    }

    /** A hash of the same upper half, the lower one 0. */
    static long hashUpper(final long cold) {
        return (long) UnsafeApi.getInt(cold + HASH_UPPER) << Integer.SIZE;
    }

    /** Gives a record that has no flow any more a key that no frame has: there is no IP of this version. */
    static void clearKey(final long hot) {
        UnsafeApi.putLong(hot + PORTS_AND_PROTOCOL, -1);
    }

    /** Direction in which a frame of the flow goes. */
    static int direction(final int flags, final Frame frame) {
        return (frame.fromUpper ? 1 : 0) ^ flags >>> INITIATOR_IS_UPPER_SHIFT & 1;
    }

    /** A frame's TCP flags, where those of its direction are kept. */
    static int tcpFlags(final Frame frame, final int direction) {
        return (frame.tcpFlags & 0xff) << FLAG_TCP_FLAGS_SHIFT + direction * Byte.SIZE;
    }

    /** Notes the greatest stamp, behind which engine time was then. */
    static void setSeen(final long hot, final long timeNs) {
        UnsafeApi.putLong(hot + END_NS, timeNs);
        UnsafeApi.putInt(hot + LAG_SECONDS, 0);
    }

    /** Sets everything that is not the key, its hash or about tunnels to that of an unseen flow. */
    static void setStart(final long hot, final long cold, final Frame frame, final int flags) {
        UnsafeApi.putLong(hot + END_NS, EngineTime.claimed(frame.timestampNs));
        UnsafeApi.putInt(hot + LAG_SECONDS, 0);
        UnsafeApi.putInt(hot + FLAGS, flags);
        for (int at = COUNTS; at < START_NS; at += Long.BYTES) {
            UnsafeApi.putLong(hot + at, 0);
        }
        UnsafeApi.putLong(hot + START_NS, EngineTime.claimed(frame.timestampNs));
        UnsafeApi.putLong(hot + FIRST_FRAME, frame.number);
        UnsafeApi.putInt(cold + INITIAL, 0);
    }

    /** Keeps the tunnels of a flow that runs in some, and where the addresses of the outermost are kept. */
    static void setTunnels(final long hot, final long rare, final int tunnels, final int endpoints) {
        mark(hot, MARK_TUNNELLED);
        UnsafeApi.putInt(rare + TUNNELS, tunnels);
        UnsafeApi.putInt(rare + TUNNEL_ENDPOINTS, endpoints);
    }

    private static void mark(final long hot, final long mark) {
        UnsafeApi.putLong(hot + FIRST_FRAME, UnsafeApi.getLong(hot + FIRST_FRAME) | mark);
    }

    /** Notes a SYN on the live connection: what follows it would begin with this sequence number. */
    static void setNewStart(final long hot, final long rare, final int sequence, final int direction) {
        final int anomalies = anomalies(hot, rare) & ~SYN_FROM_RESPONDER;
        mark(hot, MARK_NEW_START | MARK_ANOMALIES);
        UnsafeApi.putInt(rare + NEW_START, sequence);
        UnsafeApi.putInt(rare + ANOMALIES, anomalies | (direction == 0 ? 0 : SYN_FROM_RESPONDER));
    }

    /** True if there was a SYN on the live connection. */
    static boolean hasNewStart(final long hot) {
        return (UnsafeApi.getLong(hot + FIRST_FRAME) & MARK_NEW_START) != 0;
    }

    /** The sequence number that {@link #setNewStart} was told; holds if there was a SYN. */
    static int newStart(final long rare) {
        return UnsafeApi.getInt(rare + NEW_START);
    }

    /** True if it came from direction 1; holds if there was a SYN. */
    static boolean isNewStartByResponder(final long rare) {
        return UnsafeApi.getInt(rare + ANOMALIES) < 0;
    }

    /** Notes anomalies, a bit for each ordinal; answers those that were not noted before. */
    static int noteAnomalies(final long hot, final long rare, final int anomalies) {
        final int before = anomalies(hot, rare);
        mark(hot, MARK_ANOMALIES);
        UnsafeApi.putInt(rare + ANOMALIES, before | anomalies);
        return anomalies & ~before;
    }

    private static int anomalies(final long hot, final long rare) {
        return (UnsafeApi.getLong(hot + FIRST_FRAME) & MARK_ANOMALIES) == 0 ? 0 : UnsafeApi.getInt(rare + ANOMALIES);
    }

    private static boolean isTunnelled(final long hot) {
        return UnsafeApi.getLong(hot + FIRST_FRAME) < 0;
    }

    /** Where the addresses of the outermost tunnel are kept, or {@link TunnelEndpoints#NONE}. */
    static int tunnelEndpoints(final long hot, final long rare) {
        return isTunnelled(hot) ? UnsafeApi.getInt(rare + TUNNEL_ENDPOINTS) : TunnelEndpoints.NONE;
    }

    /** Keeps type and code of a direction's first ICMP message. */
    static void setIcmp(final long cold, final int direction, final int type, final int code) {
        UnsafeApi.putShort(cold + INITIAL + direction * 2L, (short) (type & 0xff | code << Byte.SIZE));
    }

    /** Type of a direction's first ICMP message in the lower, code in the upper 8 bits. */
    static int icmp(final long cold, final int direction) {
        return UnsafeApi.getShort(cold + INITIAL + direction * 2L) & 0xffff;
    }

    static FlowState state(final long hot) {
        if (protocol(hot) == FlowProtocol.IP_TCP) {
            return TcpState.of(flags(hot) & FLAG_TCP_STATE).flowState();
        }
        return frames(hot, 0) > 0 && frames(hot, 1) > 0 ? FlowState.ESTABLISHED : FlowState.NEW;
    }

    /**
     * Writes identifier, tuple, times and where it was seen into a record, with one of the two endpoints as its
     * initiator.
     */
    static void identify(final long hot, final long rare, final FlowIdentity identity, final boolean fromUpper) {
        final long lowerHi = UnsafeApi.getLong(hot + LOWER_HI);
        final long lowerLo = UnsafeApi.getLong(hot + LOWER_LO);
        final long upperHi = UnsafeApi.getLong(hot + UPPER_HI);
        final long upperLo = UnsafeApi.getLong(hot + UPPER_LO);
        final long tuple = UnsafeApi.getLong(hot + PORTS_AND_PROTOCOL);
        final long vlanAndTunnel = UnsafeApi.getLong(hot + VLAN_AND_TUNNEL);
        final int tunnels = isTunnelled(hot) ? UnsafeApi.getInt(rare + TUNNELS) : 0;
        if (fromUpper) {
            final long ports = Integer.rotateLeft((int) tuple, Short.SIZE) & 0xffff_ffffL;
            identity.addresses(upperHi, upperLo, lowerHi, lowerLo);
            identity.seen(tuple >>> Integer.SIZE << Integer.SIZE | ports, vlanAndTunnel, tunnels);
        } else {
            identity.addresses(lowerHi, lowerLo, upperHi, upperLo);
            identity.seen(tuple, vlanAndTunnel, tunnels);
        }
        final long startNs = startNs(hot);
        final long firstFrame = firstFrame(hot);
        identity.identity(FlowId.of(lowerHi, lowerLo, upperHi, upperLo, tuple & (1L << FlowKey.KEY_BITS) - 1,
            vlanAndTunnel, startNs, firstFrame), startNs, endNs(hot), firstFrame);
    }

    /** Exchanges initiator and responder in everything that is kept by direction. */
    static void turn(final long hot, final long cold, final long rare) {
        swap(hot + COUNTS, hot + COUNTS + 16);
        swap(hot + COUNTS + 8, hot + COUNTS + 24);
        swap(hot + TCP_POSITIONS, hot + TCP_POSITIONS + 8);
        if (FlowProtocol.of(protocol(hot)) == FlowProtocol.ICMP) {
            final int initial = UnsafeApi.getInt(cold + INITIAL);
            UnsafeApi.putInt(cold + INITIAL, Integer.rotateLeft(initial, Short.SIZE));
        }
        if (hasNewStart(hot)) {
            UnsafeApi.putInt(rare + ANOMALIES, UnsafeApi.getInt(rare + ANOMALIES) ^ SYN_FROM_RESPONDER);
        }
        final int flags = flags(hot);
        int turned = flags ^ FLAG_INITIATOR_IS_UPPER;
        for (int bit = FLAG_SEQUENCE_KNOWN; bit <= FLAG_ACKNOWLEDGED; bit <<= 2) {
            turned = turned & ~(3 * bit) | (flags & bit) << 1 | (flags & 2 * bit) >>> 1;
        }
        final int tcpFlags = flags >>> FLAG_TCP_FLAGS_SHIFT;
        turned = turned & 0xffff | (tcpFlags >>> Byte.SIZE | (tcpFlags & 0xff) << Byte.SIZE) << FLAG_TCP_FLAGS_SHIFT;
        UnsafeApi.putInt(hot + FLAGS, turned);
    }

    private static void swap(final long one, final long other) {
        final long value = UnsafeApi.getLong(one);
        UnsafeApi.putLong(one, UnsafeApi.getLong(other));
        UnsafeApi.putLong(other, value);
    }

    static int flags(final long hot) {
        return UnsafeApi.getInt(hot + FLAGS);
    }

    static int protocol(final long hot) {
        return (int) (UnsafeApi.getLong(hot + PORTS_AND_PROTOCOL) >>> FlowKey.PROTOCOL_SHIFT) & 0xff;
    }

    static long endNs(final long hot) {
        return UnsafeApi.getLong(hot + END_NS);
    }

    static long frames(final long hot, final int direction) {
        return UnsafeApi.getLong(hot + COUNTS + direction * 16L);
    }

    static long bytes(final long hot, final int direction) {
        return UnsafeApi.getLong(hot + COUNTS + direction * 16L + 8);
    }

    static long startNs(final long hot) {
        return UnsafeApi.getLong(hot + START_NS);
    }

    static long firstFrame(final long hot) {
        return UnsafeApi.getLong(hot + FIRST_FRAME) & ~MARKS;
    }
}
