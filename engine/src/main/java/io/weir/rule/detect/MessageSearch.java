package io.weir.rule.detect;

/**
 * What the scans of streams say of the messages in them: those in which nothing is found of what rules look for in
 * messages are passed over. One worker.
 */
final class MessageSearch {
    private final RuleFlows flows;
    private final WorkerFlows facts;
    private final Scan scan;
    /** Sides of whose messages something was found in the frame being worked on: a bit for each. */
    private int found;

    MessageSearch(final RuleFlows flows, final WorkerFlows facts, final Scan scan) {
        this.flows = flows;
        this.facts = facts;
        this.scan = scan;
    }

    /** A frame arrives. */
    void arrives() {
        found = 0;
    }

    /** Notes what the scan just done says of messages, which the client or the server sends. */
    void searched(final long handle, final int side, final boolean asClient) {
        int flags = (asClient ? RuleFlows.SEARCHED_AS_CLIENT : RuleFlows.SEARCHED_AS_SERVER) << side;
        if (scan.isGateFound()) {
            found |= 1 << side;
            flags |= RuleFlows.FOUND << side;
        } else if (scan.isGateHidden()) {
            // not in a message that begins in what is new
            flags |= RuleFlows.FOUND << side;
        }
        flows.addFlags(handle, flags);
    }

    /** Notes that new bytes hold nothing. */
    void searchedInVain(final long handle, final int side, final boolean asClient) {
        flows.addFlags(handle, (asClient ? RuleFlows.SEARCHED_AS_CLIENT : RuleFlows.SEARCHED_AS_SERVER) << side);
    }

    /** Bytes of a side were not searched together with those before them: anything may be in them. */
    void unsearched(final long handle, final int side) {
        found |= 1 << side;
        flows.addFlags(handle, RuleFlows.FOUND << side);
    }

    /**
     * True if nothing was found of what messages of a side are searched for, as far as their bytes have come. Called
     * when one begins of which nothing came before the bytes being told.
     */
    boolean foundNothing(final LoadedSet set, final long handle, final boolean byClient, final boolean begins) {
        final int side = facts.initiatorIsUpper(handle) == byClient ? 1 : 0;
        if (begins && (found & 1 << side) == 0) {
            // what was found before was found in messages before
            flows.clearFlags(handle, RuleFlows.FOUND << side);
        }
        final int asked = RuleFlows.SEARCHED_AS_CLIENT | RuleFlows.SEARCHED_AS_SERVER | RuleFlows.FOUND
            | RuleFlows.UNWATCHED;
        final int searched = byClient ? RuleFlows.SEARCHED_AS_CLIENT : RuleFlows.SEARCHED_AS_SERVER;
        return (flows.flags(handle) & asked << side) == searched << side && flows.set(handle) == set.key;
    }
}
