package io.weir.protocol;

/** What a {@link Detector} says of the bytes so far. */
public enum Answer {
    /** It is something else, whatever follows. The detector is not asked again for this flow. */
    NO,
    /** It may be: what is there agrees, and does not suffice. */
    MORE,
    /** It is. */
    YES,
    /** It is, and the side that counts as the client is really the server: the flow is turned. */
    YES_TURNED
}
