package io.weir.capture.tpacket;

/**
 * Rings that share an interface's frames by flow: the kernel's PACKET_FANOUT, with a program of ours that hashes flows
 * as {@link io.weir.flow.Toeplitz} does. The ring opened first has the flows whose hash is 0 modulo their number.
 */
public final class FanOutGroup {
    /** {@code WEIR_NEW_GROUP} of native/src/weir.h: no group has this number, where the kernel's first one has 0. */
    private static final int NEW = 1 << 16;

    private final int[] words;
    private int id = NEW;

    /**
     * Makes a group, which its first ring founds.
     *
     * @param words of the hash, as {@code Toeplitz.words} has them
     */
    public FanOutGroup(final int[] words) {
        this.words = words.clone();
    }

    /** The words, {@code WEIR_FANOUT_WORDS} of native/src/weir.h. */
    int[] words() {
        return words;
    }

    /** The kernel's number of it; before its first ring is open, what asks for a new one. */
    int id() {
        return id;
    }

    void id(final int value) {
        id = value;
    }
}
