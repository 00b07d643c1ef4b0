package io.weir.rule.signature;

/**
 * A class of rules, named by {@code classtype}.
 *
 * @param name        short name
 * @param description what records print
 * @param priority    1 for the worst
 */
record ClassType(String name, String description, int priority) {
}
