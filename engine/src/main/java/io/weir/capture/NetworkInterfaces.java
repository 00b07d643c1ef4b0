package io.weir.capture;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import io.weir.capture.tpacket.HardwareType;
import io.weir.packet.AddressText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.agrona.UnsafeApi;

/**
 * The interfaces of this thread's network namespace, with or without addresses: the JDK shows only those that have one,
 * and the interface behind a span port has none.
 */
public final class NetworkInterfaces {
    private static final int IFF_UP = 0x1;
    private static final int IFF_LOOPBACK = 0x8;
    private static final int IFF_RUNNING = 0x40;
    private static final int AF_INET = 2;
    private static final int DRIVER_BYTES = 32;
    private static final int NAME_BYTES = 16;
    private static final int MAC_BYTES = 6;
    /** Interfaces that appear between counting and listing. */
    private static final int SPARE = 16;

    private NetworkInterfaces() {
    }

    /** Work a NIC or the kernel does on frames before they are captured. */
    public enum Offload {
        /** Checksums of received frames. */
        RX_CHECKSUM("rx-checksum", false),
        /** Checksums of sent frames: their captured copies have unfinished ones. */
        TX_CHECKSUM("tx-checksum", false),
        /** Sending from several pieces. */
        SCATTER_GATHER("scatter-gather", false),
        /** Segmentation by the NIC. */
        TSO("tso", false),
        /** Segmentation by the kernel. */
        GSO("gso", false),
        /** The kernel merges received frames of a flow. */
        GRO("gro", true),
        /** The NIC merges received frames of a flow. */
        LRO("lro", true),
        /** The NIC takes out VLAN tags. */
        RX_VLAN("rx-vlan", false),
        /** The NIC puts in VLAN tags. */
        TX_VLAN("tx-vlan", false),
        /** The NIC computes a hash. */
        RX_HASH("rx-hash", false);

        private final String label;
        private final boolean hurtful;

        Offload(final String label, final boolean hurtful) {
            this.label = label;
            this.hurtful = hurtful;
        }

        /** Name as ethtool(8) or its users write it. */
        public String label() {
            return label;
        }

        /** True if it changes what was on the wire, so that sizes, counts and times of frames are wrong. */
        public boolean isHurtful() {
            return hurtful;
        }
    }

    /**
     * One interface.
     *
     * @param addresses with the bits of their network, as {@code 192.0.2.1/24}
     * @param linkType  LINKTYPE_ of its frames, -1 if they cannot be decoded
     * @param capture   why it cannot be captured from now, {@code ""} if it can
     */
    public record Entry(String name, int index, boolean up, boolean running, boolean loopback, int mtu, String mac,
        String driver, int linkType, List<String> addresses, Set<Offload> offloads, String capture) {
    }

    /**
     * Lists all, by index.
     *
     * @throws CaptureException if the kernel or libweir refuses
     */
    public static List<Entry> list() {
        final LibWeir library = CaptureLibrary.neededFor("the list of interfaces");
        final int capacity = checked(library.interfaces(0, 0)) + SPARE;
        try (NativeMemory.Region table = NativeMemory.allocate(NativeMemory.Tag.OTHER,
            (long) capacity * NativeLayout.INTERFACE_BYTES, Long.BYTES)) {
            final int count = Math.min(capacity, checked(library.interfaces(table.address(), capacity)));
            final List<Entry> entries = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                entries.add(entry(library, table.address() + (long) i * NativeLayout.INTERFACE_BYTES));
            }
            entries.sort((a, b) -> Integer.compare(a.index(), b.index()));
            return entries;
        }
    }

    /**
     * Refuses what cannot be the name of an interface.
     *
     * @throws CaptureException with what to do
     */
    public static void checkName(final String name) {
        if (name.isBlank()) {
            throw new CaptureException(CaptureException.Kind.USAGE,
                "no interface named: give one with -i; 'weir interfaces' lists them");
        }
        if (name.length() >= NAME_BYTES || !isPlain(name)) {
            throw new CaptureException(CaptureException.Kind.USAGE,
                "'" + name + "' cannot be the name of an interface: 'weir interfaces' lists them");
        }
    }

    private static boolean isPlain(final String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) <= ' ' || name.charAt(i) > '~' || name.charAt(i) == '/') {
                return false;
            }
        }
        return true;
    }

    /**
     * The one with a name, or null.
     *
     * @throws CaptureException as {@link #list} does
     */
    public static Entry named(final String name) {
        for (final Entry entry : list()) {
            if (entry.name().equals(name)) {
                return entry;
            }
        }
        return null;
    }

    private static Entry entry(final LibWeir library, final long at) {
        final String name = Native.text(at + NativeLayout.INTERFACE_NAME, NAME_BYTES);
        final int index = UnsafeApi.getInt(at + NativeLayout.INTERFACE_INDEX);
        final int flags = UnsafeApi.getInt(at + NativeLayout.INTERFACE_FLAGS);
        final int linkType = HardwareType.linkType(UnsafeApi.getInt(at + NativeLayout.INTERFACE_HARDWARE));
        return new Entry(name, index, (flags & IFF_UP) != 0, (flags & IFF_RUNNING) != 0, (flags & IFF_LOOPBACK) != 0,
            UnsafeApi.getInt(at + NativeLayout.INTERFACE_MTU), mac(at + NativeLayout.INTERFACE_MAC),
            Native.text(at + NativeLayout.INTERFACE_DRIVER, DRIVER_BYTES), linkType, addresses(library, index),
            offloads(UnsafeApi.getInt(at + NativeLayout.INTERFACE_OFFLOADS)), capture(library, name, linkType));
    }

    private static String mac(final long at) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < MAC_BYTES; i++) {
            final int value = UnsafeApi.getByte(at + i) & 0xff;
            text.append(i == 0 ? "" : ":").append(Character.forDigit(value >> 4, 16))
                .append(Character.forDigit(value & 15, 16));
        }
        return text.toString();
    }

    private static Set<Offload> offloads(final int bits) {
        final Set<Offload> on = EnumSet.noneOf(Offload.class);
        for (final Offload offload : Offload.values()) {
            if ((bits >> offload.ordinal() & 1) != 0) {
                on.add(offload);
            }
        }
        return on;
    }

    private static List<String> addresses(final LibWeir library, final int index) {
        final int capacity = checked(library.addresses(0, 0)) + SPARE;
        final List<String> addresses = new ArrayList<>();
        try (NativeMemory.Region table = NativeMemory.allocate(NativeMemory.Tag.OTHER,
            (long) capacity * NativeLayout.ADDRESS_BYTES, Long.BYTES)) {
            final int count = Math.min(capacity, checked(library.addresses(table.address(), capacity)));
            for (int i = 0; i < count; i++) {
                final long at = table.address() + (long) i * NativeLayout.ADDRESS_BYTES;
                if (UnsafeApi.getInt(at + NativeLayout.ADDRESS_INDEX) == index) {
                    addresses.add(address(at) + "/" + UnsafeApi.getInt(at + NativeLayout.ADDRESS_PREFIX));
                }
            }
        }
        return addresses;
    }

    private static String address(final long at) {
        final long bytes = at + NativeLayout.ADDRESS_ADDRESS;
        final long high = Long.reverseBytes(UnsafeApi.getLongUnaligned(null, bytes));
        final long low = Long.reverseBytes(UnsafeApi.getLongUnaligned(null, bytes + Long.BYTES));
        return UnsafeApi.getInt(at + NativeLayout.ADDRESS_FAMILY) == AF_INET
            ? AddressText.v4((int) (high >>> Integer.SIZE)) : AddressText.v6(high, low);
    }

    /** A packet socket on it is the test: it needs the same privilege. */
    private static String capture(final LibWeir library, final String name, final int linkType) {
        if (linkType < 0) {
            return "its link type is not decoded";
        }
        try (NativeMemory.Region text = Native.text(name)) {
            final int socket = library.senderOpen(text.address(), 0);
            if (socket >= 0) {
                library.senderClose(socket);
                return "";
            }
            return socket == -Errno.EPERM || socket == -Errno.EACCES ? "needs CAP_NET_RAW" : Errno.text(socket);
        }
    }

    private static int checked(final int result) {
        if (result < 0) {
            throw new CaptureException(CaptureException.Kind.RESOURCE,
                "the interfaces cannot be listed: " + Errno.text(result));
        }
        return result;
    }
}
