package io.weir.protocol;

/** What a {@link Detector} says of the bytes so far. */
public enum Answer {
    /**
     * It is something else, whatever this side sends. The detector is asked again only when the other side sends: a
     * client may be garbled where the server is not.
     */
    NO,
    /** It may be: what is there agrees, and does not suffice. */
    MORE,
    /** It is. */
    YES,
    /** It is, and the side that counts as the client is really the server: the flow is turned. */
    YES_TURNED;

    /** Yes, or no. */
    public static Answer yesIf(final boolean is) {
        return is ? YES : NO;
    }
}
