package io.weir.protocol.content.brotli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Method;

/**
 * The words that every stream can refer to, section 8, and what may be done to them, appendix B. The words are those of
 * Brotli's own decoder in Java, which keeps them to itself.
 */
final class StaticDictionary {
    /** Most bytes of a word with what is put around it. */
    static final int LONGEST = 24 + 13;

    private static final int SHORTEST_WORD = 4;
    private static final int LONGEST_WORD = 24;
    /** Of words of each length there are two to the power of this. */
    private static final int[] BITS =
        {0, 0, 0, 0, 10, 10, 11, 11, 10, 10, 10, 10, 10, 9, 9, 8, 7, 7, 8, 7, 7, 6, 6, 5, 5};
    private static final int[] STARTS = new int[BITS.length];
    /** What is done to a word: kept, or letters changed; a digit leaves out its end, a letter its beginning. */
    private static final char KEPT = '=';
    private static final char FIRST = '^';
    private static final char ALL = '#';
    /** Each with what is put in front, what is done, and what is put behind. */
    private static final String TRANSFORMS =
        "~=|~= | ~= |~A|~^ |~= the | ~=|s ~= |~= of |~^|~= and |~B|~1|, ~= |~=, | ~^ |~= in |~= to |"
        + "e ~= |~=\"|~=.|~=\">|~=\n|~3|~=]|~= for |~C|~2|~= a |~= that | ~^|~=. |.~=| ~=, |~D|~= with |"
        + "~='|~= from |~= by |~E|~F| the ~=|~4|~=. The |~#|~= on |~= as |~= is |~7|~1ing |~=\n\t|~=:|"
        + " ~=. |~=ed |~I|~G|~6|~=(|~^, |~8|~= at |~=ly | the ~= of |~5|~9| ~^, |~^\"|.~=(|~# |~^\">|~==\"|"
        + " ~=.|.com/~=| the ~= of the |~^'|~=. This |~=,|.~= |~^(|~^.|~= not | ~==\"|~=er | ~# |~=al | ~#|"
        + "~=='|~#\"|~^. | ~=(|~=ful | ~^. |~=ive |~=less |~#'|~=est | ~^.|~#\">| ~=='|~^,|~=ize |~#.|"
        + "\u00a0~=| ~=,|~^=\"|~#=\"|~=ous |~#, |~^='| ~^,| ~#=\"| ~#, |~#,|~#(|~#. | ~#.|~#='| ~#. |"
        + " ~^=\"| ~#='| ~^='";
    private static final byte[][] BEFORE;
    private static final byte[][] BEHIND;
    private static final char[] DONE;
    private static final byte[] WORDS = words();

    static {
        for (int length = SHORTEST_WORD; length < LONGEST_WORD; length++) {
            STARTS[length + 1] = STARTS[length] + (length << BITS[length]);
        }
        final String[] transforms = TRANSFORMS.split("\\|");
        BEFORE = new byte[transforms.length][];
        BEHIND = new byte[transforms.length][];
        DONE = new char[transforms.length];
        for (int i = 0; i < transforms.length; i++) {
            final int at = transforms[i].indexOf('~');
            BEFORE[i] = transforms[i].substring(0, at).getBytes(UTF_8);
            DONE[i] = transforms[i].charAt(at + 1);
            BEHIND[i] = transforms[i].substring(at + 2).getBytes(UTF_8);
        }
    }

    private StaticDictionary() {
    }

    private static byte[] words() {
        try {
            final Method data = Class.forName("org.brotli.dec.Dictionary").getDeclaredMethod("getData");
            data.setAccessible(true);
            return (byte[]) data.invoke(null);
        } catch (final ReflectiveOperationException e) {
            throw new IllegalStateException("org.brotli:dec is not of the version that weir was built with", e);
        }
    }

    /** How many words have a length. */
    static int words(final int length) {
        return 1 << BITS[length];
    }

    /** Reads the words, so that the first body does not wait for them. */
    static void load() {
        assert WORDS.length > 0;
    }

    /**
     * Writes a word as a stream refers to it.
     *
     * @param length of the word before anything was done to it
     * @param place  how far the distance goes beyond what can be copied, from 0
     * @param into   has room for {@link #LONGEST} bytes
     * @return how many bytes were written, or -1 if there is no such word
     */
    static int word(final int length, final int place, final byte[] into) {
        if (length < SHORTEST_WORD || length > LONGEST_WORD || place >> BITS[length] >= DONE.length) {
            return -1;
        }
        final int transform = place >> BITS[length];
        final int from = STARTS[length] + length * (place & (1 << BITS[length]) - 1);
        final int start = put(BEFORE[transform], 0, BEFORE[transform].length, into, 0);
        final char done = DONE[transform];
        final int left = Math.min(length, done >= 'A' && done <= 'I' ? done - 'A' + 1 : 0);
        final int right = Math.min(length, done >= '1' && done <= '9' ? done - '0' : 0);
        final int end = put(WORDS, from + left, length - left - right, into, start);
        if (done == FIRST) {
            change(into, start, end);
        } else if (done == ALL) {
            for (int at = start; at < end;) {
                at += change(into, at, end);
            }
        } else {
            assert done == KEPT || left + right > 0;
        }
        return put(BEHIND[transform], 0, BEHIND[transform].length, into, end);
    }

    private static int put(final byte[] bytes, final int from, final int length, final byte[] into, final int at) {
        System.arraycopy(bytes, from, into, at, length);
        return at + length;
    }

    /** Makes a letter of UTF-8 a capital one, roughly; returns how many bytes it has. */
    private static int change(final byte[] text, final int at, final int end) {
        final int first = text[at] & 0xff;
        if (first < 0xc0) {
            if (first >= 'a' && first <= 'z') {
                text[at] ^= 0x20;
            }
            return 1;
        }
        if (first < 0xe0) {
            if (at + 1 < end) {
                text[at + 1] ^= 0x20;
            }
            return 2;
        }
        if (at + 2 < end) {
            text[at + 2] ^= 5;
        }
        return 3;
    }
}
