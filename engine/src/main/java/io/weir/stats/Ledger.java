package io.weir.stats;

/**
 * The identity that must hold from the socket on.
 *
 * @param received  frames the sources offered
 * @param processed frames a worker looked at
 * @param dropped   frames not processed, under any reason
 */
public record Ledger(long received, long processed, long dropped) {
    /** True if nothing was lost without a reason. */
    public boolean balanced() {
        return received == processed + dropped;
    }

    /** Frames without a reason; negative if more were accounted for than came in. */
    public long missing() {
        return received - processed - dropped;
    }
}
