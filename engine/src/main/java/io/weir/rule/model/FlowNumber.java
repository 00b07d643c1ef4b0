package io.weir.rule.model;

/** Numbers of a flow that conditions compare; of both directions where none is named. */
public enum FlowNumber {
    /** Seconds since its first frame: of the clock, as records have it, without fractions on either end. */
    AGE,
    /** Frames. */
    FRAMES, FRAMES_TO_SERVER, FRAMES_TO_CLIENT,
    /** Bytes on the wire. */
    BYTES, BYTES_TO_SERVER, BYTES_TO_CLIENT,
    /** Bytes of the stream. */
    STREAM, STREAM_TO_SERVER, STREAM_TO_CLIENT
}
