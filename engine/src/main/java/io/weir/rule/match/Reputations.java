package io.weir.rule.match;

/** What is known of the reputation of addresses. Any thread; asking allocates nothing. */
public interface Reputations {
    /** {@link #score}: nothing is known. */
    int UNKNOWN = -1;
    /** The best score there is. */
    int MOST = 127;

    /** Nothing is known of any. */
    Reputations NONE = new Reputations() {
        @Override
        public int category(final String name) {
            return UNKNOWN;
        }

        @Override
        public int score(final int category, final int version, final long hi, final long lo) {
            return UNKNOWN;
        }
    };

    /** Number of a category, or {@link #UNKNOWN} if there is none of this name. */
    int category(String name);

    /** How an address stands in a category, from 0 to {@link #MOST}, or {@link #UNKNOWN}. */
    int score(int category, int version, long hi, long lo);
}
