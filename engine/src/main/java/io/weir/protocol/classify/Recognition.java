package io.weir.protocol.classify;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Detector;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.classify.Candidates.Some;

/** Asks detectors. Owned by one worker; one question at a time, whose answer is read right after it. */
final class Recognition {
    private final Candidates candidates;
    private final Probe probe = new Probe();
    private final Bytes kept = new Bytes();
    private Protocol found;
    private boolean turned;
    private boolean more;
    private boolean again;

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
     * Asks about all that is kept of a TCP direction that has sent more, unless that is little more than at the last
     * question and many were asked: then nobody is found, and more is wanted if it was.
     */
    void askGrown(final Inspection flow, final boolean fromClient) {
        final Beginnings beginnings = flow.beginnings();
        final int side = fromClient ? 0 : 1;
        if (beginnings.mayAsk(side)) {
            ask(flow, fromClient, beginnings.head(side, kept), 0, Probe.MAX_STREAM);
        } else {
            found = null;
            more = beginnings.isOpen(side);
        }
    }

    /** Asks about what a direction has sent since the last question, if anything; true if somebody was found. */
    boolean isFoundInLeft(final Inspection flow, final boolean fromClient) {
        final Beginnings beginnings = flow.beginnings();
        final int side = fromClient ? 0 : 1;
        if (!beginnings.mayAskLeft(side)) {
            return false;
        }
        ask(flow, fromClient, beginnings.head(side, kept), 0, Probe.MAX_STREAM);
        return found != null;
    }

    /**
     * Asks whether a message begins with what a side of a stream picked up in the middle has sent last: what it sent
     * before may be the end of one. Answers about its beginning as a whole stay. Nobody is asked where many small
     * pieces came.
     */
    void askAgain(final Inspection flow, final boolean fromClient, final Bytes last) {
        if (!flow.beginnings().mayAskAgain(fromClient ? 0 : 1)) {
            return;
        }
        final boolean wantsMore = more;
        again = true;
        ask(flow, fromClient, last, 0, Probe.MAX_STREAM);
        again = false;
        more = wantsMore;
    }

    /**
     * Another protocol than that of the flow, whose beginning these first bytes of a side are, or null. Nobody else is
     * asked if they may be of the flow's own protocol.
     */
    Protocol another(final Inspection flow, final boolean fromClient, final Bytes bytes) {
        probe.of(false, fromClient, flow.clientPort(), flow.serverPort());
        probe.now().wrap(bytes, 0, Probe.MAX_STREAM);
        if (isBeginningOf(flow.protocol(), Answer.NO)) {
            for (final Protocol protocol : candidates.byFirstByte(false, probe.now().u8(0)).protocols) {
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

    /**
     * Those whom a hand-over names first, then those of the ports. Datagrams that follow what may have been one of a
     * protocol are its own before they are another's.
     */
    private void ask(final Inspection flow) {
        found = null;
        turned = false;
        more = false;
        final boolean udp = probe.isUdp();
        final int first = probe.now().u8(0);
        final Beginnings beginnings = flow.beginnings();
        final Protocol likely = flow.likely();
        if (likely != null && askOne(beginnings, likely, first)) {
            return;
        }
        final Some ofServer = candidates.byPort(udp, probe.serverPort());
        if (askAll(beginnings, ofServer, first, likely, Some.NONE)) {
            return;
        }
        final Some ofClient = candidates.byPort(udp, probe.clientPort());
        if (!askAll(beginnings, ofClient, first, likely, ofServer)) {
            askOthers(beginnings, first, likely, ofServer, ofClient);
        }
    }

    private void askOthers(final Beginnings beginnings, final int first, final Protocol likely, final Some ofServer,
        final Some ofClient) {
        final Protocol hopeful = beginnings.hopeful();
        if (hopeful != null && hopeful != likely && !ofServer.has(hopeful) && !ofClient.has(hopeful)
            && askOne(beginnings, hopeful, first)) {
            return;
        }
        final Some possible = candidates.byFirstByte(probe.isUdp(), first);
        final Bytes now = probe.now();
        for (int i = 0; i < possible.protocols.length; i++) {
            final Protocol protocol = possible.protocols[i];
            if (possible.isWorthAsking(i, now) && protocol != likely && protocol != hopeful
                && !ofServer.has(protocol) && !ofClient.has(protocol)
                && ask(beginnings, protocol, possible.detectors[i])) {
                return;
            }
        }
    }

    private boolean askOne(final Beginnings beginnings, final Protocol protocol, final int first) {
        final Detector detector = protocol.detector(probe.isUdp());
        return detector != null && protocol.mayBeginWith(first) && ask(beginnings, protocol, detector);
    }

    /** Asks those of a port who were not asked before. */
    private boolean askAll(final Beginnings beginnings, final Some some, final int first, final Protocol likely,
        final Some before) {
        for (int i = 0; i < some.protocols.length; i++) {
            final Protocol protocol = some.protocols[i];
            final Detector detector = some.detectors[i];
            if (detector != null && protocol != likely && !before.has(protocol) && protocol.mayBeginWith(first)
                && some.isWorthAsking(i, probe.now()) && ask(beginnings, protocol, detector)) {
                return true;
            }
        }
        return false;
    }

    private boolean ask(final Beginnings beginnings, final Protocol protocol, final Detector detector) {
        final boolean udp = probe.isUdp();
        final int side = probe.fromClient() ? 0 : 1;
        if (!udp && !again && beginnings.hasRefused(protocol, side)) {
            return false;
        }
        switch (detector.detect(probe)) {
            case YES -> found = protocol;
            case YES_TURNED -> {
                found = protocol;
                // Who sends a SYN opens the connection, whatever it says then.
                turned = udp || probe.isMidStream();
            }
            case MORE -> {
                more = true;
                if (udp) {
                    beginnings.hopes(protocol);
                }
            }
            case NO -> {
                if (!udp && !again) {
                    beginnings.refuse(protocol, side);
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
