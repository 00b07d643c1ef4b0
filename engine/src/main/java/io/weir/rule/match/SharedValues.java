package io.weir.rule.match;

import io.weir.rule.model.Dataset;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Values that rules of all workers add and take out, without locks. A value keeps its place when it is taken out, and
 * takes it again when it comes back: so what is allocated while packets are worked on is bounded once and for all by
 * the set's limits, and nothing is ever freed under a reader. Any thread.
 */
final class SharedValues {
    /** Of a value, with the place it takes. */
    private static final int OVERHEAD = 48;
    private static final int FEWEST_CHAINS = 1 << 10;
    private static final int MOST_CHAINS = 1 << 17;
    private static final int VALUES_OF_CHAIN = 8;

    private volatile int limit;
    private volatile long mostBytes;
    private final AtomicReferenceArray<Entry> chains;
    private final AtomicInteger places = new AtomicInteger();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicBoolean changed = new AtomicBoolean();

    /** A value, and whether it is in the set; chained in front of those that came before. */
    private static final class Entry {
        private static final AtomicIntegerFieldUpdater<Entry> THERE =
            AtomicIntegerFieldUpdater.newUpdater(Entry.class, "there");

        private final byte[] value;
        private final int hash;
        private final Entry next;
        private volatile int there = 1;

        Entry(final byte[] value, final int hash, final Entry next) {
            this.value = value;
            this.hash = hash;
            this.next = next;
        }

        boolean isThere() {
            return there != 0;
        }

        /** Puts it back, or takes it out; false if it was. */
        boolean change(final boolean isThere) {
            return THERE.compareAndSet(this, isThere ? 0 : 1, isThere ? 1 : 0);
        }
    }

    /**
     * Makes an empty set.
     *
     * @param limit     most values it ever takes, 0 for no limit
     * @param mostBytes of heap that they take together
     */
    SharedValues(final int limit, final long mostBytes) {
        this.limit = limit;
        this.mostBytes = mostBytes;
        final int wanted = limit == 0 ? MOST_CHAINS : limit / VALUES_OF_CHAIN;
        chains = new AtomicReferenceArray<>(
            Integer.highestOneBit(Math.max(FEWEST_CHAINS, Math.min(MOST_CHAINS, wanted))));
    }

    /** Sets other limits; values that are beyond them stay. */
    void limits(final int most, final long heapBytes) {
        limit = most;
        mostBytes = heapBytes;
    }

    long refused() {
        return refused.get();
    }

    AtomicBoolean changed() {
        return changed;
    }

    int size() {
        return size.get();
    }

    long heapBytes() {
        return 4L * chains.length() + bytes.get();
    }

    /** All values, in no order; those that come meanwhile or not. */
    byte[][] values() {
        byte[][] values = new byte[size.get()][];
        int count = 0;
        for (int i = 0; i < chains.length(); i++) {
            for (Entry entry = chains.get(i); entry != null; entry = entry.next) {
                if (entry.isThere()) {
                    if (count == values.length) {
                        values = Arrays.copyOf(values, 2 * count + 1);
                    }
                    values[count++] = entry.value;
                }
            }
        }
        return Arrays.copyOf(values, count);
    }

    /** Adds a value that was loaded and does not change any more: that is no change. */
    boolean add(final byte[] value) {
        return add(new Input().wrap(value, 0, value.length), ValueSet.hash(value), value);
    }

    boolean ask(final Input in, final int hash, final Dataset.Command command) {
        return switch (command) {
            case IS_SET -> isThere(find(in, hash));
            case IS_NOT_SET -> !isThere(find(in, hash));
            case SET -> add(in, hash, null) && change();
            case UNSET -> remove(find(in, hash)) && change();
        };
    }

    private boolean change() {
        changed.set(true);
        return true;
    }

    private static boolean isThere(final Entry entry) {
        return entry != null && entry.isThere();
    }

    private boolean remove(final Entry entry) {
        final boolean removed = entry != null && entry.change(false);
        if (removed) {
            size.decrementAndGet();
        }
        return removed;
    }

    private Entry find(final Input in, final int hash) {
        return find(chains.get(hash & chains.length() - 1), null, in, hash);
    }

    /** The value between two places of its chain. */
    private static Entry find(final Entry from, final Entry to, final Input in, final int hash) {
        for (Entry entry = from; entry != to; entry = entry.next) {
            if (entry.hash == hash && ValueSet.isEqual(entry.value, in, 0)) {
                return entry;
            }
        }
        return null;
    }

    /** Adds a value, which is kept as this array or, if that is null, as a copy. */
    private boolean add(final Input in, final int hash, final byte[] loaded) {
        final int chain = hash & chains.length() - 1;
        Entry made = null;
        Entry seen = null;
        while (true) {
            final Entry head = chains.get(chain);
            final Entry known = find(head, seen, in, hash);
            if (known != null) {
                giveBack(made);
                final boolean added = known.change(true);
                if (added) {
                    size.incrementAndGet();
                }
                return added;
            }
            if (made == null && !takeRoom(in.length())) {
                return false;
            }
            made = new Entry(made != null ? made.value : loaded != null ? loaded : copy(in), hash, head);
            if (chains.compareAndSet(chain, head, made)) {
                size.incrementAndGet();
                return true;
            }
            seen = head;
        }
    }

    private static byte[] copy(final Input in) {
        final byte[] value = new byte[in.length()];
        in.copyTo(0, value, 0, value.length);
        return value;
    }

    private boolean takeRoom(final int length) {
        final boolean fits = bytes.addAndGet(OVERHEAD + length) <= mostBytes;
        if (places.incrementAndGet() > limit && limit > 0 || !fits) {
            places.decrementAndGet();
            bytes.addAndGet(-(OVERHEAD + length));
            refused.incrementAndGet();
            return false;
        }
        return true;
    }

    private void giveBack(final Entry unused) {
        if (unused != null) {
            places.decrementAndGet();
            bytes.addAndGet(-(OVERHEAD + unused.value.length));
        }
    }
}
