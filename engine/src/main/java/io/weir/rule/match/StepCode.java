package io.weir.rule.match;

/**
 * A compiled step, chained to the one behind it. A step that holds asks the next one, with the place it leaves; where
 * that fails, it looks for itself further on. Immutable once chained; any thread.
 */
public abstract class StepCode {
    /** Behind the last step: everything holds. */
    static final StepCode END = new StepCode() {
        @Override
        boolean run(final Matching matching, final Input in, final int place) {
            return true;
        }
    };

    /** Asked with the place this one leaves. */
    StepCode next = END;
    /** True if the place this step leaves matters to a later one, so that another place may make that one hold. */
    boolean placeMatters;

    /** True if this step, and all behind it, hold for the bytes. */
    public final boolean matches(final Matching matching, final Input in) {
        return run(matching, in, 0);
    }

    /**
     * True if this step and all behind it hold.
     *
     * @param place where the step before has ended
     */
    abstract boolean run(Matching matching, Input in, int place);

    /** True if the place of the step before matters. */
    boolean isRelative() {
        return false;
    }

    /** True if it leaves a place that does not depend on the place before, so that what was before does not matter. */
    boolean setsPlace() {
        return false;
    }

    /** True if the steps behind it are asked of other bytes. */
    boolean changesInput() {
        return false;
    }
}
