package io.weir.stats;

import io.weir.event.FlowEvent;
import io.weir.protocol.application.ApplicationNames;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.catalogue.Protocols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Flows, frames and bytes by protocol and by application, added up from flow records. A flow counts for the protocol
 * that its record names as {@code app_proto}, or without one for its IP protocol. One thread; allocates nothing per
 * record.
 */
public final class FlowTotals {
    private static final int IP_PROTOCOLS = 256;
    /** More when there are more. */
    private static final int APPLICATIONS = 1_024;

    private final Sums transports = new Sums(IP_PROTOCOLS);
    private final Sums unnamed = new Sums(IP_PROTOCOLS);
    private final Sums protocols = new Sums(Protocols.all().size() + 1);
    private final Sums applications;
    /** By protocol, 0 for flows whose content nobody recognised, twice each: over TCP or another, and over UDP. */
    private final long[] carried = new long[2 * (Protocols.all().size() + 1)];
    private final long[] transactions = new long[carried.length];
    private final ApplicationNames table;

    /**
     * One line of a table.
     *
     * @param name   lower case
     * @param flows  flows that ended
     * @param frames frames of both directions
     * @param bytes  wire bytes of both directions
     */
    public record Row(String name, long flows, long frames, long bytes) {
    }

    /** Makes empty totals of flows without applications. */
    public FlowTotals() {
        this(ApplicationTable.NONE);
    }

    /** Makes empty totals of flows with applications of this table. */
    public FlowTotals(final ApplicationNames table) {
        this.table = table;
        applications = new Sums(APPLICATIONS);
    }

    /** Adds one flow that ended. */
    public void add(final FlowEvent event) {
        final int transport = event.protocol() & 0xff;
        final int protocol = event.protocolNumber(event.lead());
        transports.add(transport, event);
        if (protocol == 0) {
            unnamed.add(transport, event);
        } else {
            protocols.add(protocol, event);
        }
        if (protocol != 0 || (event.labelFlags() & FlowEvent.UNRECOGNISED) != 0) {
            final int index = index(protocol, transport == IpProtocol.UDP);
            carried[index]++;
            transactions[index] += event.transactions();
        }
        if (event.applicationNumber() != 0) {
            applications.fit(event.applicationNumber());
            applications.add(event.applicationNumber(), event);
        }
    }

    private static int index(final int protocol, final boolean overUdp) {
        return 2 * protocol + (overUdp ? 1 : 0);
    }

    /**
     * Flows of a protocol over one transport.
     *
     * @param protocol its number; 0 for what was not recognised
     */
    public long flows(final int protocol, final boolean overUdp) {
        return carried[index(protocol, overUdp)];
    }

    /** Transactions that were told of these flows. */
    public long transactions(final int protocol, final boolean overUdp) {
        return transactions[index(protocol, overUdp)];
    }

    /** Flows of all protocols. */
    public long flows() {
        return Sums.sum(transports.flows);
    }

    /** Flows of one IP protocol. */
    public long flows(final int protocol) {
        return transports.flows[protocol & 0xff];
    }

    /** Frames that belonged to a flow. */
    public long frames() {
        return Sums.sum(transports.frames);
    }

    /** Wire bytes of frames that belonged to a flow. */
    public long bytes() {
        return Sums.sum(transports.bytes);
    }

    /** The protocols that occurred, most bytes first. */
    public List<Row> rows() {
        final List<Row> rows = new ArrayList<>();
        for (int protocol = 0; protocol < IP_PROTOCOLS; protocol++) {
            unnamed.row(protocol, IpProtocol.label(protocol), rows);
        }
        for (int protocol = 1; protocol <= Protocols.all().size(); protocol++) {
            protocols.row(protocol, Protocols.name(protocol), rows);
        }
        return sorted(rows);
    }

    /** The applications that occurred, most bytes first. */
    public List<Row> applications() {
        final List<Row> rows = new ArrayList<>();
        for (int application = 1; application < applications.flows.length; application++) {
            if (table.of(application) != null) {
                applications.row(application, table.of(application).name(), rows);
            }
        }
        return sorted(rows);
    }

    private static List<Row> sorted(final List<Row> rows) {
        rows.sort(Comparator.comparingLong(Row::bytes).reversed().thenComparing(Row::name));
        return rows;
    }

    /** Sums by number. */
    private static final class Sums {
        private long[] flows;
        private long[] frames;
        private long[] bytes;

        Sums(final int numbers) {
            flows = new long[numbers];
            frames = new long[numbers];
            bytes = new long[numbers];
        }

        /** Makes room for a number: applications may come while the engine runs. */
        void fit(final int number) {
            if (number >= flows.length) {
                final int length = Math.max(number + 1, 2 * flows.length);
                flows = Arrays.copyOf(flows, length);
                frames = Arrays.copyOf(frames, length);
                bytes = Arrays.copyOf(bytes, length);
            }
        }

        void add(final int number, final FlowEvent event) {
            flows[number]++;
            frames[number] += event.initiatorFrames() + event.responderFrames();
            bytes[number] += event.initiatorBytes() + event.responderBytes();
        }

        void row(final int number, final String name, final List<Row> rows) {
            if (flows[number] > 0) {
                rows.add(new Row(name, flows[number], frames[number], bytes[number]));
            }
        }

        static long sum(final long[] values) {
            long sum = 0;
            for (final long value : values) {
                sum += value;
            }
            return sum;
        }
    }
}
