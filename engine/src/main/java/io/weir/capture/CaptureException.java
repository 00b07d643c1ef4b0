package io.weir.capture;

/** A capture that cannot be opened or used. The message is one line for people: what, where, what to do. */
public final class CaptureException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /**
     * A failure with its class and its line.
     *
     * @param kind    decides the exit status
     * @param message one line: what was wrong, where, what to do
     */
    public CaptureException(final Kind kind, final String message) {
        super(message);
        this.kind = kind;
    }

    /** What kind of failure. */
    public enum Kind {
        /** A wrong setting or argument. */
        USAGE,
        /** A device that does not exist. */
        DEVICE_MISSING,
        /** A capability the process lacks. */
        PRIVILEGE_MISSING,
        /** A filter expression that does not compile. */
        BAD_FILTER,
        /** A file that is missing, unreadable or no capture. */
        BAD_FILE,
        /** Memory, descriptors or another resource that the system refused. */
        RESOURCE
    }

    /** What kind of failure. */
    public Kind kind() {
        return kind;
    }
}
