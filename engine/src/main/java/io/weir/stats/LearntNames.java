package io.weir.stats;

import io.weir.event.FlowEvent;
import io.weir.event.NameEvent;

/**
 * Which application a client's name server has named an address for: tells the application of flows that carry no name
 * themselves. A fixed number of places, eight for each hash; the one told longest ago gives way. Owned by the
 * aggregator, which tells and asks in the order of the trace, so that answers are the same in every run.
 */
public final class LearntNames {
    /** A name counts this long, in ns, after it was told last. */
    public static final long LIFETIME_NS = 3_600_000_000_000L;

    private static final int WAYS = 8;
    private static final int LENGTH = 8;
    private static final int CLIENT_HI = 0;
    private static final int CLIENT_LO = 1;
    private static final int ADDRESS_HI = 2;
    private static final int ADDRESS_LO = 3;
    private static final int FRAME = 4;
    private static final int STAMP = 5;
    private static final int WHAT = 6;
    private static final int EARLIER = 7;
    private static final int APPLICATION_BITS = 16;
    private static final long APPLICATION_MASK = 0xffff;
    private static final int VERSION_SHIFT = 32;

    /** In each byte of a word of tags: the least bit, and the greatest. */
    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private final int mask;
    private long[] places;
    /** For each hash a byte of each place's own hash, 0 for an empty one: most who ask are told no by these alone. */
    private long[] tags;

    /**
     * Makes an empty table; its memory is taken when it is first told something.
     *
     * @param names most names it keeps, a power of two of at least 8; 64 bytes each
     */
    public LearntNames(final int names) {
        if (names < WAYS || Integer.bitCount(names) != 1) {
            throw new IllegalArgumentException("learnt names must be a power of two of at least 8, not " + names);
        }
        mask = names / WAYS - 1;
    }

    /** Takes what a name server told. */
    public void learn(final NameEvent event) {
        if (places == null) {
            places = new long[(mask + 1) * WAYS * LENGTH];
            tags = new long[mask + 1];
        }
        final long versions = versions(event.clientVersion(), event.addressVersion());
        final long clientHi = event.clientHi();
        final long clientLo = event.clientLo();
        final long addressHi = event.addressHi();
        final long addressLo = event.addressLo();
        final long hash = hash(clientHi, clientLo, addressHi, addressLo);
        final int set = set(hash);
        int place = find(set, tag(hash), versions, clientHi, clientLo, addressHi, addressLo);
        if (place < 0) {
            place = oldest(set);
            final int shift = (place / LENGTH - set * WAYS) * Byte.SIZE;
            tags[set] = tags[set] & ~(0xffL << shift) | tag(hash) << shift;
            places[place + CLIENT_HI] = clientHi;
            places[place + CLIENT_LO] = clientLo;
            places[place + ADDRESS_HI] = addressHi;
            places[place + ADDRESS_LO] = addressLo;
            places[place + EARLIER] = 0;
            begin(place, versions, event);
        } else if ((places[place + WHAT] & APPLICATION_MASK) != event.application()) {
            // flows that began before this still belong to what was told before
            places[place + EARLIER] =
                places[place + FRAME] << APPLICATION_BITS | places[place + WHAT] & APPLICATION_MASK;
            begin(place, versions, event);
        }
        places[place + STAMP] = Math.max(places[place + STAMP], event.stampNs());
    }

    private void begin(final int place, final long versions, final NameEvent event) {
        places[place + WHAT] = versions | event.application();
        places[place + FRAME] = event.frameNumber();
        places[place + STAMP] = event.stampNs();
    }

    /** Number of the application that a flow's responder was named for before the flow began, or 0. */
    public int application(final FlowEvent flow) {
        if (places == null) {
            return 0;
        }
        final long hash = hash(flow.initiatorHi(), flow.initiatorLo(), flow.responderHi(), flow.responderLo());
        final int place = find(set(hash), tag(hash), versions(flow.ipVersion(), flow.ipVersion()), flow.initiatorHi(),
            flow.initiatorLo(), flow.responderHi(), flow.responderLo());
        if (place < 0 || flow.startNs() - places[place + STAMP] > LIFETIME_NS) {
            return 0;
        }
        if (places[place + FRAME] < flow.firstFrame()) {
            return (int) (places[place + WHAT] & APPLICATION_MASK);
        }
        return places[place + EARLIER] >>> APPLICATION_BITS < flow.firstFrame()
            ? (int) (places[place + EARLIER] & APPLICATION_MASK) : 0;
    }

    private static long versions(final int client, final int address) {
        return (long) (client << 4 | address) << VERSION_SHIFT;
    }

    private int find(final int set, final long tag, final long versions, final long clientHi, final long clientLo,
        final long addressHi, final long addressLo) {
        final long zeroWhereEqual = tags[set] ^ tag * ONES;
        for (long maybe = (zeroWhereEqual - ONES) & ~zeroWhereEqual & HIGH_BITS; maybe != 0; maybe &= maybe - 1) {
            final int place = (set * WAYS + (Long.numberOfTrailingZeros(maybe) >>> 3)) * LENGTH;
            if (places[place + CLIENT_LO] == clientLo && places[place + ADDRESS_LO] == addressLo
                && places[place + CLIENT_HI] == clientHi && places[place + ADDRESS_HI] == addressHi
                && (places[place + WHAT] & ~APPLICATION_MASK) == versions) {
                return place;
            }
        }
        return -1;
    }

    /** An empty place, which tags alone tell, or the one told longest ago. */
    private int oldest(final int set) {
        final int first = set * WAYS * LENGTH;
        final long empty = (tags[set] - ONES) & ~tags[set] & HIGH_BITS;
        if (empty != 0) {
            return first + (Long.numberOfTrailingZeros(empty) >>> 3) * LENGTH;
        }
        int oldest = first;
        for (int way = 1; way < WAYS; way++) {
            final int place = first + way * LENGTH;
            if (places[place + STAMP] < places[oldest + STAMP]) {
                oldest = place;
            }
        }
        return oldest;
    }

    private int set(final long hash) {
        return (int) (hash >>> 32) & mask;
    }

    private static long tag(final long hash) {
        return hash & 0x7f | 0x80;
    }

    private static long hash(final long clientHi, final long clientLo, final long addressHi, final long addressLo) {
        long hash = clientHi * 0x9e3779b97f4a7c15L + clientLo;
        hash = (hash ^ hash >>> 32) * 0xff51afd7ed558ccdL + addressHi;
        hash = (hash ^ hash >>> 32) * 0xc4ceb9fe1a85ec53L + addressLo;
        return (hash ^ hash >>> 29) * 0x9e3779b97f4a7c15L;
    }
}
