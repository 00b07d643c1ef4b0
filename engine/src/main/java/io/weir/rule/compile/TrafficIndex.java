package io.weir.rule.compile;

import io.weir.flow.FlowProtocol;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Header;
import io.weir.rule.model.PortSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Rules that are asked of frames and payload: by occasion, transport, direction and the server's port. Immutable. */
public final class TrafficIndex {
    /** When a rule is asked. */
    public enum Occasion {
        /** At the first frame of each direction of a flow. */
        FIRST_FRAME,
        /** When more is known of what the flow is. */
        RECOGNITION,
        /** At each frame. */
        FRAME,
        /** At each frame with payload, of its payload. */
        PACKET,
        /** With each piece of a stream. */
        STREAM
    }

    private static final int TRANSPORTS = 3;
    private static final int TCP = 0;
    private static final int UDP = 1;
    private static final int OTHER = 2;

    private final PortGroups[] groups;
    private final boolean[] asksFrames = new boolean[TRANSPORTS];

    private TrafficIndex(final PortGroups[] groups) {
        this.groups = groups;
        for (int i = 0; i < groups.length; i++) {
            asksFrames[i / 2 % TRANSPORTS] |= groups[i] != PortGroups.NONE && !isOfStreams(i);
        }
    }

    /** The rules for an occasion. */
    public PortGroups of(final Occasion occasion, final int ipProtocol, final boolean toServer) {
        return groups[index(occasion, transport(ipProtocol), toServer)];
    }

    /** True if rules are asked of single frames of a transport. */
    public boolean asksFrames(final int ipProtocol) {
        return asksFrames[transport(ipProtocol)];
    }

    private static boolean isOfStreams(final int index) {
        return index / (TRANSPORTS * 2) == Occasion.STREAM.ordinal();
    }

    private static int transport(final int ipProtocol) {
        return ipProtocol == FlowProtocol.IP_TCP ? TCP : ipProtocol == FlowProtocol.IP_UDP ? UDP : OTHER;
    }

    private static int index(final Occasion occasion, final int transport, final boolean toServer) {
        return (occasion.ordinal() * TRANSPORTS + transport) * 2 + (toServer ? 0 : 1);
    }

    /** Gathers rules; one thread. */
    static final class Builder {
        private final Place[] places = new Place[Occasion.values().length * TRANSPORTS * 2];

        /** Rules of one occasion, transport and direction. */
        private static final class Place {
            private final List<PatternGroups.Entry> any = new ArrayList<>();
            private final PortClasses ofServer = new PortClasses();
            private final PortClasses ofClient = new PortClasses();

            void add(final PatternGroups.Entry entry, final PortSet server, final PortSet client) {
                if (!PortClasses.isAny(server)) {
                    ofServer.add(entry, server);
                } else if (!PortClasses.isAny(client)) {
                    ofClient.add(entry, client);
                } else {
                    any.add(entry);
                }
            }

            PortGroups build(final PatternGroups groups, final boolean bounded) {
                final boolean together = any.size() <= PortClasses.MOST_REPEATED;
                return new PortGroups(groups.of(any, bounded),
                    ofServer.build(groups, bounded, together ? any : List.of()),
                    ofClient.build(groups, bounded, List.of()), together);
            }
        }

        /**
         * Adds a rule, in ascending order.
         *
         * @param tcp    whether over TCP, if its header allows that
         * @param others whether over others
         */
        void add(final Occasion occasion, final PatternGroups.Entry entry, final Header header,
            final Condition.Direction direction, final boolean tcp, final boolean others) {
            for (int transport = 0; transport < TRANSPORTS; transport++) {
                if ((transport == TCP ? tcp : others) && mayBe(header.traffic().ipProtocols(), transport)) {
                    if (direction != Condition.Direction.TO_CLIENT) {
                        add(index(occasion, transport, true), entry, transport, header.destination().ports(),
                            header.source().ports(), header.bothWays());
                    }
                    if (direction != Condition.Direction.TO_SERVER) {
                        add(index(occasion, transport, false), entry, transport, header.source().ports(),
                            header.destination().ports(), header.bothWays());
                    }
                }
            }
        }

        private void add(final int index, final PatternGroups.Entry entry, final int transport, final PortSet server,
            final PortSet client, final boolean bothWays) {
            if (places[index] == null) {
                places[index] = new Place();
            }
            final boolean hasPorts = transport != OTHER;
            places[index].add(entry, hasPorts ? server : PortSet.ANY, hasPorts ? client : PortSet.ANY);
            if (bothWays && hasPorts && !server.equals(client)) {
                // source and destination exchanged
                places[index].add(entry, /* server= */ client, /* client= */ server);
            }
        }

        private static boolean mayBe(final Set<Integer> ipProtocols, final int transport) {
            return ipProtocols.isEmpty() || ipProtocols.stream().anyMatch(each -> transport(each) == transport);
        }

        TrafficIndex build(final PatternGroups groups) {
            final PortGroups[] built = new PortGroups[places.length];
            for (int i = 0; i < built.length; i++) {
                built[i] = places[i] == null ? PortGroups.NONE : places[i].build(groups, !isOfStreams(i));
            }
            return new TrafficIndex(built);
        }
    }
}
