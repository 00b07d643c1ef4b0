package io.weir.rule.pattern;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Literals to be found together, numbered from 0 in the order they were added. The same literal with the same case
 * and bounds is one pattern with one number, however often it is added. One thread.
 */
public final class PatternSet {
    /** Longest literal in bytes. */
    public static final int MAX_LENGTH = 2048;
    /** Most patterns of a set. */
    public static final int MAX_PATTERNS = 1 << 20;
    /** A latest end that bounds nothing. */
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    private final List<Literal> literals = new ArrayList<>();
    private final Map<Key, Integer> numbers = new HashMap<>();

    /** One pattern: its bytes, in lower case if case does not matter, and where it may stand. */
    static final class Literal {
        private final byte[] bytes;
        private final boolean noCase;
        private final int earliestStart;
        private final int latestEnd;

        private Literal(final byte[] bytes, final boolean noCase, final int earliestStart, final int latestEnd) {
            this.bytes = bytes;
            this.noCase = noCase;
            this.earliestStart = earliestStart;
            this.latestEnd = latestEnd;
        }

        /** Not to be changed. */
        byte[] bytes() {
            return bytes;
        }

        boolean noCase() {
            return noCase;
        }

        int earliestStart() {
            return earliestStart;
        }

        int latestEnd() {
            return latestEnd;
        }
    }

    private record Key(ByteBuffer bytes, boolean noCase, int earliestStart, int latestEnd) {
    }

    /** Adds a literal that may stand anywhere; answers its number. */
    public int add(final byte[] literal, final boolean noCase) {
        return add(literal, noCase, 0, UNBOUNDED);
    }

    /**
     * Adds a literal that counts only where a match starts at {@code earliestStart} or later and ends at
     * {@code latestEnd} or earlier: both are offsets in the scanned bytes, of a stream from its beginning. That is
     * {@code offset} and {@code offset + depth} of a signature.
     *
     * @param literal       1 to {@link #MAX_LENGTH} bytes, copied
     * @param noCase        whether ASCII letters match in either case
     * @param earliestStart at least 0
     * @param latestEnd     at least {@code earliestStart} and the literal's length, or {@link #UNBOUNDED}
     * @return its number
     * @throws IllegalArgumentException if the length or the bounds are not as said here, or the set is full
     */
    public int add(final byte[] literal, final boolean noCase, final int earliestStart, final int latestEnd) {
        if (literal.length < 1 || literal.length > MAX_LENGTH) {
            throw new IllegalArgumentException("a pattern has 1 to " + MAX_LENGTH + " bytes, not " + literal.length);
        }
        if (earliestStart < 0 || (long) earliestStart + literal.length > latestEnd) {
            throw new IllegalArgumentException("no match of " + literal.length + " bytes can start at " + earliestStart
                + " or later and end at " + latestEnd);
        }
        final byte[] bytes = literal.clone();
        final boolean letters = hasLetters(bytes);
        if (noCase && letters) {
            fold(bytes);
        }
        final Key key = new Key(ByteBuffer.wrap(bytes), noCase && letters, earliestStart, latestEnd);
        final Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        if (literals.size() == MAX_PATTERNS) {
            throw new IllegalArgumentException("a set holds at most " + MAX_PATTERNS + " patterns");
        }
        numbers.put(key, literals.size());
        literals.add(new Literal(bytes, noCase && letters, earliestStart, latestEnd));
        return literals.size() - 1;
    }

    /** How many patterns there are. */
    public int size() {
        return literals.size();
    }

    void requireSome() {
        if (literals.isEmpty()) {
            throw new IllegalArgumentException("a set without patterns cannot be compiled");
        }
    }

    Literal literal(final int number) {
        return literals.get(number);
    }

    static boolean hasLetters(final byte[] bytes) {
        for (final byte b : bytes) {
            if (CaseFolding.isLetter(b)) {
                return true;
            }
        }
        return false;
    }

    private static void fold(final byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = CaseFolding.fold(bytes[i]);
        }
    }
}
