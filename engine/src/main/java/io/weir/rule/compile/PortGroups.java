package io.weir.rule.compile;

import java.util.Arrays;
import java.util.BitSet;

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

    /** Groups by port. Ports that no rule names share their pages, so that a look-up mostly stays in the cache. */
    static final class PortTable {
        private static final int PAGE = 256;
        private static final byte[] UNNAMED = new byte[PAGE];

        private final PatternGroup[] classes;
        private final byte[][] pages = new byte[PAGE][];

        /**
         * Makes a table.
         *
         * @param classes     the first is null, for ports that no rule names
         * @param classOfPort for each port the number of its class
         */
        PortTable(final PatternGroup[] classes, final byte[] classOfPort) {
            this.classes = classes;
            for (int i = 0; i < PAGE; i++) {
                final byte[] page = Arrays.copyOfRange(classOfPort, i * PAGE, (i + 1) * PAGE);
                pages[i] = Arrays.equals(page, UNNAMED) ? UNNAMED : page;
            }
        }

        PatternGroup of(final int port) {
            return classes[pages[port >>> 8 & 0xff][port & 0xff]];
        }
    }

    /**
     * Rules for any port, or null; null as well where those of the server's port have them too.
     *
     * @param named what {@link #ofServer} answers
     */
    public PatternGroup anyBeside(final PatternGroup named) {
        return together && named != null ? null : any;
    }

    /** Rules that name this port of the server, perhaps with those for any, or null. */
    public PatternGroup ofServer(final int port) {
        return ofServer == null ? null : ofServer.of(port);
    }

    /** Rules that name this port of the client, and no port or nearly any of the server, or null. */
    public PatternGroup ofClient(final int port) {
        return ofClient == null ? null : ofClient.of(port);
    }

    /** True if a rule asks about streams between these ports. */
    public boolean asksStreams(final int server, final int client) {
        return asksStreams(any) || asksStreams(ofServer(server)) || asksStreams(ofClient(client));
    }

    /** Adds the ports of which a rule is asked where either side has one. */
    void addPorts(final BitSet ports) {
        if (any != null) {
            ports.set(0, PortTable.PAGE * PortTable.PAGE);
        }
        for (int port = 0; port < PortTable.PAGE * PortTable.PAGE; port++) {
            if (ofServer(port) != null || ofClient(port) != null) {
                ports.set(port);
            }
        }
    }

    private static boolean asksStreams(final PatternGroup group) {
        return group != null && group.asksStreams();
    }
}
