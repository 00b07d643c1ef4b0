package io.weir.packet;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All addresses of one IP version, 128 bits in two longs, in ranges of one number each: that of the network with the
 * longest prefix. Networks lie within each other or apart, so that the first address of each, and the first address
 * after each, cut the addresses into such ranges: finding an address is one binary search, among those of the addresses
 * that begin with the same bits. Immutable; any thread.
 */
public final class AddressRanges {
    /** For so many ranges there are that many times as many blocks, as far as there are bits. */
    private static final int BLOCK_BITS = 3;
    private static final int MOST_BITS = 16;

    private final long[] firstHi;
    private final long[] firstLo;
    private final int[] numbers;
    /** True if all addresses are of 32 bits. */
    private final boolean isShort;
    private final int shift;
    /** Of each block of addresses that begin with the same bits, the range of its first; and the last range of all. */
    private final int[] blocks;

    /**
     * Cuts the addresses into ranges.
     *
     * @param otherwise number of addresses in no network
     * @param networks  any number of one IP version, each with its number
     */
    public AddressRanges(final int otherwise, final Map<Network, Integer> networks) {
        final TreeSet<long[]> starts = new TreeSet<>((a, b) -> compare(a[0], a[1], b[0], b[1]));
        starts.add(new long[2]);
        for (final Network network : networks.keySet()) {
            final long afterLo = network.lastLo() + 1;
            starts.add(new long[] {network.firstHi(), network.firstLo()});
            // after the last address of all comes 0, where a range starts anyway
            starts.add(new long[] {afterLo == 0 ? network.lastHi() + 1 : network.lastHi(), afterLo});
        }
        firstHi = new long[starts.size()];
        firstLo = new long[starts.size()];
        numbers = new int[starts.size()];
        final List<Network> ordered = new ArrayList<>(networks.keySet());
        ordered.sort((a, b) -> {
            final int order = compare(a.firstHi(), a.firstLo(), b.firstHi(), b.firstLo());
            return order != 0 ? order : Integer.compare(a.prefixLength(), b.prefixLength());
        });
        final ArrayDeque<Network> within = new ArrayDeque<>();
        int next = 0;
        int range = 0;
        for (final long[] start : starts) {
            while (!within.isEmpty() && !within.peekLast().contains(start[0], start[1])) {
                within.removeLast();
            }
            while (next < ordered.size() && ordered.get(next).contains(start[0], start[1])) {
                within.addLast(ordered.get(next++));
            }
            firstHi[range] = start[0];
            firstLo[range] = start[1];
            numbers[range] = within.isEmpty() ? otherwise : networks.get(within.peekLast());
            range++;
        }
        isShort = areShort(starts);
        final int bits = Math.min(MOST_BITS, Integer.SIZE - Integer.numberOfLeadingZeros(range) + BLOCK_BITS);
        shift = (isShort ? Integer.SIZE : Long.SIZE) - bits;
        blocks = new int[(1 << bits) + 1];
        for (int block = 0; block < blocks.length - 1; block++) {
            final long first = (long) block << shift;
            blocks[block] = isShort ? find(0, first, 0, range - 1) : find(first, 0, 0, range - 1);
        }
        blocks[blocks.length - 1] = range - 1;
    }

    /** True if no range begins behind the addresses of IPv4. */
    private static boolean areShort(final Iterable<long[]> starts) {
        for (final long[] start : starts) {
            if (start[0] != 0 || start[1] >>> Integer.SIZE > 1) {
                return false;
            }
        }
        return true;
    }

    /** The number of an address; allocates nothing. */
    public int find(final long addressHi, final long addressLo) {
        final long leading = isShort ? addressLo >>> shift : addressHi >>> shift;
        final int block = isShort && addressHi != 0 ? blocks.length - 2 : (int) Math.min(leading, blocks.length - 2);
        return numbers[find(addressHi, addressLo, blocks[block], blocks[block + 1])];
    }

    /** The range of an address, which is not outside of these. */
    private int find(final long addressHi, final long addressLo, final int lowest, final int highest) {
        int low = lowest;
        int high = highest;
        while (low < high) {
            final int middle = low + high + 1 >>> 1;
            if (compare(firstHi[middle], firstLo[middle], addressHi, addressLo) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    private static int compare(final long hi, final long lo, final long otherHi, final long otherLo) {
        return hi == otherHi ? Long.compareUnsigned(lo, otherLo) : Long.compareUnsigned(hi, otherHi);
    }
}
