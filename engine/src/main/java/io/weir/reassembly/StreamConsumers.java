package io.weir.reassembly;

import io.weir.flow.FlowView;

/** Decides who receives a stream. */
@FunctionalInterface
public interface StreamConsumers {
    /**
     * A stream has its first byte or gap. A direction in which no byte was sent is never asked for.
     *
     * @param flow          the connection; holds for the time of this call only
     * @param fromInitiator true for what the side that opened the connection sends
     * @return who receives the stream, or null if nobody does: nothing of it is kept then
     */
    StreamConsumer open(FlowView flow, boolean fromInitiator);
}
