package io.weir.flow;

import io.weir.event.FlowEvent;
import io.weir.packet.Frame;

/**
 * Hears when flows start and end, on the worker's thread. A handle names the flow between the two calls and is used
 * again for other flows after that.
 */
public interface FlowObserver {
    /** Nobody listens. */
    FlowObserver NONE = new FlowObserver() {
        @Override
        public void flowStarted(final long handle, final Frame first) {
        }

        @Override
        public void flowEnding(final long handle, final EndReason reason, final long sequence) {
        }
    };

    /** A flow has started with this frame, which is not counted in it yet. */
    void flowStarted(long handle, Frame first);

    /**
     * A flow is about to end; its record is written right after this.
     *
     * @param sequence place of the frame or tick that ends it
     */
    void flowEnding(long handle, EndReason reason, long sequence);

    /**
     * The flow is one of several that end soon: reads what is needed for it then, so that their cache misses overlap.
     *
     * @return something of what was read, which keeps the compiler from leaving it out
     */
    default long fetch(final long handle) {
        return 0;
    }

    /**
     * The record of a flow that has just been told to end is being written: what is known of it may be added.
     *
     * @param event its record, with everything but labels set
     */
    default void describe(final long handle, final FlowEvent event) {
        // An observer need not know anything of flows.
    }
}
