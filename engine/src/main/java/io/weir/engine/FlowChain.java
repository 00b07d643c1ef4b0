package io.weir.engine;

import io.weir.event.FlowEvent;
import io.weir.flow.EndReason;
import io.weir.flow.FlowObserver;
import io.weir.packet.Frame;

/** Tells two observers of flows, in the order in which data goes: what the first gives out is taken by the second. */
final class FlowChain implements FlowObserver {
    private final FlowObserver first;
    private final FlowObserver second;

    FlowChain(final FlowObserver first, final FlowObserver second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void flowStarted(final long handle, final Frame frame) {
        first.flowStarted(handle, frame);
        second.flowStarted(handle, frame);
    }

    @Override
    public void flowEnding(final long handle, final EndReason reason, final long sequence) {
        first.flowEnding(handle, reason, sequence);
        second.flowEnding(handle, reason, sequence);
    }

    @Override
    public long fetch(final long handle) {
        return first.fetch(handle) + second.fetch(handle);
    }

    @Override
    public void describe(final long handle, final FlowEvent event) {
        first.describe(handle, event);
        second.describe(handle, event);
    }
}
