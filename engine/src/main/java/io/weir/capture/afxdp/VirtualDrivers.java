package io.weir.capture.afxdp;

import io.weir.capture.NetworkInterfaces;
import java.util.Set;

/** Devices without a wire, over which the kernel hands frames whose checksums nobody has finished. */
final class VirtualDrivers {
    private static final Set<String> NAMES = Set.of("veth", "tun", "bridge", "dummy", "bonding", "");

    private VirtualDrivers() {
    }

    /** True if checksums of the interface's frames may be partial sums: AF_XDP has no word for that. */
    static boolean leaveChecksums(final String interfaceName) {
        final NetworkInterfaces.Entry entry = NetworkInterfaces.named(interfaceName);
        return entry != null && NAMES.contains(entry.driver());
    }
}
