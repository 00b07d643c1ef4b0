package io.weir.rule.explain;

import io.weir.rule.model.Rule;

/**
 * A rule up to one of its conditions.
 *
 * @param text        what the last condition asks
 * @param rule        the rule as it would be if it ended there
 * @param isOfPayload true if the last condition looks at payload
 */
public record Stage(String text, Rule rule, boolean isOfPayload) {
}
