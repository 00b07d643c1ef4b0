package io.weir.rule.detect;

/**
 * Rules that wait for more of a stream: one of their patterns was found and they did not match yet. They are asked
 * again with each piece until the bytes they were found in are gone. One worker.
 */
final class WaitingRules {
    /** Most rules that wait. */
    static final int MOST = 16;

    private final int[] rules = new int[MOST];
    private final long[] places = new long[MOST];
    private final boolean[] matched = new boolean[MOST];
    private int count;

    /** None waits any more: what follows is not connected, or numbers of rules mean nothing any more. */
    void clear() {
        count = 0;
    }

    /** Bytes before this place are gone. */
    void drop(final long before) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            if (places[i] >= before) {
                rules[kept] = rules[i];
                matched[kept] = matched[i];
                places[kept++] = places[i];
            }
        }
        count = kept;
    }

    /** Has the rules that wait asked again. */
    void resume(final Candidates candidates) {
        for (int i = 0; i < count; i++) {
            if (!matched[i]) {
                candidates.add(rules[i]);
            }
        }
    }

    /** True if a rule without a pattern has matched in these bytes already. */
    boolean hasMatched(final int rule) {
        for (int i = 0; i < count; i++) {
            if (rules[i] == rule && matched[i]) {
                return true;
            }
        }
        return false;
    }

    /**
     * Notes a rule: to be asked again, or, if it matched and has no pattern, not to be asked again in these bytes.
     *
     * @param place where the bytes end
     * @return false if too many are noted
     */
    boolean note(final int rule, final boolean hasMatched, final long place) {
        for (int i = 0; i < count; i++) {
            if (rules[i] == rule) {
                matched[i] = hasMatched;
                return true;
            }
        }
        if (count == MOST) {
            return false;
        }
        rules[count] = rule;
        matched[count] = hasMatched;
        places[count++] = place;
        return true;
    }

    /** A rule does not wait any more. */
    void forget(final int rule) {
        for (int i = 0; i < count; i++) {
            if (rules[i] == rule) {
                count--;
                rules[i] = rules[count];
                matched[i] = matched[count];
                places[i] = places[count];
                return;
            }
        }
    }
}
