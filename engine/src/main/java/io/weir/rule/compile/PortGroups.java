package io.weir.rule.compile;

/** Rules by ports: those for any, and for each port of server and client those that name it. Immutable. */
public final class PortGroups {
    /** No rules. */
    public static final PortGroups NONE = new PortGroups(null, null, null, false);

    private final PatternGroup any;
    private final PortTable ofServer;
    private final PortTable ofClient;
    private final boolean together;

    /** Makes them; {@code together} if those for any port are in each group of a server's port besides. */
    PortGroups(final PatternGroup any, final PortTable ofServer, final PortTable ofClient, final boolean together) {
        this.any = any;
        this.ofServer = ofServer;
        this.ofClient = ofClient;
        this.together = together;
    }

    /**
     * Groups by port.
     *
     * @param classes     the first is null, for ports that no rule names
     * @param classOfPort for each port the number of its class
     */
    @SuppressWarnings("ArrayRecordComponent")
    record PortTable(PatternGroup[] classes, byte[] classOfPort) {
        PatternGroup of(final int port) {
            return classes[classOfPort[port & 0xffff]];
        }
    }

    /** Rules for any port, or null; null as well where {@link #ofServer} has them too. */
    public PatternGroup any(final int server) {
        return together && ofServer(server) != null ? null : any;
    }

    /** Rules that name this port of the server, perhaps with those for any, or null. */
    public PatternGroup ofServer(final int port) {
        return ofServer == null ? null : ofServer.of(port);
    }

    /** Rules that name this port of the client, and no port or nearly any of the server, or null. */
    public PatternGroup ofClient(final int port) {
        return ofClient == null ? null : ofClient.of(port);
    }

    /** True if no rule is asked between these ports. */
    public boolean isEmpty(final int server, final int client) {
        return any == null && ofServer(server) == null && ofClient(client) == null;
    }
}
