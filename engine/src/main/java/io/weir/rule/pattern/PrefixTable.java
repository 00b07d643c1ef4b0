package io.weir.rule.pattern;

import org.agrona.UnsafeApi;

/**
 * The states four bytes below the root by these bytes: rejects what the filter let through by mistake, and saves the
 * steps to the state. Open addressing with linear probing; a slot is the four canonical bytes and the state.
 */
final class PrefixTable {
    private static final int SLOT_BYTES = 8;
    private static final int LEAST_BITS = 6;

    private final int bits;

    /** Makes room for so many states. */
    PrefixTable(final int states) {
        bits = Math.max(LEAST_BITS, 32 - Integer.numberOfLeadingZeros(states + (states >>> 1)));
    }

    int bytes() {
        return SLOT_BYTES << bits;
    }

    /** How far a hash is shifted to be the number of a slot. */
    int shift() {
        return 32 - bits;
    }

    /** Notes a state; the memory was zeroed, and no bytes are noted twice. */
    void put(final long address, final int canonical, final int state) {
        final int mask = (1 << bits) - 1;
        int slot = canonical * StartFilter.MULTIPLIER >>> shift();
        while (UnsafeApi.getInt(address + (long) slot * SLOT_BYTES + 4) != DoubleArray.ROOT) {
            slot = slot + 1 & mask;
        }
        UnsafeApi.putInt(address + (long) slot * SLOT_BYTES, canonical);
        UnsafeApi.putInt(address + (long) slot * SLOT_BYTES + 4, state);
    }

    /** The state below the root by four canonical bytes, or the root. */
    static int find(final long address, final int shift, final int canonical) {
        final int mask = (1 << 32 - shift) - 1;
        int slot = canonical * StartFilter.MULTIPLIER >>> shift;
        while (true) {
            final long entry = UnsafeApi.getLong(address + (long) slot * SLOT_BYTES);
            final int state = (int) (entry >>> 32);
            if (state == DoubleArray.ROOT || (int) entry == canonical) {
                return state;
            }
            slot = slot + 1 & mask;
        }
    }
}
