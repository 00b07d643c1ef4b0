package io.weir.capture.tpacket;

import io.weir.capture.CaptureException;
import io.weir.capture.filter.FilterCompiler;
import io.weir.capture.inject.PacketSender;
import io.weir.packet.LinkType;

/** Run without capabilities by {@link MissingPrivilegeTest}: says how capture, filters and sending are refused. */
final class PrivilegeProbe {
    private PrivilegeProbe() {
    }

    public static void main(final String[] arguments) {
        probe(() -> new TpacketSource(new TpacketContext().interfaceName("lo")).close());
        probe(() -> new TpacketSource(new TpacketContext().interfaceName("lo").filter("udp")).close());
        probe(() -> new PacketSender("lo").close());
        probe(() -> FilterCompiler.compileForLinkType(LinkType.ETHERNET, "udp port 80"));
        probe(() -> FilterCompiler.compileForLinkType(LinkType.ETHERNET, "vlan 77 and udp port 80"));
    }

    private static void probe(final Runnable attempt) {
        try {
            attempt.run();
            System.out.println("OK");
        } catch (final CaptureException e) {
            System.out.println(e.kind() + ": " + e.getMessage());
        }
    }
}
