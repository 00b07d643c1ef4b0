package io.weir.capture.tpacket;

/**
 * Rings that share an interface's frames by flow: the kernel's PACKET_FANOUT, with a program of ours that hashes flows
 * as {@link io.weir.flow.Toeplitz} does. The ring opened first has the flows whose hash is 0 modulo their number.
 */
public final class FanOutGroup {
    private final int[] words;
    private int id;

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

    /** The kernel's number of it, 0 before its first ring is open. */
    int id() {
        return id;
    }

    void id(final int value) {
        id = value;
    }
}
