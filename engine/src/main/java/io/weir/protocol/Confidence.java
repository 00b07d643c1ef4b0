package io.weir.protocol;

/** How sure the protocol of a flow is, weakest first. */
public enum Confidence {
    /** Not known. */
    NONE("none"),
    /** Nothing but the port speaks for it: nobody sent content. */
    PORT("port"),
    /** Another flow has announced this one. */
    EXPECTED("expected"),
    /** The content of one side says so. */
    CONTENT("content"),
    /** Both sides spoke it. */
    HANDSHAKE("handshake");

    private static final Confidence[] VALUES = values();

    private final String label;

    Confidence(final String label) {
        this.label = label;
    }

    /** The one with this ordinal. */
    public static Confidence of(final int ordinal) {
        return VALUES[ordinal];
    }

    /** Name in records. */
    public String label() {
        return label;
    }
}
