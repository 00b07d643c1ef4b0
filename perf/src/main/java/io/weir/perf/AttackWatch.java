package io.weir.perf;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.perf.trace.StreamPattern;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import org.agrona.DirectBuffer;

/** Checks every byte of the well-behaved streams of an attack, and looks at the memory meanwhile. One thread. */
final class AttackWatch implements StreamSink {
    private final StreamPattern pattern = new StreamPattern();
    private final FlowView view = new FlowView();
    private final FlowTable flows;
    private final Counters counters;

    private long bytes;
    private long wrongBytes;
    private long gaps;
    private long closed;
    private long attackBytes;
    private long attackGaps;
    private long mostBuffered;
    private long mostReserved;

    AttackWatch(final FlowTable flows, final Counters counters) {
        this.flows = flows;
        this.counters = counters;
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        mostBuffered = Math.max(mostBuffered, counters.get(Counter.TCP_BYTES_BUFFERED));
        mostReserved = Math.max(mostReserved, NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY));
        if (!isWellBehaved(stream)) {
            attackBytes += length;
            return;
        }
        final boolean upperServes = view.upperPort() == StreamPattern.PORT;
        final int client = (int) (upperServes ? view.lowerLo() : view.upperLo()) & 0xffffff;
        final boolean fromServer = upperServes == ((stream & 1) != 0);
        for (int i = 0; i < length; i++) {
            if (buffer.getByte(offset + i) != pattern.byteAt(client, fromServer, streamOffset + i)) {
                wrongBytes++;
            }
        }
        bytes += length;
    }

    private boolean isWellBehaved(final long stream) {
        view.wrap(flows, stream >>> 1);
        return view.lowerPort() == StreamPattern.PORT || view.upperPort() == StreamPattern.PORT;
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        if (isWellBehaved(stream)) {
            gaps++;
        } else {
            attackGaps++;
        }
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        if (reason == StreamEnd.FIN && isWellBehaved(stream)) {
            closed++;
        }
    }

    /** Bytes of the well-behaved streams. */
    long bytes() {
        return bytes;
    }

    /** Those among them that are not the ones sent. */
    long wrongBytes() {
        return wrongBytes;
    }

    /** Gaps in the well-behaved streams. */
    long gaps() {
        return gaps;
    }

    /** Well-behaved streams that came to their FIN. */
    long closed() {
        return closed;
    }

    /** Bytes of the attacker's streams that were handed on behind their gaps. */
    long attackBytes() {
        return attackBytes;
    }

    /** Gaps in the attacker's streams that were declared. */
    long attackGaps() {
        return attackGaps;
    }

    /** The most memory that waiting segments took. */
    long mostBuffered() {
        return mostBuffered;
    }

    /** The most native memory that reassembly had reserved. */
    long mostReserved() {
        return mostReserved;
    }
}
