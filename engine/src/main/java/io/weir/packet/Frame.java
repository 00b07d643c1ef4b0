package io.weir.packet;

/**
 * The descriptor of one frame in place: where its bytes lie, what the source knows about it, and where its headers are.
 *
 * <p>A frame descriptor is filled in three steps, each by one owner. A frame source sets the <i>raw</i> part. The
 * dispatcher sets <i>number</i>, <i>sequence</i> and <i>timeNs</i>. {@link Decoder} sets the <i>decoded</i> part. After
 * that it is read only. Descriptors live in rings and are reused: nobody keeps one, nobody keeps {@link #address}
 * beyond
 * the batch that delivered it.
 *
 * <p>It is a plain record of public fields on purpose: three hundred nanoseconds is the budget of a whole frame.
 */
public final class Frame {
    /** Layers are kept up to this many; what lies deeper is not decoded and counted. */
    public static final int MAX_LAYERS = 24;

    /** {@link #datagramBlock}: none. */
    public static final long NO_BLOCK = -1;

    /** {@link #flags}: the source took a VLAN tag out of the frame; it is in {@link #strippedVlan}. */
    public static final int VLAN_STRIPPED = 1;
    /** {@link #flags}: transport checksum is a partial sum that offload hardware would finish; do not verify it. */
    public static final int CHECKSUM_NOT_READY = 1 << 1;
    /** {@link #flags}: the kernel or the NIC has verified the transport checksum. */
    public static final int CHECKSUM_VERIFIED = 1 << 2;
    /** {@link #flags}: a super-frame that segmentation offload has not cut yet (TCP or UDP GSO). */
    public static final int SUPER_FRAME = 1 << 3;
    /** {@link #flags}: the capturing host sent this frame itself. */
    public static final int OUTGOING = 1 << 4;
    /** {@link #flags}: the stamp was taken by the NIC. */
    public static final int HARDWARE_STAMP = 1 << 5;
    /** {@link #flags}: no frame but a tick of engine time; only {@link #sequence} and {@link #timeNs} are set. */
    public static final int TICK = 1 << 6;
    /** {@link #flags}: no frame but the end of the trace; only {@link #sequence} and {@link #timeNs} are set. */
    public static final int END = 1 << 7;
    /** {@link #flags}: its receiver does not take it, because its checksum is wrong; set by the worker. */
    public static final int REFUSED = 1 << 8;
    /** {@link #flags}: a fragment whose datagram's flow is not known, or not yet; set by reassembly. */
    public static final int FLOW_UNKNOWN = 1 << 9;
    /** {@link #flags}: reassembly of IP fragments has looked at it; set where several threads capture. */
    public static final int REASSEMBLED = 1 << 10;
    /**
     * {@link #flags}: its checksums, that of an IPv4 header included, were computed and are right; set by the worker.
     */
    public static final int CHECKSUMS_RIGHT = 1 << 11;
    /** {@link #flags}: a tick or the end, no frame. */
    public static final int MARKS = TICK | END;

    /** {@link #plain}: a TCP segment. */
    public static final int PLAIN_TCP = 1;
    /** {@link #plain}: a UDP datagram. */
    public static final int PLAIN_UDP = 1 << 1;
    /** {@link #plain}, beside one of the two: in IPv6, not IPv4. */
    public static final int PLAIN_IPV6 = 1 << 2;
    /** Values of {@link #plain} are below. */
    public static final int PLAIN_END = 1 << 3;

    private static final int IPV4_TTL = 8;
    private static final int IPV6_HOP_LIMIT = 7;

    // ---- raw: set by the source -------------------------------------------------------------------------------------

    /** Native address of the first captured byte. */
    public long address;
    /** Captured bytes at {@link #address}. */
    public int capturedLength;
    /**
     * Bytes the frame had on the wire, a stripped VLAN tag included; at least {@link #capturedLength} unless the file
     * lies.
     */
    public int wireLength;
    /** Nanoseconds since 1970 as stamped by the source. */
    public long timestampNs;
    /** libpcap LINKTYPE_ value, see {@link LinkType}. */
    public int linkType;
    /** Index into the source's list of interfaces. */
    public int interfaceId;
    /** Which leaf source delivered it; 0 unless several are merged. */
    public int source;
    /** Block of that source in which the frame lies; ascending. */
    public long block;
    /** The flag bits above. */
    public int flags;
    /** If {@link #VLAN_STRIPPED}: TPID in the upper, TCI in the lower 16 bits. */
    public int strippedVlan;

    // ---- dispatcher ----------------------------------------

    /** Number of the frame in the trace, from 1. */
    public long number;
    /** Place in the order of frames and ticks; ascending, unique. */
    public long sequence;
    /** Stamp as engine time takes it: {@link #timestampNs}, unless that is a leap nothing has confirmed yet. */
    public long timeNs;
    /** Wall clock of the engine when the frame's batch was taken from its source, in ns since 1970. */
    public long visibleNs;
    /** The same when it was dealt to a worker's ring; without a ring nobody sets it. */
    public long dispatchedNs;
    /** Place among frames that wait for each other where several threads capture; else nobody sets it. */
    public long orderNs;
    /** Seeded full-width hash of the flow key; 0 if the frame has no flow. */
    public long flowHash;
    /** What the flow key holds besides addresses, packed by whoever sets {@link #flowHash}: ports, protocol, counts. */
    public long portsAndProtocol;
    /** The same: VLAN ids and tunnel id. */
    public long vlanAndTunnel;

    /**
     * Fragments that came before this frame, belong to its flow and were counted in none: they could not be told apart
     * from others until now. {@link Decoder} sets this and what follows to none, reassembly of IP fragments anew.
     */
    public int carriedFrames;
    /** Wire bytes of those fragments. */
    public long carriedBytes;
    /** What reassembly of IP fragments found odd: a bit for each ordinal of {@code event.Anomaly}. */
    public int anomalies;
    /**
     * Block of the buffer for rebuilt datagrams in which the frame lies, if this frame completed one; {@link #NO_BLOCK}
     * if it lies where its source put it, in {@link #block}.
     */
    public long datagramBlock = NO_BLOCK;
    /** Where the frame as captured lies, if {@link #address} is that of a datagram it completed. */
    public long capturedAddress;
    /** Bytes captured at {@link #capturedAddress}. */
    public int capturedBytes;
    /** {@link #flags} of the frame as captured, if it has {@link #capturedAddress}. */
    public int capturedFlags;

    // ---- decoded ----------------------------------------

    /**
     * Not 0 if the frame is what most are, {@link #PLAIN_TCP} and so on: Ethernet, an IP header without options or
     * extension headers, and a whole transport header with all that it announces. Then there is no VLAN, tunnel,
     * fragment or error either, and the fields that would tell of them are 0. Whoever changes one of them sets this to
     * 0, so that the next frame does not find it.
     */
    public int plain;
    /** How many headers {@link #layer} tells. */
    public int layerCount;
    /** The headers of a frame that is not plain, as {@link #layer} tells them. */
    private final int[] layers = new int[MAX_LAYERS];
    /** 0, or the {@link DecodeError} ordinal of what is wrong with its headers; the last found. */
    public int error;

    /** 4 or 6 for the innermost IP header, 0 if there is none: then nothing below holds and the frame has no flow. */
    public int ipVersion;
    /** Offset of the innermost IP header. */
    public int ipOffset;
    /** Transport protocol of the innermost IP packet, extension headers skipped. */
    public int protocol;
    /** Offset of the transport header; of the fragment's data if {@link #fragmentOffset} is not 0. */
    public int transportOffset;
    /** Offset of the bytes the transport header introduces. */
    public int payloadOffset;
    /** Captured payload bytes: never more than was captured, never link padding. */
    public int payloadLength;
    /** Payload bytes that IP announces and the capture cut off. */
    public int payloadMissing;
    /** Offset of this fragment in bytes; 0 in whole packets and first fragments. */
    public int fragmentOffset;
    /** True in every fragment but the last. */
    public boolean moreFragments;
    /** IP identification of a fragment (32 bits in IPv6). */
    public int fragmentId;
    /** Only in fragments: offset of the bytes that are part of the datagram's data, transport header and all. */
    public int fragmentDataOffset;
    /** Only in fragments: how many of these were captured. */
    public int fragmentDataLength;
    /** Only in fragments: how many of these IP announces and the capture cut off. */
    public int fragmentDataMissing;

    /** TCP flags (lower 8 bits) of a TCP segment, else 0. */
    public int tcpFlags;
    /** TCP sequence number. */
    public int tcpSequence;
    /** TCP acknowledgement number. */
    public int tcpAcknowledgement;
    /** TCP window, unscaled. */
    public int tcpWindow;
    /** ICMP or ICMPv6 type, in packet order. */
    public int icmpType;
    /** ICMP or ICMPv6 code. */
    public int icmpCode;

    /** Outer VLAN id in the lower 16 bits, inner in the upper; see {@link #vlanCount}. Stripped tags count. */
    public int vlanIds;
    /** VLAN tags seen outside any tunnel, 0 to 2 (more are skipped but not kept). */
    public int vlanCount;
    /** Tunnel types from outer to inner, 4 bits each from the low end, see {@link TunnelType}; 0 if none. */
    public int tunnels;
    /** Identifier of the innermost tunnel that has one: VNI, TEID, GRE key, L2TP tunnel and session; else 0. */
    public int tunnelId;
    /** Offset of the outermost IP header when {@link #tunnels} is not 0. */
    public int outerIpOffset;

    // ---- flow key: the innermost tuple in canonical order----------------------------------------

    /** Upper half of the lower address; 0 in IPv4. */
    public long lowerHi;
    /** Lower half of the lower address; an IPv4 address is zero-extended. */
    public long lowerLo;
    /** Upper half of the upper address. */
    public long upperHi;
    /** Lower half of the upper address. */
    public long upperLo;
    /**
     * Port of the lower endpoint, or the ICMP query identifier, or 0. In ESP the sender has the upper, the receiver the
     * lower 16 bits of the security parameters index.
     */
    public int lowerPort;
    /** The same of the upper endpoint. */
    public int upperPort;
    /** True if the upper endpoint sent this frame. */
    public boolean fromUpper;

    /**
     * Makes this a tick or the end of the trace; its sequence is set apart.
     *
     * @param kind     {@link #TICK} or {@link #END}
     * @param markedNs engine time, ns since 1970
     */
    public void mark(final int kind, final long markedNs) {
        flags = kind;
        timeNs = markedNs;
        flowHash = 0;
        plain = 0;
        ipVersion = 0;
        wireLength = 0;
    }

    /**
     * A header, the outermost first: its type (see {@link LayerType}) in the upper 8 bits, its offset in the lower 24.
     *
     * @param number below {@link #layerCount}
     */
    public int layer(final int number) {
        return plain == 0 ? layers[number] : PlainDecoder.layer(plain, number);
    }

    /**
     * Tells a header of a frame that is not plain.
     *
     * @param number below {@link #MAX_LAYERS}
     * @param header as {@link #layer} tells it
     */
    public void setLayer(final int number, final int header) {
        layers[number] = header;
    }

    /** Takes over everything from another descriptor; the bytes stay where they are. */
    public void copyFrom(final Frame other) {
        address = other.address;
        capturedLength = other.capturedLength;
        wireLength = other.wireLength;
        timestampNs = other.timestampNs;
        linkType = other.linkType;
        interfaceId = other.interfaceId;
        source = other.source;
        block = other.block;
        flags = other.flags;
        strippedVlan = other.strippedVlan;
        number = other.number;
        sequence = other.sequence;
        timeNs = other.timeNs;
        visibleNs = other.visibleNs;
        dispatchedNs = other.dispatchedNs;
        orderNs = other.orderNs;
        flowHash = other.flowHash;
        portsAndProtocol = other.portsAndProtocol;
        vlanAndTunnel = other.vlanAndTunnel;
        carriedFrames = other.carriedFrames;
        carriedBytes = other.carriedBytes;
        anomalies = other.anomalies;
        datagramBlock = other.datagramBlock;
        capturedAddress = other.capturedAddress;
        capturedBytes = other.capturedBytes;
        capturedFlags = other.capturedFlags;
        plain = other.plain;
        layerCount = other.layerCount;
        error = other.error;
        ipVersion = other.ipVersion;
        ipOffset = other.ipOffset;
        protocol = other.protocol;
        transportOffset = other.transportOffset;
        payloadOffset = other.payloadOffset;
        payloadLength = other.payloadLength;
        payloadMissing = other.payloadMissing;
        fragmentOffset = other.fragmentOffset;
        moreFragments = other.moreFragments;
        fragmentId = other.fragmentId;
        fragmentDataOffset = other.fragmentDataOffset;
        fragmentDataLength = other.fragmentDataLength;
        fragmentDataMissing = other.fragmentDataMissing;
        tcpFlags = other.tcpFlags;
        tcpSequence = other.tcpSequence;
        tcpAcknowledgement = other.tcpAcknowledgement;
        tcpWindow = other.tcpWindow;
        icmpType = other.icmpType;
        icmpCode = other.icmpCode;
        vlanIds = other.vlanIds;
        vlanCount = other.vlanCount;
        tunnels = other.tunnels;
        tunnelId = other.tunnelId;
        outerIpOffset = other.outerIpOffset;
        lowerHi = other.lowerHi;
        lowerLo = other.lowerLo;
        upperHi = other.upperHi;
        upperLo = other.upperLo;
        lowerPort = other.lowerPort;
        upperPort = other.upperPort;
        fromUpper = other.fromUpper;
        System.arraycopy(other.layers, 0, layers, 0, other.layerCount);
    }

    /** Hop limit or time to live of the innermost IP header, 0 without one. */
    public int ttl() {
        return ipVersion == 0 ? 0 : Wire.u8(address + ipOffset + (ipVersion == 4 ? IPV4_TTL : IPV6_HOP_LIMIT));
    }

    /** Source port in packet order. */
    public int sourcePort() {
        return fromUpper ? upperPort : lowerPort;
    }

    /** Destination port in packet order. */
    public int destinationPort() {
        return fromUpper ? lowerPort : upperPort;
    }

    /** True if the capture cut bytes off, so that an {@link #error} tells of the capture and not of the sender. */
    public boolean isCut() {
        final int stripped = (flags & VLAN_STRIPPED) != 0 ? 4 : 0;
        return wireLength - stripped > capturedLength;
    }

    /** True if a flow key was found, and is that of the frame's flow. */
    public boolean hasFlow() {
        return ipVersion != 0 && (flags & FLOW_UNKNOWN) == 0;
    }
}
