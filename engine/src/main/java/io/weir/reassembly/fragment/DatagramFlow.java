package io.weir.reassembly.fragment;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;

/**
 * Puts the fragments of a datagram into the flow of their datagram. Only a first fragment holds ports; what came before
 * it passes without a flow, and is added to the flow by the frame that makes it known.
 */
final class DatagramFlow {
    /** The end of a stream is where the datagram ends, and no host takes a reset before the datagram is whole. */
    private static final int ENDS = TcpFlags.FIN | TcpFlags.RST;

    private DatagramFlow() {
    }

    /** Takes down the flow of a first fragment. */
    static void learn(final long record, final Frame frame) {
        if (frame.fragmentOffset == 0 && !Datagram.is(record, Datagram.FLOW) && isKnown(frame)) {
            Datagram.putShort(record, Datagram.LOWER_PORT, frame.lowerPort);
            Datagram.putShort(record, Datagram.UPPER_PORT, frame.upperPort);
            Datagram.putByte(record, Datagram.PROTOCOL, frame.protocol);
            Datagram.putByte(record, Datagram.ICMP_TYPE, frame.icmpType);
            Datagram.putByte(record, Datagram.ICMP_CODE, frame.icmpCode);
            Datagram.raise(record, Datagram.FLOW | (frame.fromUpper ? Datagram.FROM_UPPER : 0));
        }
    }

    /** A fragment that completes nothing: it goes to the flow of its datagram, or waits for that to be known. */
    static void assign(final long record, final Frame frame) {
        if (!Datagram.is(record, Datagram.FLOW)) {
            Datagram.put(record, Datagram.CARRIED_FRAMES,
                Datagram.get(record, Datagram.CARRIED_FRAMES) + 1 + frame.carriedFrames);
            Datagram.putLong(record, Datagram.CARRIED_BYTES,
                Datagram.getLong(record, Datagram.CARRIED_BYTES) + frame.wireLength + frame.carriedBytes);
            withoutFlow(frame);
            return;
        }
        frame.lowerPort = Datagram.getShort(record, Datagram.LOWER_PORT);
        frame.upperPort = Datagram.getShort(record, Datagram.UPPER_PORT);
        frame.protocol = Datagram.getByte(record, Datagram.PROTOCOL);
        frame.icmpType = Datagram.getByte(record, Datagram.ICMP_TYPE);
        frame.icmpCode = Datagram.getByte(record, Datagram.ICMP_CODE);
        frame.fromUpper = Datagram.is(record, Datagram.FROM_UPPER);
        frame.tcpFlags &= ~ENDS;
        carry(record, frame);
    }

    /** Adds what came before the flow was known. */
    static void carry(final long record, final Frame frame) {
        frame.carriedFrames += Datagram.get(record, Datagram.CARRIED_FRAMES);
        frame.carriedBytes += Datagram.getLong(record, Datagram.CARRIED_BYTES);
        Datagram.put(record, Datagram.CARRIED_FRAMES, 0);
        Datagram.putLong(record, Datagram.CARRIED_BYTES, 0);
    }

    /** A fragment of no datagram: it has a flow only if it is a first one. */
    static void assignAlone(final Frame frame, final Counters counters) {
        if (frame.fragmentOffset == 0 && isKnown(frame)) {
            frame.tcpFlags &= ~ENDS;
        } else {
            counters.add(Counter.IP_FRAGMENTS_WITHOUT_FLOW, 1 + frame.carriedFrames);
            withoutFlow(frame);
        }
    }

    /** The fragments that waited for a flow to be known wait in vain. */
    static void abandon(final long record, final Counters counters) {
        counters.add(Counter.IP_FRAGMENTS_WITHOUT_FLOW, Datagram.get(record, Datagram.CARRIED_FRAMES));
    }

    private static boolean isKnown(final Frame frame) {
        return !FragmentBounds.isTiny(frame) && !Decoder.isFlowBelow(frame);
    }

    private static void withoutFlow(final Frame frame) {
        frame.flags |= Frame.FLOW_UNKNOWN;
        frame.carriedFrames = 0;
        frame.carriedBytes = 0;
    }
}
