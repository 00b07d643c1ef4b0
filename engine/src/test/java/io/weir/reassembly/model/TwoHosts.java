package io.weir.reassembly.model;

import io.weir.capture.VethPair;
import java.util.List;

/**
 * Two hosts with Linux's own TCP, each in a network namespace of its own, and a faulty {@link Wire} between them.
 *
 * <p>Each host is the outer end of a veth pair and has the addresses 192.0.2.N and 2001:db8::N; the inner ends have
 * none, and the wire runs between them.
 */
final class TwoHosts implements AutoCloseable {
    private static final int SUPER_FRAME_MTU = 65_535;

    private final List<VethPair> hosts;
    private Wire wire;

    private TwoHosts(final List<VethPair> hosts) {
        this.hosts = hosts;
    }

    /**
     * Makes both.
     *
     * @param offloads whether hosts leave segmentation and checksums to hardware that is not there, so that the wire
     *                 sees super-frames of up to 64 KiB
     * @param settings of the namespace, as in {@code net.ipv4.NAME=VALUE}
     */
    static TwoHosts create(final boolean offloads, final List<String> settings, final Faults faults,
        final long seed) {
        final VethPair left = VethPair.create();
        final VethPair right;
        try {
            right = VethPair.create();
        } catch (final Throwable e) {
            left.close();
            throw e;
        }
        final TwoHosts both = new TwoHosts(List.of(left, right));
        try {
            for (int host = 0; host < 2; host++) {
                both.configure(host, offloads, settings);
            }
            both.wire = new Wire(left, right, faults, seed);
            return both;
        } catch (final Throwable e) {
            both.close();
            throw e;
        }
    }

    private void configure(final int host, final boolean offloads, final List<String> settings) {
        final int number = host + 1;
        final int other = 2 - host;
        final StringBuilder script = new StringBuilder("set -e; sysctl -qw net.ipv4.tcp_congestion_control=reno");
        for (final String setting : settings) {
            script.append(" net.ipv4.").append(setting);
        }
        script.append("; echo 0 > /proc/sys/net/ipv6/conf/weir0/disable_ipv6; ip link set weir0 down; "
            + "ip link set weir0 addrgenmode none address 02:00:00:00:00:0").append(number).append("; ");
        if (offloads) {
            script.append("ip link set weir0 mtu ").append(SUPER_FRAME_MTU)
                .append("; ip link set weir1 mtu ").append(SUPER_FRAME_MTU).append("; ");
        } else {
            // TCP leaves segmentation to the layers below even so, and those copy urgent pointers as they are.
            script.append("ethtool -K weir0 tso off gso off gro off tx off; ip link set weir0 gso_max_segs 1; ");
        }
        script.append("ip link set weir0 up; ");
        for (final String net : new String[] {"192.0.2.", "2001:db8::"}) {
            final int prefix = net.startsWith("2001") ? 64 : 24;
            script.append("ip addr add ").append(net).append(number).append('/').append(prefix)
                .append(" dev weir0 noprefixroute").append(prefix == 64 ? " nodad" : "")
                .append("; ip route add ").append(net).append(prefix == 64 ? "" : "0").append('/').append(prefix)
                .append(" dev weir0 mtu lock 1500 rto_min 10ms; ip neigh add ").append(net).append(other)
                .append(" lladdr 02:00:00:00:00:0").append(other).append(" dev weir0 nud permanent; ");
        }
        hosts.get(host).shell(script.toString());
    }

    /** A host's namespace: 0 for the left one, 1 for the right one. */
    VethPair host(final int number) {
        return hosts.get(number);
    }

    /** A host's address. */
    static byte[] address(final int host, final boolean ipv6) {
        final byte last = (byte) (host + 1);
        return ipv6 ? new byte[] {0x20, 0x01, 0x0d, (byte) 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, last}
            : new byte[] {(byte) 192, 0, 2, last};
    }

    Wire wire() {
        return wire;
    }

    @Override
    public void close() {
        if (wire != null) {
            wire.close();
        }
        for (final VethPair host : hosts) {
            host.close();
        }
    }
}
