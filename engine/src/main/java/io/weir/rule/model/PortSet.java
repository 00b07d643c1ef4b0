package io.weir.rule.model;

import java.util.BitSet;

/** Ports of a rule's header. Immutable; any thread; asking allocates nothing. */
public final class PortSet {
    /** All ports, and traffic without ports. */
    public static final PortSet ANY = new PortSet(null);

    private static final int PORTS = 1 << 16;

    private final BitSet ports;

    private PortSet(final BitSet ports) {
        this.ports = ports;
    }

    /** Exactly these ports; {@link #ANY} if these are all. */
    public static PortSet of(final BitSet ports) {
        return ports.cardinality() == PORTS ? ANY : new PortSet((BitSet) ports.clone());
    }

    /** True if every port is in it. */
    public boolean isAny() {
        return ports == null;
    }

    /** True if the port is in it. */
    public boolean contains(final int port) {
        return ports == null || ports.get(port);
    }

    /** How many ports are in it. */
    public int size() {
        return ports == null ? PORTS : ports.cardinality();
    }

    /** The ports, for grouping rules; never call it for {@link #ANY}. */
    public BitSet ports() {
        return (BitSet) ports.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof PortSet set && (ports == null ? set.ports == null : ports.equals(set.ports));
    }

    @Override
    public int hashCode() {
        return ports == null ? 0 : ports.hashCode();
    }

    @Override
    public String toString() {
        return ports == null ? "any" : ports.toString();
    }
}
