package io.weir.packet;

/** What is known about a checksum. */
public enum ChecksumVerdict {
    /** There is none, or none was sent. */
    NONE,
    /** It is right. */
    OK,
    /** It is wrong. */
    WRONG,
    /** It cannot be told: bytes are missing, or offload hardware would have filled it in later. */
    UNKNOWN
}
