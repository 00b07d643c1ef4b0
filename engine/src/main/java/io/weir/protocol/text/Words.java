package io.weir.protocol.text;

import io.weir.base.Ascii;
import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/** Words that the lines of a protocol begin with or contain, in upper or lower case. Immutable. */
public final class Words {
    private final byte[][] words;

    private Words(final byte[][] words) {
        this.words = words;
    }

    /** These words. One that is the beginning of another stands behind it. */
    public static Words of(final String... words) {
        final byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return new Words(bytes);
    }

    /**
     * Whether one of the words stands at a place, as far as there are bytes: {@link Answer#YES} if a whole word does
     * and no letter, digit or hyphen follows it, {@link Answer#MORE} if the bytes end within a word or right behind it.
     */
    public Answer at(final Bytes bytes, final int from) {
        boolean more = false;
        for (final byte[] word : words) {
            final int known = Math.min(word.length, bytes.length() - from);
            if (known <= 0) {
                return Answer.MORE;
            }
            if (agrees(bytes, from, word, known)) {
                if (known < word.length || bytes.length() == from + word.length) {
                    more = true;
                } else if (!continues(bytes.u8(from + word.length))) {
                    return Answer.YES;
                }
            }
        }
        return more ? Answer.MORE : Answer.NO;
    }

    /** Number of the word at a place, which no letter, digit or hyphen follows; -1 if there is none. */
    public int find(final Bytes line, final int from) {
        for (int i = 0; i < words.length; i++) {
            if (line.matchesIgnoringCase(from, words[i]) && !continues(line.u8(from + words[i].length))) {
                return i;
            }
        }
        return -1;
    }

    /** True if one of the words stands anywhere from one place to another, also within other words. */
    public boolean areWithin(final Bytes bytes, final int from, final int to) {
        final int end = Math.min(to, bytes.length());
        for (int at = from; at < end; at++) {
            for (final byte[] word : words) {
                if (at + word.length <= end && bytes.matchesIgnoringCase(at, word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Bytes of the word with this number. */
    public int length(final int number) {
        return words[number].length;
    }

    private static boolean agrees(final Bytes bytes, final int from, final byte[] word, final int known) {
        for (int i = 0; i < known; i++) {
            if (Ascii.lower(bytes.u8(from + i)) != Ascii.lower(word[i])) {
                return false;
            }
        }
        return true;
    }

    private static boolean continues(final int value) {
        return value >= 'a' && value <= 'z' || value >= 'A' && value <= 'Z' || value >= '0' && value <= '9'
            || value == '-' || value == '_' || value > 0x7f;
    }
}
