package io.weir.reassembly;

import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/** Hands each stream to the consumer that was chosen for it. */
final class ConsumerSink implements StreamSink {
    private static final int FIRST_CAPACITY = 64;

    private final FlowTable flows;
    private final StreamConsumers consumers;
    private final FlowView view = new FlowView();
    private TcpReassembler reassembler;
    /** By number of the stream, which is small as the table hands out handles from the low end; null if not open. */
    private StreamConsumer[] open = new StreamConsumer[FIRST_CAPACITY];

    ConsumerSink(final FlowTable flows, final StreamConsumers consumers) {
        this.flows = flows;
        this.consumers = consumers;
    }

    /** Sets who is told of streams that nobody wants; before the first frame. */
    void reassembler(final TcpReassembler value) {
        reassembler = value;
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        final StreamConsumer consumer = consumer(stream);
        consumer.data(buffer, offset, length, streamOffset, timestampNs);
        askFurther(stream, consumer);
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        final StreamConsumer consumer = consumer(stream);
        consumer.gap(length);
        askFurther(stream, consumer);
    }

    private void askFurther(final long stream, final StreamConsumer consumer) {
        if (!consumer.wantsMore()) {
            reassembler.unwanted(stream);
        }
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        final int index = (int) stream;
        if (index < open.length && open[index] != null) {
            final StreamConsumer consumer = open[index];
            open[index] = null;
            consumer.end(reason);
        }
    }

    private StreamConsumer consumer(final long stream) {
        final int index = Math.toIntExact(stream);
        if (index >= open.length) {
            open = Arrays.copyOf(open, Math.max(index + 1, 2 * open.length));
        }
        if (open[index] == null) {
            view.wrap(flows, stream >>> 1);
            final boolean fromUpper = (stream & 1) != 0;
            final StreamConsumer chosen = consumers.open(view, fromUpper == view.initiatorIsUpper());
            open[index] = chosen == null ? Nobody.INSTANCE : chosen;
        }
        return open[index];
    }

    /** Receives what nobody else does until the reassembler knows. */
    private enum Nobody implements StreamConsumer {
        INSTANCE;

        @Override
        public void data(final DirectBuffer buffer, final int offset, final int length, final long streamOffset,
            final long timestampNs) {
            // Nobody wants it.
        }

        @Override
        public void gap(final long length) {
            // Nobody misses it.
        }

        @Override
        public void end(final StreamEnd reason) {
            // Nobody waits for it.
        }

        @Override
        public boolean wantsMore() {
            return false;
        }
    }
}
