package io.weir.reassembly;

import io.weir.base.NativeMemory;

/**
 * Whether both copies of overlapping bytes differ, and where: the first stretch with a difference, as far as it is
 * contiguous and the same copy counts in all of it. Owned by one thread.
 */
final class OverlapDifference implements AutoCloseable {
    /** Of a longer stretch this many bytes are hashed, from its start. */
    private static final int HASHED_BYTES_MAX = 64 << 10;

    private final NativeMemory.Region scratch =
        NativeMemory.allocateLazily(NativeMemory.Tag.REASSEMBLY, HASHED_BYTES_MAX, NativeMemory.CACHE_LINE);

    private int start;
    private int end;
    private boolean oldKept;
    private boolean open;
    private boolean differing;
    private long oldHash;
    private long newHash;

    void clear() {
        start = 0;
        end = 0;
        open = false;
        differing = false;
        oldHash = 0;
        newHash = 0;
    }

    /** The next overlap to the right: both copies of the bytes from one sequence to another. */
    void overlap(final int from, final int to, final boolean keepsOld, final long oldBytes, final long newBytes) {
        final boolean continues = open && from == end && keepsOld == oldKept;
        if (differing) {
            open = continues;
            end = continues ? to : end;
            return;
        }
        if (!continues) {
            start = from;
            oldKept = keepsOld;
            open = true;
        }
        end = to;
        differing = !ByteRange.isEqual(oldBytes, newBytes, to - from);
    }

    boolean isDiffering() {
        return differing;
    }

    int sequence() {
        return differing ? start : 0;
    }

    int length() {
        return differing ? end - start : 0;
    }

    /** Where the old copy is to be laid for {@link #hash}. */
    long scratch() {
        return scratch.address();
    }

    /** How many bytes of it. */
    int scratchLength() {
        return Math.min(length(), HASHED_BYTES_MAX);
    }

    /** Takes the hashes, of the old copy from the scratch. */
    void hash(final long newBytes) {
        oldHash = ByteRange.hash(scratch.address(), scratchLength());
        newHash = ByteRange.hash(newBytes, scratchLength());
    }

    long keptHash() {
        return oldKept ? oldHash : newHash;
    }

    long refusedHash() {
        return oldKept ? newHash : oldHash;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
