package io.weir.engine;

import io.weir.event.FlowEvent;
import io.weir.output.RecordOutput;
import io.weir.output.StatisticsReport;
import java.util.ArrayList;
import java.util.List;

/** Keeps what matters of every flow record as a line of text, in the order of arrival. */
class RecordList implements RecordOutput {
    final List<String> lines = new ArrayList<>();
    StatisticsReport last;

    @Override
    public void flow(final FlowEvent event) {
        lines.add(event.flowId() + " " + Long.toHexString(event.initiatorLo()) + ":" + event.initiatorPort() + " "
            + Long.toHexString(event.responderLo()) + ":" + event.responderPort() + " " + event.protocol() + " "
            + event.initiatorFrames() + "/" + event.responderFrames() + " "
            + event.initiatorBytes() + "/" + event.responderBytes() + " "
            + event.startNs() + "-" + event.endNs() + " " + event.state() + " " + event.endReason());
    }

    @Override
    public void statistics(final StatisticsReport report) {
        last = report;
    }

    @Override
    public void advance(final long nowNs) {
        // Nothing is kept back.
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }
}
