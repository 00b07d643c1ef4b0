package io.weir.flow;

import io.weir.packet.Frame;

/** Fills frame descriptors as decoder and dispatcher would, for tests of the table alone. */
final class Frames {
    static final long START_NS = 1_700_000_000_000_000_000L;

    private final FlowHash hash;
    private final Frame frame = new Frame();
    private long nextNumber = 1;
    private long timeNs = START_NS;

    Frames(final FlowHash hash) {
        this.hash = hash;
    }

    /** Moves the clock of the frames that follow. */
    Frames at(final double seconds) {
        timeNs = START_NS + Math.round(seconds * 1e9);
        return this;
    }

    long timeNs() {
        return timeNs;
    }

    /** The place of a tick among the frames. */
    long nextSequence() {
        return nextNumber++;
    }

    Frame udp(final int source, final int sourcePort, final int destination, final int destinationPort) {
        return ipv4(17, source, sourcePort, destination, destinationPort);
    }

    Frame ipv4(final int protocol, final int source, final int sourcePort, final int destination,
        final int destinationPort) {
        clear(4, protocol);
        final long a = source & 0xffff_ffffL;
        final long b = destination & 0xffff_ffffL;
        endpoints(0, a, sourcePort, 0, b, destinationPort);
        return seal();
    }

    Frame ipv6(final int protocol, final long sourceHi, final long sourceLo, final int sourcePort,
        final long destinationHi, final long destinationLo, final int destinationPort) {
        clear(6, protocol);
        endpoints(sourceHi, sourceLo, sourcePort, destinationHi, destinationLo, destinationPort);
        return seal();
    }

    Frame tcp(final int source, final int sourcePort, final int destination, final int destinationPort,
        final int flags, final int sequence, final int acknowledgement, final int payload) {
        clear(4, 6);
        endpoints(0, source & 0xffff_ffffL, sourcePort, 0, destination & 0xffff_ffffL, destinationPort);
        frame.tcpFlags = flags;
        frame.tcpSequence = sequence;
        frame.tcpAcknowledgement = acknowledgement;
        frame.payloadLength = payload;
        return seal();
    }

    Frame icmp(final int source, final int destination, final int identifier, final int type, final int code) {
        clear(4, 1);
        endpoints(0, source & 0xffff_ffffL, identifier, 0, destination & 0xffff_ffffL, identifier);
        frame.icmpType = type;
        frame.icmpCode = code;
        return seal();
    }

    /** A frame that carries no IP. */
    Frame arp() {
        clear(0, 0);
        return seal();
    }

    /** Hashes the frame made last again, after a test has changed its key. */
    Frame rehashed() {
        frame.flowHash = hash.hash(frame);
        return frame;
    }

    private void clear(final int ipVersion, final int protocol) {
        frame.number = nextNumber;
        frame.sequence = nextNumber++;
        frame.timeNs = timeNs;
        frame.timestampNs = timeNs;
        frame.wireLength = 100;
        frame.capturedLength = 100;
        frame.interfaceId = 0;
        frame.ipVersion = ipVersion;
        frame.protocol = protocol;
        frame.tcpFlags = 0;
        frame.tcpSequence = 0;
        frame.tcpAcknowledgement = 0;
        frame.payloadLength = 0;
        frame.payloadMissing = 0;
        frame.icmpType = 0;
        frame.icmpCode = 0;
        frame.vlanIds = 0;
        frame.vlanCount = 0;
        frame.tunnels = 0;
        frame.tunnelId = 0;
    }

    private void endpoints(final long sourceHi, final long sourceLo, final int sourcePort, final long destinationHi,
        final long destinationLo, final int destinationPort) {
        int order = Long.compareUnsigned(sourceHi, destinationHi);
        order = order != 0 ? order : Long.compareUnsigned(sourceLo, destinationLo);
        frame.fromUpper = order > 0 || order == 0 && sourcePort > destinationPort;
        frame.lowerHi = frame.fromUpper ? destinationHi : sourceHi;
        frame.lowerLo = frame.fromUpper ? destinationLo : sourceLo;
        frame.lowerPort = frame.fromUpper ? destinationPort : sourcePort;
        frame.upperHi = frame.fromUpper ? sourceHi : destinationHi;
        frame.upperLo = frame.fromUpper ? sourceLo : destinationLo;
        frame.upperPort = frame.fromUpper ? sourcePort : destinationPort;
    }

    private Frame seal() {
        return rehashed();
    }
}
