package io.weir.packet;

import java.util.Map;
import java.util.TreeSet;

/**
 * All addresses of one IP version, 128 bits in two longs, in ranges of one number each: that of the network with the
 * longest prefix. Networks lie within each other or apart, so that the first address of each, and the first address
 * after each, cut the addresses into such ranges: finding an address is one binary search. Immutable; any thread.
 */
public final class AddressRanges {
    private final long[] firstHi;
    private final long[] firstLo;
    private final int[] numbers;

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
        int range = 0;
        for (final long[] start : starts) {
            firstHi[range] = start[0];
            firstLo[range] = start[1];
            numbers[range] = longestPrefix(otherwise, networks, start[0], start[1]);
            range++;
        }
    }

    private static int longestPrefix(final int otherwise, final Map<Network, Integer> networks, final long addressHi,
        final long addressLo) {
        int longest = -1;
        int number = otherwise;
        for (final Map.Entry<Network, Integer> entry : networks.entrySet()) {
            final Network network = entry.getKey();
            if (network.prefixLength() > longest && network.contains(addressHi, addressLo)) {
                longest = network.prefixLength();
                number = entry.getValue();
            }
        }
        return number;
    }

    /** The number of an address; allocates nothing. */
    public int find(final long addressHi, final long addressLo) {
        int low = 0;
        int high = firstHi.length - 1;
        while (low < high) {
            final int middle = low + high + 1 >>> 1;
            if (compare(firstHi[middle], firstLo[middle], addressHi, addressLo) <= 0) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return numbers[low];
    }

    private static int compare(final long hi, final long lo, final long otherHi, final long otherLo) {
        return hi == otherHi ? Long.compareUnsigned(lo, otherLo) : Long.compareUnsigned(hi, otherHi);
    }
}
