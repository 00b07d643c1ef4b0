package io.weir.reassembly.model;

/**
 * A frame at one of the places where it can be seen.
 *
 * @param flags of {@link io.weir.packet.Frame}
 */
@SuppressWarnings("ArrayRecordComponent")
record Passage(long timestampNs, Place place, int flags, byte[] bytes) {
    /** Where frames are seen on their way. */
    enum Place {
        /** Sent by the left host, before anything happens to it. */
        FROM_LEFT,
        /** About to arrive at the right host. */
        TO_RIGHT,
        /** Sent by the right host, before anything happens to it. */
        FROM_RIGHT,
        /** About to arrive at the left host. */
        TO_LEFT
    }
}
