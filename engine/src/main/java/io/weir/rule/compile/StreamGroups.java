package io.weir.rule.compile;

import java.util.Objects;
import java.util.stream.Stream;

/**
 * What streams are searched for, by number: one for each direction and for ports that different rules name, so that it
 * is chosen once for each stream. Immutable.
 */
public final class StreamGroups {
    /** No stream has this number. */
    public static final int NONE = 0;

    private static final int CLASS_BITS = 6;
    private static final int DIRECTION = 1 << 2 * CLASS_BITS;
    private static final int CHOSEN = DIRECTION << 1;

    private final PortGroups toServer;
    private final PortGroups toClient;
    private final Search[] searches = new Search[2 * DIRECTION];

    /** Makes them of the rules about streams to servers and to clients. */
    StreamGroups(final PortGroups toServer, final PortGroups toClient) {
        this.toServer = toServer;
        this.toClient = toClient;
        for (int server = 0; server < toServer.serverClasses() || server < toClient.serverClasses(); server++) {
            for (int client = 0; client < toServer.clientClasses() || client < toClient.clientClasses(); client++) {
                searches[server << CLASS_BITS | client] = toClient.search(server, client);
                searches[DIRECTION | server << CLASS_BITS | client] = toServer.search(server, client);
            }
        }
    }

    /** The groups that a stream is searched for. */
    public static final class Search {
        private final PatternGroup[] groups;

        Search(final PatternGroup... groups) {
            this.groups = Stream.of(groups).filter(Objects::nonNull).toArray(PatternGroup[]::new);
        }

        /** The groups; not to be changed. */
        public PatternGroup[] groups() {
            return groups;
        }

        /** False if a block of native memory holds no pattern; true if it may, or nobody can tell without a scan. */
        public boolean mayHold(final long address, final int length) {
            for (final PatternGroup group : groups) {
                if (!group.hasSieve() || group.database().mayHold(address, length)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** The number of what a stream is searched for; never {@link #NONE}. */
    public int choose(final boolean isToServer, final int serverPort, final int clientPort) {
        final PortGroups groups = isToServer ? toServer : toClient;
        return CHOSEN | (isToServer ? DIRECTION : 0) | groups.classOfServer(serverPort) << CLASS_BITS
            | groups.classOfClient(clientPort);
    }

    /** True if a number is one of streams in this direction. */
    public static boolean isOf(final int number, final boolean isToServer) {
        return (number & (CHOSEN | DIRECTION)) == (isToServer ? CHOSEN | DIRECTION : CHOSEN);
    }

    /** What was {@link #choose chosen}. */
    public Search of(final int number) {
        return searches[number & ~CHOSEN];
    }
}
