package io.weir.rule.regex;

import java.util.Arrays;

/**
 * Tries one way after the other and comes back to those left open, which lie on a stack of fixed size. Knows every
 * instruction; the number of steps is limited, because some expressions have more ways than could ever be tried.
 *
 * <p>An entry of the stack has three numbers: a way to go on, with its position and -1; a span to shorten or
 * lengthen, with
 * its end and the furthest end; or a slot to put back (its complement) with its value.
 */
final class Backtracker {
    private static final int ENTRY = 3;
    private static final int NO_SPAN = -1;
    /** Going over so many bytes counts as a step. */
    private static final int BYTES_A_STEP = 4;
    private static final int NONE = -1;

    private final int[] stack;
    private final int[] slots = new int[Regex.SLOTS_MAX];
    private int depth;
    private long steps;
    /** The position of the way that {@link #back} came to. */
    private int resumed;
    private Input in;
    private Code code;

    Backtracker(final int entries) {
        stack = new int[entries * ENTRY];
    }

    /** Starts and ends of groups after a match; -1 where a group took no part. */
    int[] slots() {
        return slots;
    }

    /** How many steps the last search had left; negative if it ended at the limit. */
    long stepsLeft() {
        return steps;
    }

    /** Looks for the first match within a number of steps. */
    RegexMatcher.Result find(final Regex regex, final Input input, final long stepLimit) {
        in = input;
        code = regex.code;
        steps = stepLimit;
        depth = 0;
        Arrays.fill(slots, 0, code.slots, -1);
        int start = regex.anchored ? in.searchStart : regex.prefilter.nextStart(in, in.searchStart);
        while (start >= 0) {
            final RegexMatcher.Result result = match(start);
            if (result != RegexMatcher.Result.NOT_FOUND) {
                return result;
            }
            start = regex.anchored || start == in.length ? -1 : regex.prefilter.nextStart(in, start + 1);
        }
        return RegexMatcher.Result.NOT_FOUND;
    }

    /** Whether there is a match at a position; if there is none, all slots are as before. */
    private RegexMatcher.Result match(final int start) {
        final int[] words = code.words;
        int at = 0;
        int position = start;
        while (true) {
            if (--steps < 0 || depth + 2 * ENTRY > stack.length) {
                return RegexMatcher.Result.LIMIT;
            }
            final int op = words[at];
            boolean goesOn = true;
            switch (op) {
                case Code.BYTE, Code.SET -> {
                    goesOn = position < in.length && code.takes(at, in.at(position));
                    position++;
                    at += Code.STRIDE;
                }
                case Code.SPLIT -> {
                    if (!mayGoOn(words[at + 1], position)) {
                        at = words[at + 2];
                    } else {
                        if (mayGoOn(words[at + 2], position)) {
                            push(words[at + 2], position, NO_SPAN);
                        }
                        at = words[at + 1];
                    }
                }
                case Code.JUMP -> at = words[at + 1];
                case Code.ASSERT -> {
                    goesOn = Assertion.holds(words[at + 1], in.before(position), in.next(position));
                    at += Code.STRIDE;
                }
                case Code.MATCH -> {
                    slots[0] = start;
                    slots[1] = position;
                    return RegexMatcher.Result.FOUND;
                }
                case Code.SPAN -> {
                    position = takeSpan(at, position);
                    goesOn = position >= 0;
                    at += Code.STRIDE;
                }
                case Code.LAZY_SPAN -> {
                    position = takeLazySpan(at, position);
                    goesOn = position >= 0;
                    at += Code.STRIDE;
                }
                case Code.POSSESSIVE_SPAN -> {
                    final int first = position;
                    position = spanEnd(words[at + 1], position, words[at + 3]);
                    goesOn = position - first >= words[at + 2];
                    at += Code.STRIDE;
                }
                case Code.LOOP -> at = position == slots[words[at + 1]] ? words[at + 2] : at + Code.STRIDE;
                case Code.REFERENCE -> {
                    position = repeated(words[at + 1], words[at + 2] != 0, position);
                    goesOn = position >= 0;
                    at += Code.STRIDE;
                }
                case Code.BACK -> {
                    position -= words[at + 1];
                    goesOn = position >= 0;
                    at += Code.STRIDE;
                }
                case Code.LOOK_NOT -> {
                    set(words[at + 1], depth);
                    push(words[at + 2], position, NO_SPAN);
                    at += Code.STRIDE;
                }
                case Code.LOOK_FOUND -> {
                    position = slots[words[at + 1] + 1];
                    cut(slots[words[at + 1]]);
                    at += Code.STRIDE;
                }
                case Code.LOOK_NOT_FOUND -> {
                    unwind(slots[words[at + 1]]);
                    goesOn = false;
                }
                case Code.COPY -> {
                    set(words[at + 1], slots[words[at + 2]]);
                    at += Code.STRIDE;
                }
                case Code.CUT -> {
                    cut(slots[words[at + 1]]);
                    at += Code.STRIDE;
                }
                default -> {
                    remember(op, words[at + 1], position);
                    at += Code.STRIDE;
                }
            }
            if (!goesOn) {
                at = back();
                position = resumed;
                if (at < 0) {
                    return RegexMatcher.Result.NOT_FOUND;
                }
            }
        }
    }

    /** To the way left open last; {@link #NONE} if there is none. */
    private int back() {
        while (depth > 0) {
            depth -= ENTRY;
            final int at = stack[depth];
            final int position = stack[depth + 1];
            final int furthest = stack[depth + 2];
            if (at < 0) {
                slots[~at] = position;
            } else if (furthest == NO_SPAN) {
                resumed = position;
                return at;
            } else {
                resumed = code.words[at] == Code.SPAN ? shorten(at, position, furthest)
                    : lengthen(at, position, furthest);
                if (resumed >= 0) {
                    return at + Code.STRIDE;
                }
            }
        }
        return NONE;
    }

    /** As many bytes as there are; leaves the shorter ones open. */
    private int takeSpan(final int at, final int position) {
        final int end = spanEnd(code.words[at + 1], position, code.words[at + 3]);
        final int least = code.words[at + 2];
        return end - position < least ? NONE : shorten(at, end, position + least);
    }

    /** The longest span up to {@code end} behind which the next instruction may go on. */
    private int shorten(final int at, final int end, final int shortest) {
        int position = end;
        while (!mayGoOn(at + Code.STRIDE, position)) {
            if (--position < shortest) {
                steps -= (end - shortest) / BYTES_A_STEP;
                return NONE;
            }
        }
        steps -= (end - position) / BYTES_A_STEP;
        if (position > shortest) {
            push(at, position - 1, shortest);
        }
        return position;
    }

    /** As few bytes as needed; leaves the longer ones open. */
    private int takeLazySpan(final int at, final int position) {
        final int least = code.words[at + 2];
        final int most = code.words[at + 3];
        final int end = spanEnd(code.words[at + 1], position, least);
        final int longest = (int) Math.min(in.length, (long) position + most);
        return end - position < least ? NONE : lengthen(at, end, longest);
    }

    /** The shortest span from {@code end} on behind which the next instruction may go on. */
    private int lengthen(final int at, final int end, final int longest) {
        int position = end;
        while (!mayGoOn(at + Code.STRIDE, position)) {
            if (position == longest || !code.has(code.words[at + 1], in.at(position))) {
                steps -= (position - end) / BYTES_A_STEP;
                return NONE;
            }
            position++;
        }
        steps -= (position - end) / BYTES_A_STEP;
        if (position < longest && code.has(code.words[at + 1], in.at(position))) {
            push(at, position + 1, longest);
        }
        return position;
    }

    /** Where at most so many bytes of a set end. */
    private int spanEnd(final int set, final int position, final int most) {
        final int last = (int) Math.min(in.length, (long) position + most);
        int end = position;
        while (end < last && code.has(set, in.at(end))) {
            end++;
        }
        steps -= (end - position) / BYTES_A_STEP;
        return end;
    }

    /** Whether an instruction is none that takes a byte, or takes the next one. */
    private boolean mayGoOn(final int at, final int position) {
        return code.words[at] > Code.SET || position < in.length && code.takes(at, in.at(position));
    }

    /** Behind what a group matched, if it stands here again. */
    private int repeated(final int group, final boolean caseless, final int position) {
        final int start = slots[2 * group];
        final int length = slots[2 * group + 1] - start;
        if (start < 0 || length < 0 || length > in.length - position) {
            return NONE;
        }
        steps -= length / BYTES_A_STEP;
        for (int i = 0; i < length; i++) {
            final int wanted = in.at(start + i);
            final int value = in.at(position + i);
            if (wanted != value && !(caseless && ByteSet.lowerCase(wanted) == ByteSet.lowerCase(value))) {
                return NONE;
            }
        }
        return position + length;
    }

    private void remember(final int op, final int slot, final int position) {
        if (op == Code.SAVE) {
            set(slot, position);
        } else {
            final int open = depth;
            set(slot, open);
            if (op == Code.LOOK) {
                set(slot + 1, position);
            }
        }
    }

    private void set(final int slot, final int value) {
        push(~slot, slots[slot], 0);
        slots[slot] = value;
    }

    private void push(final int way, final int position, final int furthest) {
        stack[depth] = way;
        stack[depth + 1] = position;
        stack[depth + 2] = furthest;
        depth += ENTRY;
    }

    /** Gives up the ways opened since; what slots held before is kept, for ways opened earlier. */
    private void cut(final int to) {
        int kept = to;
        for (int i = to; i < depth; i += ENTRY) {
            if (stack[i] < 0) {
                stack[kept] = stack[i];
                stack[kept + 1] = stack[i + 1];
                kept += ENTRY;
            }
        }
        steps -= (depth - to) / ENTRY;
        depth = kept;
    }

    /** Back to the slots as they were, and no way is open but those of then. */
    private void unwind(final int to) {
        steps -= (depth - to) / ENTRY;
        while (depth > to) {
            depth -= ENTRY;
            if (stack[depth] < 0) {
                slots[~stack[depth]] = stack[depth + 1];
            }
        }
    }
}
