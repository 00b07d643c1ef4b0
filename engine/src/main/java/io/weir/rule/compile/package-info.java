/** Turns rules into an immutable {@link io.weir.rule.compile.RuleSet}: ordered, grouped, with pattern databases. */
package io.weir.rule.compile;
