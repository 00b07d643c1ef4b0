package io.weir.engine;

import io.weir.packet.Frame;

/** Is shown every dispatched frame, in order, on the dispatching thread; must not wait. */
@FunctionalInterface
public interface FrameTee {
    /** Copies what it wants of the frame. */
    void append(Frame frame);
}
