package io.weir.rule.compile;

import io.weir.flow.FlowProtocol;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Header;
import io.weir.rule.model.PortSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

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
        /** At each frame with payload, of its payload; of segments only what stands near the beginning. */
        PACKET,
        /** At each TCP segment with payload that is not all of what is new of its stream, of its payload. */
        SEGMENT,
        /** With each piece of a stream. */
        STREAM
    }

    private static final int TRANSPORTS = 3;
    private static final int TCP = 0;
    private static final int UDP = 1;
    private static final int OTHER = 2;
    private static final int ALL_PORTS = 1 << 16;

    private static final PortGroups[] NO_APPLICATIONS = {};
    private static final int PAYLOAD_BITS = 1 << Occasion.PACKET.ordinal() | 1 << Occasion.SEGMENT.ordinal();
    private static final Occasion[] PAYLOADS = {Occasion.PACKET, Occasion.SEGMENT};

    private final PortGroups[] groups;
    private final PortGroups[][] ofApplications;
    private final StreamGroups ofStreams;
    /** For each transport the occasions, a bit each, at which rules are asked. */
    private final int[] occasions = new int[TRANSPORTS];
    /** For each transport the ports at which a rule is asked of frames; null if it is asked at none. */
    private final PortBits[] ofFrames = new PortBits[TRANSPORTS];

    /** The same of anything but payload, whatever is known of the flow. */
    private final PortBits[] ofHeaders = new PortBits[TRANSPORTS];

    /** For payload of frames, by occasion and transport, the ports that rules name. */
    private final PortBits[] named = new PortBits[PAYLOADS.length * TRANSPORTS];
    /** The same way the groups for ports that none names. */
    private final PatternGroup[][] unnamed = new PatternGroup[PAYLOADS.length * TRANSPORTS][];
    /** The same way, by the numbers of protocols, for which applications there are rules; null where for none. */
    private final boolean[][] applications = new boolean[PAYLOADS.length * TRANSPORTS][];
    /** For each transport what a frame with payload is asked by, whatever it brought its stream. */
    private final Glance[] glances = new Glance[TRANSPORTS];

    private TrafficIndex(final PortGroups[] groups, final PortGroups[][] ofApplications) {
        this.groups = groups;
        this.ofApplications = ofApplications;
        ofStreams = new StreamGroups(groups[index(Occasion.STREAM, TCP, true)],
            groups[index(Occasion.STREAM, TCP, false)]);
        for (int i = 0; i < groups.length; i++) {
            if (groups[i] != PortGroups.NONE || ofApplications[i].length > 0) {
                occasions[i / 2 % TRANSPORTS] |= 1 << i / (TRANSPORTS * 2);
            }
        }
        for (int i = 0; i < TRANSPORTS; i++) {
            final BitSet ports = new BitSet();
            addFramePorts(i, ports);
            ofFrames[i] = ports.isEmpty() ? null : new PortBits(ports);
            if ((occasions[i] & (1 << Occasion.FIRST_FRAME.ordinal() | 1 << Occasion.RECOGNITION.ordinal())) != 0) {
                ports.set(0, ALL_PORTS);
            }
            ofHeaders[i] = ports.isEmpty() ? null : new PortBits(ports);
        }
        for (int i = 0; i < unnamed.length; i++) {
            fillPayload(i, index(PAYLOADS[i / TRANSPORTS], i % TRANSPORTS, true),
                index(PAYLOADS[i / TRANSPORTS], i % TRANSPORTS, false));
        }
        for (int i = 0; i < TRANSPORTS; i++) {
            final int segment = TRANSPORTS + i;
            glances[i] = new Glance(PortBits.union(ofHeaders[i], named[i]), named[segment],
                Stream.of(unnamed[i], unnamed[segment]).flatMap(Arrays::stream),
                Stream.of(applications[i], applications[segment]),
                (occasions[i] >>> Occasion.PACKET.ordinal() & 1) != 0);
        }
    }

    private void addFramePorts(final int transport, final BitSet ports) {
        groups[(Occasion.FRAME.ordinal() * TRANSPORTS + transport) * 2].addPorts(ports);
        groups[(Occasion.FRAME.ordinal() * TRANSPORTS + transport) * 2 + 1].addPorts(ports);
    }

    private void fillPayload(final int place, final int toServer, final int toClient) {
        final BitSet ports = new BitSet();
        groups[toServer].addNamed(ports);
        groups[toClient].addNamed(ports);
        named[place] = new PortBits(ports);
        final PatternGroup one = groups[toServer].anyBeside(null);
        final PatternGroup other = groups[toClient].anyBeside(null);
        unnamed[place] = Stream.of(one, other == one ? null : other).filter(Objects::nonNull)
            .toArray(PatternGroup[]::new);
        final PortGroups[] ofServers = ofApplications[toServer];
        final PortGroups[] ofClients = ofApplications[toClient];
        if (ofServers.length > 0 || ofClients.length > 0) {
            applications[place] = new boolean[Math.max(ofServers.length, ofClients.length)];
            for (int i = 0; i < applications[place].length; i++) {
                applications[place][i] = i < ofServers.length && ofServers[i] != PortGroups.NONE
                    || i < ofClients.length && ofClients[i] != PortGroups.NONE;
            }
        }
    }

    /**
     * The groups for any application that ask payload of frames between two ports, whichever way it goes; null if a
     * rule names one of the ports. Not to be changed.
     *
     * @param occasion {@link Occasion#PACKET} or {@link Occasion#SEGMENT}
     */
    public PatternGroup[] unnamed(final Occasion occasion, final int ipProtocol, final int port,
        final int otherPort) {
        final int place = place(occasion, ipProtocol);
        return named[place].hasEither(port, otherPort) ? null : unnamed[place];
    }

    /**
     * For which applications rules ask payload of frames, whichever way it goes, by the numbers of their protocols;
     * null if for none. Not to be changed.
     *
     * @param occasion {@link Occasion#PACKET} or {@link Occasion#SEGMENT}
     */
    public boolean[] applications(final Occasion occasion, final int ipProtocol) {
        return applications[place(occasion, ipProtocol)];
    }

    /** What frames with payload of a transport are asked by, at a glance. */
    public Glance glance(final int ipProtocol) {
        return glances[transport(ipProtocol)];
    }

    private static int place(final Occasion occasion, final int ipProtocol) {
        return (occasion == Occasion.PACKET ? 0 : TRANSPORTS) + transport(ipProtocol);
    }

    /** True if rules may be asked of each frame between two ports. */
    public boolean asksFrames(final int ipProtocol, final int port, final int otherPort) {
        final PortBits ports = ofFrames[transport(ipProtocol)];
        return ports != null && ports.hasEither(port, otherPort);
    }

    /**
     * True if rules that look at no payload may be asked of a frame between two ports in which nothing is odd; false
     * where none is, whatever is known of its flow.
     */
    public boolean asksHeaders(final int ipProtocol, final int port, final int otherPort) {
        final PortBits ports = ofHeaders[transport(ipProtocol)];
        return ports != null && ports.hasEither(port, otherPort);
    }

    /** True if a rule is asked of any frame, payload or stream. */
    public boolean asksAnything() {
        return Arrays.stream(occasions).anyMatch(bits -> bits != 0);
    }

    /** The occasions at which rules are asked of a transport: a bit for each, by its number. */
    public int occasions(final int ipProtocol) {
        return occasions[transport(ipProtocol)];
    }

    /** The rules for an occasion; of those about payload of frames, the ones for any application. */
    public PortGroups of(final Occasion occasion, final int ipProtocol, final boolean toServer) {
        return groups[index(occasion, transport(ipProtocol), toServer)];
    }

    /** What streams are searched for. */
    public StreamGroups ofStreams() {
        return ofStreams;
    }

    /**
     * The rules about payload of frames that are for an application, by the number of its protocol; empty if there are
     * none for any. Not to be changed.
     */
    public PortGroups[] ofApplications(final Occasion occasion, final int ipProtocol, final boolean toServer) {
        return ofApplications[index(occasion, transport(ipProtocol), toServer)];
    }

    /** True if rules are asked of a transport at an occasion. */
    public boolean asks(final Occasion occasion, final int ipProtocol) {
        return (occasions[transport(ipProtocol)] >>> occasion.ordinal() & 1) != 0;
    }

    /** True if a rule asks about streams between two ports, whichever is the server's. */
    public boolean asksStreams(final int port, final int otherPort) {
        for (int i = 0; i < 2; i++) {
            final PortGroups each = groups[index(Occasion.STREAM, TCP, i == 0)];
            if (each.asksStreams(port, otherPort) || each.asksStreams(otherPort, port)) {
                return true;
            }
        }
        return false;
    }

    /** True if rules are asked of payload of frames. */
    public boolean asksPayload() {
        int all = 0;
        for (final int each : occasions) {
            all |= each;
        }
        return (all & PAYLOAD_BITS) != 0;
    }

    /** True if rules of this transport look at the payload of frames or segments. */
    public boolean asksPayload(final int ipProtocol) {
        return (occasions(ipProtocol) & PAYLOAD_BITS) != 0;
    }

    private static boolean isOfStreams(final int index) {
        return index / (TRANSPORTS * 2) == Occasion.STREAM.ordinal();
    }

    private static boolean isOfPayload(final int index) {
        return (PAYLOAD_BITS >>> index / (TRANSPORTS * 2) & 1) != 0;
    }

    private static int transport(final int ipProtocol) {
        return ipProtocol == FlowProtocol.IP_TCP ? TCP : ipProtocol == FlowProtocol.IP_UDP ? UDP : OTHER;
    }

    private static int index(final Occasion occasion, final int transport, final boolean toServer) {
        return (occasion.ordinal() * TRANSPORTS + transport) * 2 + (toServer ? 0 : 1);
    }

    /** Gathers rules; one thread. */
    static final class Builder {
        private static final int PLACES = Occasion.values().length * TRANSPORTS * 2;

        private final Place[] places = new Place[PLACES];
        private final Place[][] ofApplications = new Place[PLACES][];

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
                        add(index(occasion, transport, true), entry, header, header.destination().ports(),
                            header.source().ports());
                    }
                    if (direction != Condition.Direction.TO_SERVER) {
                        add(index(occasion, transport, false), entry, header, header.source().ports(),
                            header.destination().ports());
                    }
                }
            }
        }

        private void add(final int index, final PatternGroups.Entry entry, final Header header, final PortSet server,
            final PortSet client) {
            final List<Protocol> applications = header.traffic().applications();
            if (applications.isEmpty() || !isOfPayload(index)) {
                if (places[index] == null) {
                    places[index] = new Place();
                }
                add(places[index], entry, index, header, server, client);
                return;
            }
            if (ofApplications[index] == null) {
                ofApplications[index] = new Place[Protocols.all().size() + 1];
            }
            for (final Protocol application : applications) {
                final Place[] of = ofApplications[index];
                if (of[application.id()] == null) {
                    of[application.id()] = new Place();
                }
                add(of[application.id()], entry, index, header, server, client);
            }
        }

        private static void add(final Place place, final PatternGroups.Entry entry, final int index,
            final Header header, final PortSet server, final PortSet client) {
            final boolean hasPorts = index / 2 % TRANSPORTS != OTHER;
            place.add(entry, hasPorts ? server : PortSet.ANY, hasPorts ? client : PortSet.ANY);
            if (header.bothWays() && hasPorts && !server.equals(client)) {
                // source and destination exchanged
                place.add(entry, /* server= */ client, /* client= */ server);
            }
        }

        private static boolean mayBe(final Set<Integer> ipProtocols, final int transport) {
            return ipProtocols.isEmpty() || ipProtocols.stream().anyMatch(each -> transport(each) == transport);
        }

        TrafficIndex build(final PatternGroups groups) {
            final PortGroups[] built = new PortGroups[PLACES];
            final PortGroups[][] builtOfApplications = new PortGroups[PLACES][];
            for (int i = 0; i < PLACES; i++) {
                built[i] = build(places[i], groups, i);
                builtOfApplications[i] = NO_APPLICATIONS;
                if (ofApplications[i] != null) {
                    final int index = i;
                    builtOfApplications[i] = Arrays.stream(ofApplications[i])
                        .map(place -> build(place, groups, index)).toArray(PortGroups[]::new);
                }
            }
            return new TrafficIndex(built, builtOfApplications);
        }

        private static PortGroups build(final Place place, final PatternGroups groups, final int index) {
            return place == null ? PortGroups.NONE : place.build(groups, !isOfStreams(index));
        }
    }
}
