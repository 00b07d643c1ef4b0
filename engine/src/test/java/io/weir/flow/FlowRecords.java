package io.weir.flow;

import io.weir.event.EventRing;
import io.weir.event.FlowEvent;
import java.util.ArrayList;
import java.util.List;

/** Reads flow records off an event ring into objects that tests compare. */
final class FlowRecords {
    private FlowRecords() {
    }

    /** What a test looks at in a record. */
    record FlowRow(long sequence, long minor, long flowId, long initiator, int initiatorPort, long responder,
        int responderPort, int protocol, long firstFrame, long startNs, long endNs, long framesOut, long framesBack,
        long bytesOut, long bytesBack, FlowState state, EndReason reason, TcpState tcpState, int flagsOut,
        int flagsBack) {
    }

    static List<FlowRow> drain(final EventRing ring) {
        final List<FlowRow> rows = new ArrayList<>();
        final FlowEvent event = new FlowEvent();
        for (int body = ring.peek(); body >= 0; body = ring.peek()) {
            event.wrap(ring.buffer(), body);
            rows.add(new FlowRow(ring.sequence(body), ring.minor(body), event.flowId(), event.initiatorLo(),
                event.initiatorPort(), event.responderLo(), event.responderPort(), event.protocol(),
                event.firstFrame(), event.startNs(), event.endNs(), event.initiatorFrames(), event.responderFrames(),
                event.initiatorBytes(), event.responderBytes(), FlowState.of(event.state()),
                EndReason.of(event.endReason()), TcpState.of(event.tcpState()), event.initiatorTcpFlags(),
                event.responderTcpFlags()));
            ring.advance();
        }
        return rows;
    }
}
