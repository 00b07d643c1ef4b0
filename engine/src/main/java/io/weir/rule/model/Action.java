package io.weir.rule.model;

/**
 * What a rule is for, in the order in which rules are asked. weir listens on a span port and blocks nothing: what a
 * rule wants dropped or rejected is an alert that says so.
 */
public enum Action {
    /** What matches is not asked of rules behind it, and not alerted on. */
    PASS("pass"),
    /** An alert of traffic that an inline engine would drop. */
    DROP("drop"),
    /** An alert of traffic that an inline engine would answer with a reset. */
    REJECT("reject"),
    /** An alert. */
    ALERT("alert"),
    /** No alert of its own: only the rule's effects. */
    SILENT("silent");

    private final String word;

    Action(final String word) {
        this.word = word;
    }

    /** As it is written in rules. */
    public String word() {
        return word;
    }
}
