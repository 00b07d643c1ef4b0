package io.weir.engine;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.packet.Frame;
import io.weir.packet.TcpFlags;

/**
 * Which frames a live dispatcher drops before a worker's ring is full, so that what is lost is what is missed least:
 * from three quarters on payload of flows that nobody looks into any more, from seven eighths on flows that are new as
 * well. Beginnings and ends of known connections, and answers without payload, pass until the ring is full.
 */
final class DropPolicy {
    private static final int NONE = 0;
    private static final int SETTLED = 1;
    private static final int NEW = 2;
    private static final int CONTROL = TcpFlags.SYN | TcpFlags.FIN | TcpFlags.RST;

    private final WorkerRing[] rings;
    private final int ringSize;
    private final FlowHints hints;
    private final Counters counters;
    private final int[] pressure;

    /** Makes a policy for the rings of a dispatcher, which owns it. */
    DropPolicy(final WorkerRing[] rings, final FlowHints hints, final Counters counters) {
        this.rings = rings;
        this.hints = hints;
        this.counters = counters;
        ringSize = rings[0].size();
        pressure = new int[rings.length];
    }

    /** Looks how full the rings are; before the frames of a batch are judged. */
    void look() {
        for (int worker = 0; worker < pressure.length; worker++) {
            final int room = rings[worker].room();
            pressure[worker] = room > ringSize / 4 ? NONE : room > ringSize / 8 ? SETTLED : NEW;
        }
    }

    /** True if the frame is to be dropped rather than dealt to its worker; it is counted then. */
    boolean drops(final Frame frame, final int worker) {
        final int level = pressure[worker];
        if (level == NONE || frame.flowHash == 0) {
            return false;
        }
        if (frame.payloadLength > 0 && (frame.tcpFlags & CONTROL) == 0 && hints.isSettled(frame.flowHash)) {
            counters.increment(Counter.DROP_OVERLOAD_SETTLED);
        } else if (level == NEW && !hints.isKnown(frame.flowHash)) {
            counters.increment(Counter.DROP_OVERLOAD_NEW);
        } else {
            // Whose frames wait on the ring is no stranger, although the worker has not told of it.
            if (level == SETTLED && !hints.isKnown(frame.flowHash)) {
                hints.known(frame.flowHash);
            }
            return false;
        }
        counters.add(Counter.IP_FRAGMENTS_WITHOUT_FLOW, frame.carriedFrames);
        return true;
    }
}
