package io.weir.rule.regex;

import java.util.Objects;
import org.agrona.DirectBuffer;

/**
 * Matches expressions. Holds all the memory that takes, bounded and reserved when it is made: matching allocates
 * nothing. One thread; one matcher serves any number of expressions.
 *
 * <p>Offsets are relative to the start of the input, which is its own world: {@code ^} matches at its start, and
 * nothing
 * in front of it is looked at. To match relative to an earlier match, hand over an input that starts there.
 *
 * <p>An expression that {@link Regex#isLinear} is first looked for by a deterministic automaton. Where groups are asked
 * for and there is a match, a backtracker looks for them, and if it takes too many steps, all ways are followed at
 * once.
 * Any other is left to the backtracker, which gives up at a limit.
 */
public final class RegexMatcher {
    /** How many steps are allowed for an expression that is not linear, whatever the input's length. */
    public static final int STEPS_DEFAULT = 20_000;
    /** How many more steps are allowed for each byte. */
    public static final int STEPS_A_BYTE = 8;

    private static final int STACK_ENTRIES = 1 << 15;

    private final int stepLimit;
    private final Input in = new Input();
    private final LazyDfa dfa = new LazyDfa();
    private final Backtracker backtracker = new Backtracker(STACK_ENTRIES);
    private final PikeMachine pike = new PikeMachine();
    private int groups = -1;

    /** How a search ended. */
    public enum Result {
        /** There is a match. */
        FOUND,
        /** There is none. */
        NOT_FOUND,
        /** Whether there is one was not found out within the limits; never with a {@link Regex#isLinear} one. */
        LIMIT
    }

    /** With {@link #STEPS_DEFAULT}. */
    public RegexMatcher() {
        this(STEPS_DEFAULT);
    }

    /**
     * With a limit of its own.
     *
     * @param stepLimit how many steps are allowed for an expression that is not linear; {@link #STEPS_A_BYTE} more for
     *                  each byte of the input.
     */
    public RegexMatcher(final int stepLimit) {
        this.stepLimit = stepLimit;
    }

    /**
     * Looks for the first match that starts at {@code from} or later, with all of its groups. Assertions may look at
     * bytes before {@code from}.
     *
     * @param regex  what to look for.
     * @param buffer where the input lies.
     * @param offset where it starts in the buffer.
     * @param length how many bytes it has.
     * @param from   where the search starts, relative to {@code offset}.
     * @throws IndexOutOfBoundsException if the buffer does not contain the input, or the input {@code from}.
     */
    public Result find(final Regex regex, final DirectBuffer buffer, final int offset, final int length,
        final int from) {
        return search(regex, buffer, offset, length, from, true);
    }

    /**
     * As {@link #find}, but only says whether there is a match, which is faster. Groups are unknown afterwards.
     *
     * @throws IndexOutOfBoundsException if the buffer does not contain the input, or the input {@code from}.
     */
    public Result contains(final Regex regex, final DirectBuffer buffer, final int offset, final int length,
        final int from) {
        return search(regex, buffer, offset, length, from, false);
    }

    private Result search(final Regex regex, final DirectBuffer buffer, final int offset, final int length,
        final int from, final boolean withGroups) {
        in.wrap(buffer, offset, length, from);
        groups = -1;
        if (!regex.prefilter.mayMatch(in, from)) {
            return Result.NOT_FOUND;
        }
        final Automaton automaton = regex.automaton;
        if (automaton != null) {
            if (!dfa.contains(automaton, regex.prefilter, in)) {
                return Result.NOT_FOUND;
            }
            if (!withGroups) {
                return Result.FOUND;
            }
        }
        Result result = backtracker.find(regex, in, stepLimit + (long) STEPS_A_BYTE * length);
        if (result == Result.LIMIT && automaton != null) {
            final boolean found = pike.find(automaton, regex.prefilter, in, backtracker.slots());
            result = found ? Result.FOUND : Result.NOT_FOUND;
        }
        groups = withGroups && result == Result.FOUND ? regex.groupCount() : -1;
        return result;
    }

    /**
     * Where a group of the match found last starts, relative to the start of the input; -1 if it took no part.
     *
     * @param group its number; 0 for the whole match.
     * @throws IndexOutOfBoundsException if the last search was no {@link #find} with a match, or there is no such
     * group.
     */
    public int start(final int group) {
        return isSet(group) ? backtracker.slots()[2 * group] : -1;
    }

    /**
     * Where a group of the match found last ends: the offset behind its last byte; -1 if it took no part.
     *
     * @throws IndexOutOfBoundsException as {@link #start} does.
     */
    public int end(final int group) {
        return isSet(group) ? backtracker.slots()[2 * group + 1] : -1;
    }

    /** A group that was entered again and not left has its old end with a new start, and none at first. */
    private boolean isSet(final int group) {
        Objects.checkIndex(group, groups + 1);
        return backtracker.slots()[2 * group + 1] >= 0;
    }
}
