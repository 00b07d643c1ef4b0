package io.weir.protocol.content.brotli;

/** Tables of codes that stand for ranges of numbers, each as long as its extra bits allow. */
final class Ranges {
    private Ranges() {
    }

    /** The first number of each range, when each range follows on the one before. */
    static int[] firsts(final int first, final int[] extraBits) {
        final int[] firsts = new int[extraBits.length];
        int number = first;
        for (int i = 0; i < firsts.length; i++) {
            firsts[i] = number;
            number += 1 << extraBits[i];
        }
        return firsts;
    }
}
