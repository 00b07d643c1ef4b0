package io.weir.rule.compile;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A set of ports. Of most ports a bit of their page says that the set has none there: these bits are in one line of the
 * cache, where those of all ports would take an eighth of it for each set. Of a set with few pages one word says it,
 * in which four pages share a bit. Immutable.
 */
final class PortBits {
    private static final int PORTS = 1 << 16;
    private static final int PAGE_SHIFT = 8;

    /** A bit for each page of 256 ports in which there is one. */
    private final long[] pages = new long[PORTS >>> PAGE_SHIFT + 6];
    private final long[] ports;
    private final long folded;

    PortBits(final BitSet set) {
        ports = Arrays.copyOf(set.toLongArray(), PORTS / Long.SIZE);
        set.stream().forEach(port -> pages[port >>> PAGE_SHIFT + 6] |= 1L << (port >>> PAGE_SHIFT));
        folded = Arrays.stream(pages).reduce(0, (one, other) -> one | other);
    }

    /** The ports of some sets, of which nulls have none. */
    static PortBits union(final PortBits... sets) {
        final BitSet all = new BitSet();
        for (final PortBits set : sets) {
            if (set != null) {
                all.or(BitSet.valueOf(set.ports));
            }
        }
        return new PortBits(all);
    }

    /** True if no port is in it. */
    boolean isEmpty() {
        return folded == 0;
    }

    /** True if one of two ports is in it. */
    boolean hasEither(final int port, final int other) {
        return ((folded >>> (port >>> PAGE_SHIFT) | folded >>> (other >>> PAGE_SHIFT)) & 1) != 0
            && ((bit(pages, port >>> PAGE_SHIFT & 0xff) | bit(pages, other >>> PAGE_SHIFT & 0xff)) & 1) != 0
            && ((bit(ports, port & PORTS - 1) | bit(ports, other & PORTS - 1)) & 1) != 0;
    }

    private static long bit(final long[] words, final int number) {
        return words[number >>> 6] >>> number;
    }
}
