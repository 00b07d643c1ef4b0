package io.weir.reassembly;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Chunks in order of sequence, in trees that are named by their root. Owned by one thread.
 *
 * <p>The trees are treaps (Seidel and Aragon 1996): whatever the order of arrival, which an attacker chooses, their
 * depth is logarithmic in all likelihood, because it depends on random priorities alone. All sequences of one tree must
 * lie within 2^31 - 1 of each other; otherwise chunks are not found, but nothing worse.
 */
final class PieceTree implements AutoCloseable {
    static final int EMPTY = ChunkPool.NONE;

    private final ChunkPool pool;
    private final NativeMemory.Region rootRegion;
    private final long rootLink;
    private long random;
    private long comparisons;

    /**
     * Makes trees over the chunks of a pool.
     *
     * @param seed of the priorities; not for others to guess
     */
    PieceTree(final ChunkPool pool, final long seed) {
        this.pool = pool;
        random = seed == 0 ? 1 : seed;
        rootRegion = NativeMemory.allocate(NativeMemory.Tag.REASSEMBLY, Integer.BYTES, NativeMemory.CACHE_LINE);
        rootLink = rootRegion.address();
    }

    int sequence(final int chunk) {
        return UnsafeApi.getInt(pool.address(chunk) + PieceHeader.SEQUENCE);
    }

    /** The chunk with the lowest sequence, or {@link #EMPTY}. */
    int first(final int root) {
        int chunk = root;
        int first = EMPTY;
        while (chunk != EMPTY) {
            first = chunk;
            chunk = left(chunk);
        }
        return first;
    }

    /** The chunk with the highest sequence that is not after the given one, or {@link #EMPTY}. */
    int floor(final int root, final int sequence) {
        int chunk = root;
        int floor = EMPTY;
        while (chunk != EMPTY) {
            comparisons++;
            if (sequence(chunk) - sequence <= 0) {
                floor = chunk;
                chunk = right(chunk);
            } else {
                chunk = left(chunk);
            }
        }
        return floor;
    }

    /** The chunk with the lowest sequence that is not before the given one, or {@link #EMPTY}. */
    int ceiling(final int root, final int sequence) {
        int chunk = root;
        int ceiling = EMPTY;
        while (chunk != EMPTY) {
            comparisons++;
            if (sequence(chunk) - sequence >= 0) {
                ceiling = chunk;
                chunk = left(chunk);
            } else {
                chunk = right(chunk);
            }
        }
        return ceiling;
    }

    /** Takes up a chunk whose sequence is set and differs from all in the tree; answers the new root. */
    int add(final int root, final int chunk) {
        final long address = pool.address(chunk);
        final int sequence = UnsafeApi.getInt(address + PieceHeader.SEQUENCE);
        final int priority = nextPriority();
        UnsafeApi.putInt(address + PieceHeader.PRIORITY, priority);
        UnsafeApi.putInt(rootLink, root);
        long link = rootLink;
        int below = root;
        while (below != EMPTY && UnsafeApi.getInt(pool.address(below) + PieceHeader.PRIORITY) >= priority) {
            comparisons++;
            link = pool.address(below) + (sequence - sequence(below) < 0 ? PieceHeader.LEFT : PieceHeader.RIGHT);
            below = UnsafeApi.getInt(link);
        }
        UnsafeApi.putInt(link, chunk);
        split(below, sequence, address);
        return UnsafeApi.getInt(rootLink);
    }

    /** Deals the chunks of a tree out to both sides of the one at an address, by their sequence. */
    private void split(final int root, final int sequence, final long address) {
        long lower = address + PieceHeader.LEFT;
        long higher = address + PieceHeader.RIGHT;
        int chunk = root;
        while (chunk != EMPTY) {
            comparisons++;
            if (sequence(chunk) - sequence < 0) {
                UnsafeApi.putInt(lower, chunk);
                lower = pool.address(chunk) + PieceHeader.RIGHT;
                chunk = UnsafeApi.getInt(lower);
            } else {
                UnsafeApi.putInt(higher, chunk);
                higher = pool.address(chunk) + PieceHeader.LEFT;
                chunk = UnsafeApi.getInt(higher);
            }
        }
        UnsafeApi.putInt(lower, EMPTY);
        UnsafeApi.putInt(higher, EMPTY);
    }

    /** Takes the chunk with the lowest sequence out of a tree that has one; answers the new root. */
    int removeFirst(final int root) {
        UnsafeApi.putInt(rootLink, root);
        long link = rootLink;
        int at = root;
        while (left(at) != EMPTY) {
            link = pool.address(at) + PieceHeader.LEFT;
            at = UnsafeApi.getInt(link);
        }
        UnsafeApi.putInt(link, right(at));
        return UnsafeApi.getInt(rootLink);
    }

    /** Takes a chunk out of the tree, without giving it back to the pool; answers the new root. */
    int remove(final int root, final int chunk) {
        final int sequence = sequence(chunk);
        UnsafeApi.putInt(rootLink, root);
        long link = rootLink;
        int at = root;
        while (at != chunk && at != EMPTY) {
            comparisons++;
            link = pool.address(at) + (sequence - sequence(at) < 0 ? PieceHeader.LEFT : PieceHeader.RIGHT);
            at = UnsafeApi.getInt(link);
        }
        if (at != EMPTY) {
            join(left(chunk), right(chunk), link);
        }
        return UnsafeApi.getInt(rootLink);
    }

    /** Makes one tree, at a link, of two of which one holds the lower sequences. */
    private void join(final int lowerRoot, final int higherRoot, final long at) {
        long link = at;
        int lower = lowerRoot;
        int higher = higherRoot;
        while (lower != EMPTY && higher != EMPTY) {
            if (priority(lower) >= priority(higher)) {
                UnsafeApi.putInt(link, lower);
                link = pool.address(lower) + PieceHeader.RIGHT;
                lower = UnsafeApi.getInt(link);
            } else {
                UnsafeApi.putInt(link, higher);
                link = pool.address(higher) + PieceHeader.LEFT;
                higher = UnsafeApi.getInt(link);
            }
        }
        UnsafeApi.putInt(link, lower != EMPTY ? lower : higher);
    }

    /** Gives all chunks back to the pool; answers how many. */
    int free(final int root) {
        int count = 0;
        int chunk = root;
        while (chunk != EMPTY) {
            final int left = left(chunk);
            if (left != EMPTY) {
                // turned right, so that the walk needs no stack
                UnsafeApi.putInt(pool.address(chunk) + PieceHeader.LEFT, right(left));
                UnsafeApi.putInt(pool.address(left) + PieceHeader.RIGHT, chunk);
                chunk = left;
            } else {
                final int next = right(chunk);
                pool.giveBack(chunk);
                count++;
                chunk = next;
            }
        }
        return count;
    }

    /** How often sequences were compared to find a place in a tree. */
    long comparisons() {
        return comparisons;
    }

    private int left(final int chunk) {
        return UnsafeApi.getInt(pool.address(chunk) + PieceHeader.LEFT);
    }

    private int right(final int chunk) {
        return UnsafeApi.getInt(pool.address(chunk) + PieceHeader.RIGHT);
    }

    private int priority(final int chunk) {
        return UnsafeApi.getInt(pool.address(chunk) + PieceHeader.PRIORITY);
    }

    /** Xorshift, Marsaglia 2003. */
    private int nextPriority() {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        return (int) (random >>> 32);
    }

    @Override
    public void close() {
        rootRegion.close();
    }
}
