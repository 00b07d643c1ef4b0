package io.weir.base;

import java.util.Arrays;

/**
 * Objects that nobody uses, to be used again: the one given back last, which is likely to be in the cache, first. One
 * thread.
 *
 * @param <T> what they are
 */
public final class Spares<T> {
    private Object[] spare = new Object[8];
    private int count;

    /** One of them, or null if there is none. */
    @SuppressWarnings("unchecked")
    public T take() {
        return count == 0 ? null : (T) spare[--count];
    }

    /** Takes one back. */
    public void giveBack(final T over) {
        if (count == spare.length) {
            spare = Arrays.copyOf(spare, 2 * count);
        }
        // Mostly it is the one that was taken last: to look costs less than to store a reference.
        if (spare[count] != over) {
            spare[count] = over;
        }
        count++;
    }
}
