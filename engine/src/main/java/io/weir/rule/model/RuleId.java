package io.weir.rule.model;

/**
 * What a rule is called in records.
 *
 * @param generator {@code gid}, 1 unless the rule says otherwise
 * @param signature {@code sid}, unique with its generator within a rule set
 * @param revision  {@code rev}, 0 if not given
 */
public record RuleId(int generator, long signature, int revision) {
    @Override
    public String toString() {
        return generator == 1 ? Long.toString(signature) : generator + ":" + signature;
    }
}
