package io.weir.packet;

/** How decoders note down in a frame what they found. */
final class Layering {
    private static final int VLAN_TAG = 4;

    private Layering() {
    }

    /** Code of a layer type, ready to be combined with an offset. */
    static int code(final LayerType type) {
        return type.ordinal() << 24;
    }

    /** Adds a layer; false, and an error, if the frame has too many. */
    static boolean push(final Frame frame, final int code, final int offset) {
        final int count = frame.layerCount;
        if (count >= Frame.MAX_LAYERS) {
            return fail(frame, DecodeError.TOO_MANY_LAYERS);
        }
        frame.setLayer(count, code | offset);
        frame.layerCount = count + 1;
        return true;
    }

    /** Notes an error; always false. */
    static boolean fail(final Frame frame, final DecodeError error) {
        frame.error = error.ordinal();
        return false;
    }

    /** What is left of a frame without an IP header is its payload; with one, its payload was set already. */
    static void rest(final Frame frame, final int offset, final int end) {
        if (frame.ipVersion == 0) {
            frame.payloadOffset = offset;
            frame.payloadLength = Math.max(0, end - offset);
        }
    }

    /**
     * Notes that a packet announces more than there is: it was cut off by the capture, or lies.
     *
     * @return where it ends
     */
    static int cutShort(final Frame frame, final int missing, final int end, final DecodeError error) {
        frame.payloadMissing = missing;
        if (!frame.isCut()) {
            fail(frame, error);
        }
        return end;
    }

    /** The packet does not tell its end, but the frame's length on the wire does: notes what the capture cut off. */
    static void missingBehind(final Frame frame, final int end) {
        final int stripped = (frame.flags & Frame.VLAN_STRIPPED) != 0 ? VLAN_TAG : 0;
        if (frame.tunnels == 0 && frame.wireLength - stripped > end) {
            frame.payloadMissing = frame.wireLength - stripped - end;
        }
    }

    /** Notes where the data of a fragment lie, once it is known what the capture cut off. */
    static void fragmentData(final Frame frame, final int offset, final int end) {
        frame.fragmentDataOffset = offset;
        frame.fragmentDataLength = Math.max(0, end - offset);
        frame.fragmentDataMissing = frame.payloadMissing;
    }

    /** Resets what belongs to one IP packet and its transport. */
    static void clearTransport(final Frame frame) {
        frame.payloadMissing = 0;
        frame.fragmentOffset = 0;
        frame.moreFragments = false;
        frame.fragmentId = 0;
        frame.tcpFlags = 0;
        frame.tcpSequence = 0;
        frame.tcpAcknowledgement = 0;
        frame.tcpWindow = 0;
        frame.icmpType = 0;
        frame.icmpCode = 0;
        frame.lowerPort = 0;
        frame.upperPort = 0;
    }

    /** Sets both addresses in canonical order, as unsigned numbers. */
    static void addresses(final Frame frame, final long sourceHi, final long sourceLo, final long destinationHi,
        final long destinationLo) {
        final int order = sourceHi != destinationHi ? Long.compareUnsigned(sourceHi, destinationHi)
            : Long.compareUnsigned(sourceLo, destinationLo);
        if (order > 0) {
            frame.lowerHi = destinationHi;
            frame.lowerLo = destinationLo;
            frame.upperHi = sourceHi;
            frame.upperLo = sourceLo;
        } else {
            frame.lowerHi = sourceHi;
            frame.lowerLo = sourceLo;
            frame.upperHi = destinationHi;
            frame.upperLo = destinationLo;
        }
        frame.fromUpper = order > 0;
    }

    /** Sets both ports in the order of the addresses; between equal addresses the ports decide. */
    static void ports(final Frame frame, final int source, final int destination) {
        boolean fromUpper = frame.fromUpper;
        if (frame.lowerLo == frame.upperLo && frame.lowerHi == frame.upperHi) {
            fromUpper = source > destination;
            frame.fromUpper = fromUpper;
        }
        frame.lowerPort = fromUpper ? destination : source;
        frame.upperPort = fromUpper ? source : destination;
    }
}
