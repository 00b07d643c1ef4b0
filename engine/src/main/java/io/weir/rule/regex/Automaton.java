package io.weir.rule.regex;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Plain instructions, with what following all ways at once needs to know about them. Immutable. */
final class Automaton {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    /** Tells automata apart in caches that serve many. */
    final int number = NUMBERS.incrementAndGet();
    final Code code;
    /** Whether a match can start only where the search does. */
    final boolean anchored;
    /** What must be known of the byte before a position: bits of {@link Input}. */
    final int contextMask;
    /** Bytes that no instruction tells apart have one number. */
    final byte[] classOf = new byte[256];
    /** How many numbers there are; the two behind them stand for the end and a line feed that ends the input. */
    final int classes;
    /** For each class a byte, or {@link Input#END} or {@link Input#LAST_LINE_FEED}. */
    final int[] representative;

    Automaton(final Code code, final boolean anchored) {
        this.code = code;
        this.anchored = anchored;
        int mask = 0;
        boolean asserts = false;
        for (int at = 0; at < code.words.length; at += Code.STRIDE) {
            if (code.words[at] == Code.ASSERT) {
                mask |= Assertion.needs(code.words[at + 1]);
                asserts = true;
            }
        }
        contextMask = mask;
        classes = divide(asserts);
        representative = new int[classes + 2];
        for (int value = 255; value >= 0; value--) {
            representative[classOf[value] & 0xff] = value;
        }
        representative[classes] = Input.END;
        representative[classes + 1] = Input.LAST_LINE_FEED;
    }

    private int divide(final boolean asserts) {
        int count = 1;
        final boolean[] seen = new boolean[256];
        for (int at = 0; at < code.words.length; at += Code.STRIDE) {
            final int op = code.words[at];
            final int operand = code.words[at + 1];
            if (op == Code.BYTE && !seen[operand]) {
                seen[operand] = true;
                count = split(ByteSet.of(operand));
            }
        }
        for (int i = 0; i < code.sets.length; i += 4) {
            count = split(new ByteSet(code.sets[i], code.sets[i + 1], code.sets[i + 2], code.sets[i + 3]));
        }
        if (asserts) {
            split(ByteSet.WORD);
            count = split(ByteSet.LINE_FEED);
        }
        return count;
    }

    /** Numbers the classes anew so that members and others are apart. */
    private int split(final ByteSet set) {
        final Map<Integer, Integer> numbers = new HashMap<>();
        for (int value = 0; value < 256; value++) {
            final int key = (classOf[value] & 0xff) << 1 | (set.contains(value) ? 1 : 0);
            final Integer known = numbers.get(key);
            classOf[value] = (byte) (known == null ? numbers.size() : known);
            numbers.putIfAbsent(key, classOf[value] & 0xff);
        }
        return numbers.size();
    }
}
