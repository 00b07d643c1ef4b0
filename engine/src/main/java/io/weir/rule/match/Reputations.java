package io.weir.rule.match;

/** What is known of the reputation of addresses. Any thread; asking allocates nothing. */
public interface Reputations {
    /** {@link #score}: nothing is known. */
    int UNKNOWN = -1;

    /** Nothing is known of any. */
    Reputations NONE = (category, version, hi, lo) -> UNKNOWN;

    /** How an address stands in a category, from 0 to 127, or {@link #UNKNOWN}. */
    int score(String category, int version, long hi, long lo);
}
