package io.weir.rule.pattern;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Random sets and texts in which much matches, overlaps and nearly matches. */
final class PatternSamples {
    private static final byte[][] ALPHABETS = {
        {'a', 'b'}, {'a', 'A', 'b', 'B'}, {0, (byte) 0xff}, {0, (byte) 0xff, 'z', 'Z', '@', '`', '[', '{'},
        {'g', 'G', 'e', 'E', 't', 'T', ' ', '/', (byte) 0xc7, (byte) 0xe7}, allBytes()};

    private final SplittableRandom random;
    private final byte[] alphabet;

    PatternSamples(final long seed) {
        random = new SplittableRandom(seed);
        alphabet = ALPHABETS[random.nextInt(ALPHABETS.length)];
    }

    int below(final int bound) {
        return random.nextInt(bound);
    }

    byte[] text(final int length) {
        final byte[] text = new byte[length];
        for (int i = 0; i < length; i++) {
            text[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return text;
    }

    /** A text with patterns of a set strewn in, some with a byte changed. */
    byte[] text(final PatternSet set, final int length) {
        final byte[] text = text(length);
        for (int i = length / 8; i > 0; i--) {
            final byte[] literal = set.literal(random.nextInt(set.size())).bytes();
            if (literal.length <= length) {
                final int at = random.nextInt(length - literal.length + 1);
                System.arraycopy(literal, 0, text, at, literal.length);
                if (random.nextInt(3) == 0) {
                    text[at + random.nextInt(literal.length)] ^= 0x20;
                }
            }
        }
        return text;
    }

    /** Patterns of at least {@code shortest} bytes, parts of each other among them, some bounded. */
    PatternSet set(final int patterns, final int shortest) {
        final PatternSet set = new PatternSet();
        for (int i = 0; i < patterns; i++) {
            byte[] literal = text(shortest + random.nextInt(random.nextInt(10) == 0 ? 40 : 6));
            if (i > 0 && random.nextInt(3) == 0) {
                final byte[] other = set.literal(random.nextInt(set.size())).bytes();
                final int from = random.nextInt(other.length);
                final byte[] part = Arrays.copyOfRange(other, from, from + 1 + random.nextInt(other.length - from));
                literal = part.length < shortest ? literal : part;
            }
            final boolean noCase = random.nextBoolean();
            if (random.nextInt(4) == 0) {
                final int earliest = random.nextInt(20);
                set.add(literal, noCase, earliest, random.nextBoolean() ? PatternSet.UNBOUNDED
                    : earliest + literal.length + random.nextInt(30));
            } else {
                set.add(literal, noCase);
            }
        }
        return set;
    }

    /** Patterns of at least {@code shortest} bytes, all of which start near the beginning. */
    PatternSet boundedSet(final int patterns, final int shortest) {
        final PatternSet set = new PatternSet();
        final int latest = 1 + random.nextInt(9);
        for (int i = 0; i < patterns; i++) {
            final byte[] literal = text(shortest + random.nextInt(6));
            set.add(literal, random.nextBoolean(), 0, literal.length + random.nextInt(latest));
        }
        return set;
    }

    private static byte[] allBytes() {
        final byte[] bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
