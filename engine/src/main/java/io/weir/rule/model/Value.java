package io.weir.rule.model;

/**
 * A number that a rule gives, or one that an earlier step of the same rule reads from the traffic.
 *
 * @param constant the number, unless {@code variable} is named
 * @param variable name of what was read, or null
 */
public record Value(long constant, String variable) {
    /** A number the rule gives. */
    public static Value of(final long constant) {
        return new Value(constant, null);
    }

    /** A number that is read. */
    public static Value of(final String variable) {
        return new Value(0, variable);
    }

    /** True if the rule gives it. */
    public boolean isConstant() {
        return variable == null;
    }
}
