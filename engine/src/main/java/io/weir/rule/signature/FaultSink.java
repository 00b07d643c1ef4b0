package io.weir.rule.signature;

/** Takes the faults of one rule. */
interface FaultSink {
    /**
     * Something is wrong.
     *
     * @param at      where in the rule's text
     * @param keyword what it is about
     */
    void told(int at, String keyword, RejectedException fault);
}
