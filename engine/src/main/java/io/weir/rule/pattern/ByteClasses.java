package io.weir.rule.pattern;

/**
 * Numbers for the bytes that occur in patterns, 1 and up; all others share 0, which leads nowhere. If any pattern
 * ignores case, both cases of a letter have one number.
 */
final class ByteClasses {
    private final byte[] classes = new byte[256];
    private final boolean folded;

    ByteClasses(final PatternSet set) {
        boolean fold = false;
        for (int i = 0; i < set.size(); i++) {
            fold |= set.literal(i).noCase();
        }
        folded = fold;
        int last = 0;
        for (int i = 0; i < set.size(); i++) {
            for (final byte b : set.literal(i).bytes()) {
                final int index = canonical(b) & 0xff;
                if (classes[index] == 0) {
                    // Where all 256 bytes occur, the last gets 0: then there is no other byte that needs it.
                    classes[index] = (byte) ++last;
                }
            }
        }
        for (int b = 'A'; folded && b <= 'Z'; b++) {
            classes[b] = classes[b | 0x20];
        }
    }

    /** Whether case is ignored, so that a match of a pattern with letters may be one in the other case. */
    boolean folded() {
        return folded;
    }

    /** The byte that stands for all of its class. */
    byte canonical(final byte b) {
        return folded ? CaseFolding.fold(b) : b;
    }

    int of(final byte b) {
        return classes[b & 0xff] & 0xff;
    }
}
