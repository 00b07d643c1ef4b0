package io.weir.packet;

/**
 * Finds the headers of a frame, from the link layer through tunnels to the innermost transport.
 *
 * <p>Reads are raw: each header is compared with the captured length once, before its first byte is read. What
 * most frames are (Ethernet, IP, TCP or UDP) is decoded in one piece, all else layer by layer. Frames hold all state,
 * so one decoder may be used by several threads on frames of their own.
 */
public final class Decoder {
    /**
     * Sets the decoded part of {@code frame} from its raw part. Never throws, whatever the bytes are; allocates
     * nothing.
     */
    public void decode(final Frame frame) {
        if (!PlainDecoder.decode(frame)) {
            decodeLayers(frame);
        }
    }

    /** The same for those of the first {@code count} frames that are not plain; ticks and the end stay as they are. */
    public void decodeOthers(final Frame[] frames, final int count) {
        for (int i = 0; i < count; i++) {
            if (frames[i].plain == 0 && (frames[i].flags & Frame.MARKS) == 0) {
                decodeLayers(frames[i]);
            }
        }
    }

    /** The same, layer by layer, whatever the frame. */
    static void decodeLayers(final Frame frame) {
        clear(frame);
        final int end = frame.capturedLength;
        if (end < 0) {
            Layering.fail(frame, DecodeError.NEGATIVE_LENGTH);
        } else if (frame.linkType == LinkType.ETHERNET) {
            EthernetDecoder.decode(frame, 0, end);
        } else {
            LinkDecoder.decode(frame, frame.linkType, 0, end);
        }
    }

    /**
     * Decodes a frame again from its innermost IP header on, in whose place a datagram now lies that was put together
     * from fragments; what was found in front of that header stays.
     *
     * @param frame decoded as a fragment, with {@link Frame#address} and {@link Frame#capturedLength} set anew
     */
    public void decodeRebuilt(final Frame frame) {
        int ip = frame.layerCount - 1;
        while (ip > 0 && !isIp(LayerType.of(frame.layer(ip)))) {
            ip--;
        }
        frame.plain = 0;
        frame.layerCount = Math.max(0, ip);
        frame.error = 0;
        Layering.clearTransport(frame);
        if (frame.ipVersion == 4) {
            Ipv4Decoder.decode(frame, frame.ipOffset, frame.capturedLength);
        } else {
            Ipv6Decoder.decode(frame, frame.ipOffset, frame.capturedLength);
        }
    }

    /**
     * True if a first fragment may be the beginning of a tunnel, or of a fragment inside a fragment. Both are entered
     * only when the datagram is whole, so its flow is not known before.
     */
    public static boolean isFlowBelow(final Frame frame) {
        return switch (frame.protocol) {
            case TransportDecoder.UDP ->
                UdpTunnelDecoder.isTunnelPort(frame.sourcePort(), frame.destinationPort());
            case Ipv6Decoder.FRAGMENTATION -> true;
            default -> TunnelDecoder.isTunnel(frame.protocol);
        };
    }

    private static boolean isIp(final LayerType type) {
        return type == LayerType.IPV4 || type == LayerType.IPV6;
    }

    /**
     * Sets the decoded part back to that of a frame in which nothing was found, and what reassembly of IP fragments,
     * which plain frames never see, leaves in a descriptor.
     */
    static void clear(final Frame frame) {
        frame.plain = 0;
        frame.carriedFrames = 0;
        frame.carriedBytes = 0;
        frame.anomalies = 0;
        frame.datagramBlock = Frame.NO_BLOCK;
        frame.layerCount = 0;
        frame.error = 0;
        frame.ipVersion = 0;
        frame.ipOffset = 0;
        frame.transportOffset = 0;
        frame.protocol = 0;
        frame.payloadOffset = 0;
        frame.payloadLength = 0;
        frame.tunnels = 0;
        frame.tunnelId = 0;
        frame.outerIpOffset = 0;
        frame.lowerHi = 0;
        frame.lowerLo = 0;
        frame.upperHi = 0;
        frame.upperLo = 0;
        frame.fromUpper = false;
        Layering.clearTransport(frame);
        if ((frame.flags & Frame.VLAN_STRIPPED) != 0 && (frame.strippedVlan & 0xfff) != 0) {
            frame.vlanCount = 1;
            frame.vlanIds = frame.strippedVlan & 0xfff;
        } else {
            frame.vlanCount = 0;
            frame.vlanIds = 0;
        }
    }
}
