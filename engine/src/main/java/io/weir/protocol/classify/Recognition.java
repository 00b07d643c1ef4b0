package io.weir.protocol.classify;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Detector;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Asks detectors. Owned by one worker; one question at a time, whose answer is read right after it. */
final class Recognition {
    private final Candidates candidates;
    private final Probe probe = new Probe();
    private Protocol found;
    private boolean turned;
    private boolean more;

    Recognition(final Candidates candidates) {
        this.candidates = candidates;
    }

    /**
     * Asks about the beginning of a TCP direction.
     *
     * @param now what the side that has just sent has sent so far
     */
    void ask(final Inspection flow, final boolean fromClient, final Bytes now, final int from, final int length) {
        final int side = fromClient ? 0 : 1;
        probe.of(false, fromClient, flow.clientPort(), flow.serverPort()).midStream(flow.isMidStream())
            .counts(flow.beginnings().pieces(side), 0);
        probe.now().wrap(now, from, length);
        flow.beginnings().head(side ^ 1, probe.other());
        ask(flow);
    }

    /**
     * Another protocol than that of the flow, whose beginning these first bytes of a side are, or null. Nobody else is
     * asked if they may be of the flow's own protocol.
     */
    Protocol another(final Inspection flow, final boolean fromClient, final Bytes bytes) {
        probe.of(false, fromClient, flow.clientPort(), flow.serverPort());
        probe.now().wrap(bytes, 0, Probe.MAX_STREAM);
        if (isBeginningOf(flow.protocol(), Answer.NO)) {
            for (final Protocol protocol : candidates.byFirstByte(false, probe.now().u8(0))) {
                if (protocol != flow.protocol() && isBeginningOf(protocol, Answer.YES)) {
                    return protocol;
                }
            }
        }
        return null;
    }

    private boolean isBeginningOf(final Protocol protocol, final Answer answer) {
        return protocol.detector(false).detect(probe) == answer;
    }

    /** Asks about a datagram. */
    void askDatagram(final Inspection flow, final boolean fromClient, final Bytes datagram, final int announced) {
        final int side = fromClient ? 0 : 1;
        probe.of(true, fromClient, flow.clientPort(), flow.serverPort())
            .counts(flow.beginnings().pieces(side), announced);
        probe.now().wrap(datagram, 0, datagram.length());
        flow.beginnings().head(side, probe.before());
        flow.beginnings().head(side ^ 1, probe.other());
        ask(flow);
    }

    private void ask(final Inspection flow) {
        found = null;
        turned = false;
        more = false;
        final boolean udp = flow.isUdp();
        final int first = probe.now().u8(0);
        final Protocol likely = flow.likely();
        if (likely != null && likely.detector(udp) != null && ask(flow, likely, first)) {
            return;
        }
        final Protocol[] ofServer = candidates.byPort(udp, flow.serverPort());
        if (askAll(flow, ofServer, first)) {
            return;
        }
        final Protocol[] ofClient = candidates.byPort(udp, flow.clientPort());
        if (askAll(flow, ofClient, first)) {
            return;
        }
        // Datagrams that follow what may have been one of a protocol are its own before they are another's.
        final Protocol hopeful = flow.beginnings().hopeful();
        if (hopeful != null && hopeful != likely && ask(flow, hopeful, first)) {
            return;
        }
        final Protocol[] possible = candidates.byFirstByte(udp, first);
        final Detector[] detectors = candidates.detectors(udp, first);
        for (int i = 0; i < possible.length; i++) {
            final Protocol protocol = possible[i];
            if (protocol != likely && protocol != hopeful && !isIn(protocol, ofServer) && !isIn(protocol, ofClient)
                && ask(flow, protocol, detectors[i])) {
                return;
            }
        }
    }

    private boolean askAll(final Inspection flow, final Protocol[] some, final int first) {
        for (final Protocol protocol : some) {
            if (ask(flow, protocol, first)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isIn(final Protocol protocol, final Protocol[] some) {
        for (final Protocol one : some) {
            if (one == protocol) {
                return true;
            }
        }
        return false;
    }

    private boolean ask(final Inspection flow, final Protocol protocol, final int first) {
        final Detector detector = protocol.detector(flow.isUdp());
        return detector != null && protocol.mayBeginWith(first) && ask(flow, protocol, detector);
    }

    private boolean ask(final Inspection flow, final Protocol protocol, final Detector detector) {
        final boolean udp = probe.isUdp();
        final int side = probe.fromClient() ? 0 : 1;
        if (!udp && flow.beginnings().hasRefused(protocol, side)) {
            return false;
        }
        switch (detector.detect(probe)) {
            case YES -> found = protocol;
            case YES_TURNED -> {
                found = protocol;
                // Who sends a SYN opens the connection, whatever it says then.
                turned = udp || flow.isMidStream();
            }
            case MORE -> {
                more = true;
                if (udp) {
                    flow.beginnings().hopes(protocol);
                }
            }
            case NO -> {
                if (!udp) {
                    flow.beginnings().refuse(protocol, side);
                }
            }
        }
        return found != null;
    }

    /** What the last question found, or null. */
    Protocol found() {
        return found;
    }

    /** True if client and server are to be turned. */
    boolean isTurned() {
        return turned;
    }

    /** True if nobody was found and somebody wants to see more. */
    boolean wantsMore() {
        return more;
    }
}
