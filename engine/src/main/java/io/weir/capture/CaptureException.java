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

    /** The message without the name of the place, for whoever names the place itself. */
    public String messageWithout(final String place) {
        final String prefix = place + ": ";
        return getMessage().startsWith(prefix) ? getMessage().substring(prefix.length()) : getMessage();
    }

    /** Says which capability is missing for {@code purpose}, and how to grant it to the Java that runs now. */
    public static CaptureException privilegeMissing(final String purpose) {
        final String java = ProcessHandle.current().info().command().orElse("$(command -v java)");
        return new CaptureException(Kind.PRIVILEGE_MISSING, purpose + " needs CAP_NET_RAW: run as root, or"
            + " sudo setcap cap_net_raw+ep \"$(readlink -f " + java + ")\"");
    }

    /** Says that an interface does not exist. */
    public static CaptureException interfaceMissing(final String name) {
        return new CaptureException(Kind.DEVICE_MISSING,
            "there is no interface " + name + ": 'weir interfaces' lists those that exist");
    }
}
