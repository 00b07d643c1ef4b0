package io.weir.packet;

/** Protocol layers the decoder tells apart. The ordinal is the code in {@link Frame#layers}. */
public enum LayerType {
    /** Nothing. */
    NONE,
    /** Bytes behind the last header that was decoded. */
    PAYLOAD
}
