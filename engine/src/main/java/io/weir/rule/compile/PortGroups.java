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

    /** Groups by port. Of ports that no rule names a bit of their page says so, so that it need not be looked into. */
    static final class PortTable {
        private static final int PAGE = 256;
        private static final byte[] UNNAMED = new byte[PAGE];

        private final PatternGroup[] classes;
        private final byte[][] pages = new byte[PAGE][];
        /** A bit for each page with a port that rules name. */
        private final long[] named = new long[PAGE / Long.SIZE];

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
                if (!Arrays.equals(page, UNNAMED)) {
                    pages[i] = page;
                    named[i / Long.SIZE] |= 1L << i;
                }
            }
        }

        PatternGroup of(final int port) {
            return classes[classOf(port)];
        }

        int classOf(final int port) {
            final int page = port >>> 8 & 0xff;
            return (named[page / Long.SIZE] >>> page & 1) == 0 ? 0 : pages[page][port & 0xff];
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

    /** Number of the rules that name a port of the server; 0 if none does. */
    int classOfServer(final int port) {
        return ofServer == null ? 0 : ofServer.classOf(port);
    }

    /** Number of the rules that name a port of the client; 0 if none does. */
    int classOfClient(final int port) {
        return ofClient == null ? 0 : ofClient.classOf(port);
    }

    /** One more than the highest number of a server's port. */
    int serverClasses() {
        return ofServer == null ? 1 : ofServer.classes.length;
    }

    /** One more than the highest number of a client's port. */
    int clientClasses() {
        return ofClient == null ? 1 : ofClient.classes.length;
    }

    /** The groups for ports of these numbers. */
    StreamGroups.Search search(final int serverClass, final int clientClass) {
        final PatternGroup named = ofClass(ofServer, serverClass);
        return new StreamGroups.Search(anyBeside(named), named, ofClass(ofClient, clientClass));
    }

    private static PatternGroup ofClass(final PortTable table, final int number) {
        return table == null || number >= table.classes.length ? null : table.classes[number];
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
        addNamed(ports);
    }

    /** Adds the ports that rules name. */
    void addNamed(final BitSet ports) {
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
