package io.weir.packet;

/**
 * Finds the headers of a frame, from the link layer through tunnels to the innermost transport.
 *
 * <p>Reads are raw: each header is compared with the captured length once, before its first byte is read. The common
 * path (Ethernet, IPv4, TCP or UDP) is kept short enough for the compiler to make one piece of it; all else lies in
 * methods of its own. Frames hold all state, so one decoder may be used by several threads on frames of their own.
 */
public final class Decoder {
    /**
     * Sets the decoded part of {@code frame} from its raw part. Never throws, whatever the bytes are; allocates
     * nothing.
     */
    public void decode(final Frame frame) {
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

    private static void clear(final Frame frame) {
        frame.layerCount = 0;
        frame.error = 0;
        frame.ipVersion = 0;
        frame.ipOffset = 0;
        frame.transportOffset = 0;
        frame.protocol = 0;
        frame.ttl = 0;
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
        if ((frame.flags & Frame.VLAN_STRIPPED) != 0) {
            frame.vlanCount = 1;
            frame.vlanIds = frame.strippedVlan & 0xfff;
        } else {
            frame.vlanCount = 0;
            frame.vlanIds = 0;
        }
    }
}
