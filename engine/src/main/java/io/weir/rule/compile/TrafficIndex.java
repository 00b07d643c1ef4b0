package io.weir.rule.compile;

import io.weir.flow.FlowProtocol;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Header;
import io.weir.rule.model.PortSet;
import java.util.BitSet;
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

    private TrafficIndex(final PortGroups[] groups) {
        this.groups = groups;
    }

    /** The rules for an occasion. */
    public PortGroups of(final Occasion occasion, final int ipProtocol, final boolean toServer) {
        return groups[index(occasion, transport(ipProtocol), toServer)];
    }

    private static int transport(final int ipProtocol) {
        return ipProtocol == FlowProtocol.IP_TCP ? TCP : ipProtocol == FlowProtocol.IP_UDP ? UDP : OTHER;
    }

    private static int index(final Occasion occasion, final int transport, final boolean toServer) {
        return (occasion.ordinal() * TRANSPORTS + transport) * 2 + (toServer ? 0 : 1);
    }

    /** Gathers rules; one thread. */
    static final class Builder {
        private final PortClasses[] classes = new PortClasses[Occasion.values().length * TRANSPORTS * 2];

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
                        add(index(occasion, transport, true), entry,
                            ports(header, header.destination().ports(), header.source().ports(), transport));
                    }
                    if (direction != Condition.Direction.TO_SERVER) {
                        add(index(occasion, transport, false), entry,
                            ports(header, header.source().ports(), header.destination().ports(), transport));
                    }
                }
            }
        }

        private void add(final int index, final PatternGroups.Entry entry, final PortSet ports) {
            if (classes[index] == null) {
                classes[index] = new PortClasses();
            }
            classes[index].add(entry, ports);
        }

        private static boolean mayBe(final Set<Integer> ipProtocols, final int transport) {
            return ipProtocols.isEmpty() || ipProtocols.stream().anyMatch(each -> transport(each) == transport);
        }

        private static PortSet ports(final Header header, final PortSet ofServer, final PortSet ofClient,
            final int transport) {
            if (transport == OTHER || header.bothWays() && (ofServer.isAny() || ofClient.isAny())) {
                return PortSet.ANY;
            }
            if (!header.bothWays()) {
                return ofServer;
            }
            final BitSet union = ofServer.ports();
            union.or(ofClient.ports());
            return PortSet.of(union);
        }

        TrafficIndex build(final PatternGroups groups) {
            final PortGroups[] built = new PortGroups[classes.length];
            for (int i = 0; i < built.length; i++) {
                final boolean bounded = i / (TRANSPORTS * 2) != Occasion.STREAM.ordinal();
                built[i] = classes[i] == null ? PortGroups.NONE : classes[i].build(groups, bounded);
            }
            return new TrafficIndex(built);
        }
    }
}
