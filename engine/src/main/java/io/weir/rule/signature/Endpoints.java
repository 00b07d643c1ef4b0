package io.weir.rule.signature;

import io.weir.packet.Network;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.PortSet;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** Addresses and ports of a header. */
final class Endpoints {
    private static final int PORTS = 1 << 16;
    private static final int MOST_NETWORKS = 1 << 16;

    private Endpoints() {
    }

    static AddressSet addresses(final String text, final Map<String, String> variables) throws RejectedException {
        final Group group = Group.of(text, variables);
        return AddressSet.of(networks(group.in()), networks(group.out()));
    }

    private static List<Network> networks(final List<String> texts) throws RejectedException {
        final List<Network> networks = new ArrayList<>();
        for (final String text : texts) {
            final int dash = text.indexOf('-');
            final int slash = text.indexOf('/');
            if (dash > 0) {
                addRange(text.substring(0, dash).strip(), text.substring(dash + 1).strip(), networks);
            } else if (slash > 0) {
                final byte[] address = address(text.substring(0, slash).strip());
                networks.add(network(address, prefix(text.substring(slash + 1).strip(), address.length)));
            } else {
                final byte[] address = address(text);
                networks.add(network(address, address.length * Byte.SIZE));
            }
            if (networks.size() > MOST_NETWORKS) {
                throw RejectedException.error("there are more than " + MOST_NETWORKS + " networks in one group");
            }
        }
        return networks;
    }

    private static byte[] address(final String text) throws RejectedException {
        if (!text.matches("[0-9a-fA-F:.]{2,45}") || !text.matches(".*[.:].*")) {
            throw RejectedException.error('"' + Option.shown(text) + "\" is no address");
        }
        final Network host;
        try {
            host = Network.parse(text);
        } catch (final IllegalArgumentException e) {
            throw RejectedException.error('"' + Option.shown(text) + "\" is no address");
        }
        final byte[] bytes = new byte[host.ipVersion() == 4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            final int fromEnd = bytes.length - 1 - i;
            final long half = fromEnd >= 8 ? host.firstHi() : host.firstLo();
            bytes[i] = (byte) (half >>> 8 * (fromEnd % 8));
        }
        return bytes;
    }

    /** A prefix length, or that of a mask such as 255.255.0.0. */
    private static int prefix(final String text, final int bytes) throws RejectedException {
        if (text.indexOf('.') < 0) {
            return (int) Numbers.number(text, 0, (long) bytes * Byte.SIZE);
        }
        final BigInteger mask = new BigInteger(1, address(text));
        final int ones = mask.bitCount();
        if (bytes != 4 || !mask.equals(BigInteger.ONE.shiftLeft(ones).subtract(BigInteger.ONE).shiftLeft(32 - ones))) {
            throw RejectedException.error(text + " is no mask of a network");
        }
        return ones;
    }

    /** The network of an address; bits behind the prefix do not count. */
    private static Network network(final byte[] address, final int prefix) {
        final byte[] first = address.clone();
        for (int bit = prefix; bit < first.length * Byte.SIZE; bit++) {
            first[bit / Byte.SIZE] &= (byte) ~(0x80 >>> bit % Byte.SIZE);
        }
        long hi = 0;
        long lo = 0;
        for (int i = 0; i < first.length; i++) {
            hi = hi << Byte.SIZE | lo >>> Long.SIZE - Byte.SIZE;
            lo = lo << Byte.SIZE | first[i] & 0xff;
        }
        return new Network(first.length == 4 ? 4 : 6, hi, lo, Long.SIZE * 2 - first.length * Byte.SIZE + prefix);
    }

    /** Networks that make up a range, both ends included. */
    private static void addRange(final String from, final String to, final List<Network> networks)
        throws RejectedException {
        final byte[] first = address(from);
        final byte[] last = address(to);
        final int bits = first.length * Byte.SIZE;
        BigInteger at = new BigInteger(1, first);
        final BigInteger end = new BigInteger(1, last);
        if (first.length != last.length || at.compareTo(end) > 0) {
            throw RejectedException.error("the range " + from + "-" + to + " has no addresses");
        }
        while (at.compareTo(end) <= 0) {
            final int aligned = at.signum() == 0 ? bits : Math.min(bits, at.getLowestSetBit());
            final int room = end.subtract(at).add(BigInteger.ONE).bitLength() - 1;
            final int size = Math.min(aligned, room);
            networks.add(network(bytes(at, first.length), bits - size));
            at = at.add(BigInteger.ONE.shiftLeft(size));
        }
    }

    private static byte[] bytes(final BigInteger value, final int length) {
        final byte[] all = value.toByteArray();
        final byte[] bytes = new byte[length];
        for (int i = 0; i < Math.min(all.length, length); i++) {
            bytes[length - 1 - i] = all[all.length - 1 - i];
        }
        return bytes;
    }

    static PortSet ports(final String text, final Map<String, String> variables) throws RejectedException {
        final Group group = Group.of(text, variables);
        final BitSet ports = new BitSet(PORTS);
        if (group.in().isEmpty()) {
            ports.set(0, PORTS);
        }
        for (final String range : group.in()) {
            mark(range, ports, true);
        }
        for (final String range : group.out()) {
            mark(range, ports, false);
        }
        if (ports.isEmpty()) {
            throw RejectedException.error("no port is left of " + Option.shown(text));
        }
        return PortSet.of(ports);
    }

    private static void mark(final String range, final BitSet ports, final boolean in) throws RejectedException {
        final int colon = range.indexOf(':');
        final String from = colon < 0 ? range : range.substring(0, colon).strip();
        final String to = colon < 0 ? range : range.substring(colon + 1).strip();
        final int first = from.isEmpty() ? 0 : (int) Numbers.number(from, 0, PORTS - 1);
        final int last = to.isEmpty() ? PORTS - 1 : (int) Numbers.number(to, 0, PORTS - 1);
        if (first > last) {
            throw RejectedException.error("the range of ports " + range + " begins behind its end");
        }
        ports.set(first, last + 1, in);
    }
}
