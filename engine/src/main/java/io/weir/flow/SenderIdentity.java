package io.weir.flow;

import io.weir.event.FlowEvent;
import io.weir.packet.Frame;

/** The identity that records about frames without a flow carry: its sender, as far as that is known. */
public final class SenderIdentity {
    /** Beyond the list of any source: what has no frame may come from several. */
    private static final int NO_INTERFACE = 0xffff;

    private SenderIdentity() {
    }

    /**
     * Writes it. The identifier is 0, the IP version 0 if the frame holds no IP, and ports are not known.
     *
     * @param frame whose, or null if there is none
     */
    public static void write(final FlowEvent event, final Frame frame) {
        event.identity(0, 0, 0, 0);
        event.initiator(0, 0, 0);
        event.responder(0, 0, 0);
        event.sent(0, 0, 0);
        event.answered(0, 0, 0);
        event.protocol(0, 0);
        event.state(0, 0, 0);
        event.icmp(0, 0, 0, 0);
        event.seenOn(NO_INTERFACE, 0, 0);
        event.tunnel(0, 0, 0);
        event.unlabelled();
        if (frame != null) {
            sender(event, frame);
        }
    }

    private static void sender(final FlowEvent event, final Frame frame) {
        event.seenOn(frame.interfaceId, frame.vlanIds, frame.vlanCount);
        event.hardware(HardwareAddresses.address(frame, true), HardwareAddresses.address(frame, false));
        if (frame.ipVersion != 0) {
            final boolean swapped = frame.fromUpper;
            event.initiator(swapped ? frame.upperHi : frame.lowerHi, swapped ? frame.upperLo : frame.lowerLo, 0);
            event.responder(swapped ? frame.lowerHi : frame.upperHi, swapped ? frame.lowerLo : frame.upperLo, 0);
            event.protocol(frame.ipVersion, frame.protocol);
            event.tunnel(frame.tunnels, frame.tunnelId, 0);
        }
    }
}
