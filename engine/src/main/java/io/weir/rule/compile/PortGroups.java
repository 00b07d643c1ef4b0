package io.weir.rule.compile;

/** Rules by the server's port: those for any port, and for each port those that name it. Immutable. */
public final class PortGroups {
    /** No rules. */
    public static final PortGroups NONE = new PortGroups(null, null, null);

    private final PatternGroup any;
    private final PatternGroup[] classes;
    private final byte[] classOfPort;

    /**
     * Makes them.
     *
     * @param any         rules for any port, or null
     * @param classes     groups of rules that name ports; the first is null, for ports that none names
     * @param classOfPort for each port the number of its class
     */
    PortGroups(final PatternGroup any, final PatternGroup[] classes, final byte[] classOfPort) {
        this.any = any;
        this.classes = classes;
        this.classOfPort = classOfPort;
    }

    /** Rules for any port, or null. */
    public PatternGroup any() {
        return any;
    }

    /** Rules that name this port, or null. */
    public PatternGroup naming(final int port) {
        return classes == null ? null : classes[classOfPort[port & 0xffff]];
    }

    /** True if no rule is asked at this port. */
    public boolean isEmpty(final int port) {
        return any == null && naming(port) == null;
    }
}
