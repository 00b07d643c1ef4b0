package io.weir.flow;

import org.agrona.MutableDirectBuffer;

/** Tells the names of bits that rules have set in a flow. Asked on the worker's thread. */
@FunctionalInterface
public interface FlowBitNames {
    /** Nobody sets any. */
    FlowBitNames NONE = (flow, target, room) -> 0;

    /**
     * Writes them, each with a line feed behind it, from offset 0 on, as many as find room.
     *
     * @param flow handle
     * @return bytes written
     */
    int write(long flow, MutableDirectBuffer target, int room);
}
