package io.weir.rule.model;

/**
 * Which of the values that a transaction has of a field must be accepted.
 *
 * @param kind     what is counted
 * @param index    of {@link Kind#AT}: place from 0 on, or from -1 on for the last and those before it
 * @param times    of {@link Kind#TIMES}: how many are accepted
 * @param orAbsent it holds too if there is no value, or none at this place
 */
public record Places(Kind kind, int index, NumberSet times, boolean orAbsent) {
    /** What is counted. */
    public enum Kind {
        /** The value at one place. */
        AT,
        /** Any value. */
        ANY,
        /** All values, and there is one. */
        ALL,
        /** So many values. */
        TIMES
    }

    /** The value at a place. */
    public static Places at(final int index, final boolean orAbsent) {
        return new Places(Kind.AT, index, null, orAbsent);
    }

    /** All values. */
    public static Places all(final boolean orAbsent) {
        return new Places(Kind.ALL, 0, null, orAbsent);
    }

    /** So many values. */
    public static Places times(final NumberSet times) {
        return new Places(Kind.TIMES, 0, times, false);
    }

    /** True if it can be said only once the transaction has told all it will. */
    public boolean needsAll() {
        return kind != Kind.AT || index < 0 || orAbsent;
    }

    /** True if it may hold of a transaction without such a value. */
    public boolean maybeOfNone() {
        return orAbsent || kind == Kind.TIMES && times.contains(0);
    }
}
