package io.weir.rule.pattern;

import static io.weir.rule.pattern.AhoCorasickDatabase.PATTERN_EARLIEST;
import static io.weir.rule.pattern.AhoCorasickDatabase.PATTERN_LATEST;
import static io.weir.rule.pattern.AhoCorasickDatabase.PATTERN_LENGTH;
import static io.weir.rule.pattern.AhoCorasickDatabase.PATTERN_SHIFT;
import static io.weir.rule.pattern.AhoCorasickDatabase.PATTERN_TEXT;
import static io.weir.rule.pattern.AhoCorasickDatabase.STATE_BASE;
import static io.weir.rule.pattern.AhoCorasickDatabase.STATE_CHECK;
import static io.weir.rule.pattern.AhoCorasickDatabase.STATE_FAIL;
import static io.weir.rule.pattern.AhoCorasickDatabase.STATE_OUTPUT;
import static io.weir.rule.pattern.AhoCorasickDatabase.STATE_SHIFT;
import static io.weir.rule.pattern.AhoCorasickDatabase.STREAM_HISTORY;
import static io.weir.rule.pattern.AhoCorasickDatabase.STREAM_HISTORY_LENGTH;
import static io.weir.rule.pattern.AhoCorasickDatabase.STREAM_STATE;

import io.weir.base.NativeLayout;
import org.agrona.UnsafeApi;

/**
 * Runs the automaton. At its root it does not step: the filter skips to where a pattern may start. A state that falls
 * back to the first one to three bytes of a pattern goes back to the filter as well, which then looks at those bytes
 * again; so each byte is looked at a bounded number of times, whatever it is. One thread.
 */
final class AutomatonSearch {
    private long matches;
    private long marks;
    private AhoCorasickDatabase database;
    private long data;
    private long history;
    private int historyLength;
    private long base;
    private int job;
    private int generation;
    private int found;

    /**
     * Says where what is found goes.
     *
     * @param matchesAddress of the matches, of which there are {@code count} already
     * @param marksAddress   of a mark of each pattern
     */
    void begin(final long matchesAddress, final long marksAddress, final int count) {
        matches = matchesAddress;
        marks = marksAddress;
        found = count;
    }

    /** How many matches there are. */
    int found() {
        return found;
    }

    /**
     * Searches what a job says, block or piece of a stream.
     *
     * @param at           where the job is described
     * @param number       of the job
     * @param ofGeneration marks patterns that it has told
     */
    void search(final AhoCorasickDatabase with, final long at, final int number, final int ofGeneration) {
        database = with;
        job = number;
        generation = ofGeneration;
        data = UnsafeApi.getLong(at + NativeLayout.JOB_ADDRESS);
        base = UnsafeApi.getLong(at + NativeLayout.JOB_BASE);
        final int length = UnsafeApi.getInt(at + NativeLayout.JOB_LENGTH);
        final long stream = UnsafeApi.getLong(at + NativeLayout.JOB_STREAM);
        if (stream == 0) {
            historyLength = 0;
            walk(DoubleArray.ROOT, length);
            return;
        }
        history = stream + STREAM_HISTORY;
        historyLength = UnsafeApi.getInt(stream + STREAM_HISTORY_LENGTH);
        final int state = walk(UnsafeApi.getInt(stream + STREAM_STATE), length);
        UnsafeApi.putInt(stream + STREAM_STATE, state);
        UnsafeApi.putInt(stream + STREAM_HISTORY_LENGTH, keep(length));
    }

    /** Steps through the bytes from a state; answers the state behind the last. */
    private int walk(final int from, final int length) {
        final AhoCorasickDatabase automaton = database;
        final long states = automaton.states;
        final long classes = automaton.classes;
        final long bytes = data;
        final int lastWindow = length - StartFilter.WINDOW;
        int state = from;
        int i = 0;
        while (i < length) {
            if (state == DoubleArray.ROOT && i <= lastWindow) {
                i = automaton.hasShortPatterns ? skipBoth(automaton, bytes, i, lastWindow)
                    : skipQuads(automaton, bytes, i, lastWindow);
                if (i <= lastWindow && !automaton.hasShortPatterns) {
                    state = automaton.below(UnsafeApi.getInt(bytes + i));
                    if (state != DoubleArray.ROOT) {
                        i += StartFilter.WINDOW;
                        tellAt(states, state, i);
                    }
                    continue;
                }
            }
            final int byteClass = UnsafeApi.getByte(classes + (UnsafeApi.getByte(bytes + i) & 0xff)) & 0xff;
            final long at = states + ((long) state << STATE_SHIFT);
            final int next = UnsafeApi.getInt(at + STATE_BASE) ^ byteClass;
            if (UnsafeApi.getInt(states + ((long) next << STATE_SHIFT) + STATE_CHECK) == state) {
                state = next;
                i++;
                tellAt(states, state, i);
            } else if (state == DoubleArray.ROOT) {
                i++;
            } else {
                final int fail = UnsafeApi.getInt(at + STATE_FAIL);
                final int back = i - (fail >>> Automaton.STATE_BITS);
                state = fail & Automaton.STATE_MASK;
                if (back < i && back >= 0 && back <= lastWindow) {
                    state = DoubleArray.ROOT;
                    i = back;
                }
            }
        }
        return state;
    }

    /**
     * The first offset at which a pattern starts with its first four bytes, all shorter ones being absent; or the first
     * that was not asked, which is the last window or comes behind it.
     */
    private static int skipQuads(final AhoCorasickDatabase automaton, final long bytes, final int from,
        final int last) {
        final long quads = automaton.quads;
        final int shift = automaton.hashShift;
        final int stride = automaton.stride;
        final int four = 4 * stride;
        int i = from;
        while (i + four - stride <= last) {
            final long at = bytes + i;
            final long first = StartFilter.quad(quads, shift, UnsafeApi.getInt(at)) & 1;
            final long second = StartFilter.quad(quads, shift, UnsafeApi.getInt(at + stride)) & 1;
            final long third = StartFilter.quad(quads, shift, UnsafeApi.getInt(at + 2L * stride)) & 1;
            final long fourth = StartFilter.quad(quads, shift, UnsafeApi.getInt(at + 3L * stride)) & 1;
            final long hits = first | second << 1 | third << 2 | fourth << 3;
            if (hits == 0) {
                i += four;
                continue;
            }
            i += Long.numberOfTrailingZeros(hits) * stride;
            final int start = startAround(automaton, bytes, i, from, last);
            if (start >= 0) {
                return start;
            }
            i += stride;
        }
        for (; i <= last; i += stride) {
            if ((StartFilter.quad(quads, shift, UnsafeApi.getInt(bytes + i)) & 1) != 0) {
                final int start = startAround(automaton, bytes, i, from, last);
                if (start >= 0) {
                    return start;
                }
            }
        }
        return Math.max(from, i - stride + 1);
    }

    /** The first start of a pattern that made the filter answer at a place, or -1 if none did. */
    private static int startAround(final AhoCorasickDatabase automaton, final long bytes, final int place,
        final int from, final int last) {
        final int reach = automaton.stride - 1;
        for (int start = Math.max(from, place - reach); start <= Math.min(last, place + reach); start++) {
            if (automaton.below(UnsafeApi.getInt(bytes + start)) != DoubleArray.ROOT) {
                return start;
            }
        }
        return -1;
    }

    /** The same where there are shorter patterns. */
    private static int skipBoth(final AhoCorasickDatabase automaton, final long bytes, final int from, final int last) {
        final long quads = automaton.quads;
        final long pairs = automaton.pairs;
        final int shift = automaton.hashShift;
        int i = from;
        while (i <= last) {
            final int word = UnsafeApi.getInt(bytes + i);
            final long pair = pair(pairs, word);
            if (((StartFilter.quad(quads, shift, word) | pair) & 1) != 0 && ((pair & 1) != 0
                || automaton.below(word) != DoubleArray.ROOT)) {
                break;
            }
            i++;
        }
        return i;
    }

    private void tellAt(final long states, final int state, final int end) {
        final int output = UnsafeApi.getInt(states + ((long) state << STATE_SHIFT) + STATE_OUTPUT);
        if (output != 0) {
            tell(output, end);
        }
    }

    /** Bit 0 says whether a short pattern may start with the first two bytes; the others mean nothing. */
    private static long pair(final long pairs, final int word) {
        final int pair = word & StartFilter.CASE_MASK & 0xffff;
        return UnsafeApi.getLong(pairs + (pair >>> 6 << 3)) >>> pair;
    }

    /** Tells the patterns of a group, and of those of shorter ones, unless told, out of bounds or in the other case. */
    private void tell(final int firstGroup, final int end) {
        int group = firstGroup;
        while (group != 0) {
            final long at = database.groups + (long) group * Integer.BYTES;
            final int count = UnsafeApi.getInt(at + Integer.BYTES);
            for (int k = 2; k < count + 2; k++) {
                final int pattern = UnsafeApi.getInt(at + (long) k * Integer.BYTES);
                final long mark = marks + (long) pattern * Integer.BYTES;
                if (UnsafeApi.getInt(mark) != generation && counts(pattern, end)) {
                    UnsafeApi.putInt(mark, generation);
                    final long match = matches + (long) found++ * NativeLayout.MATCH_BYTES;
                    UnsafeApi.putInt(match + NativeLayout.MATCH_PATTERN, pattern);
                    UnsafeApi.putInt(match + NativeLayout.MATCH_JOB, job);
                    UnsafeApi.putLong(match + NativeLayout.MATCH_END, base + end);
                }
            }
            group = UnsafeApi.getInt(at);
        }
    }

    private boolean counts(final int pattern, final int end) {
        final long at = database.patternTable + ((long) pattern << PATTERN_SHIFT);
        final int length = UnsafeApi.getInt(at + PATTERN_LENGTH);
        final int latest = UnsafeApi.getInt(at + PATTERN_LATEST);
        final long start = base + end - length;
        if (start < UnsafeApi.getInt(at + PATTERN_EARLIEST)
            || base + end > latest && latest != PatternSet.UNBOUNDED) {
            return false;
        }
        final int text = UnsafeApi.getInt(at + PATTERN_TEXT);
        return text < 0 || equal(database.texts + text, length, end);
    }

    /** Whether a pattern's text stands before an offset of the piece, the beginning of it perhaps in the history. */
    private boolean equal(final long text, final int length, final int end) {
        for (int k = 1; k <= length; k++) {
            final int at = end - k;
            final long there = at >= 0 ? data + at : history + historyLength + at;
            if (UnsafeApi.getByte(text + length - k) != UnsafeApi.getByte(there)) {
                return false;
            }
        }
        return true;
    }

    /** Moves the last bytes of history and piece into the history; answers its length. */
    private int keep(final int length) {
        final int room = database.historyBytes;
        if (length >= room) {
            UnsafeApi.copyMemory(data + length - room, history, room);
            return room;
        }
        final int kept = Math.min(historyLength, room - length);
        final long from = history + historyLength - kept;
        for (int i = 0; i < kept; i++) {
            UnsafeApi.putByte(history + i, UnsafeApi.getByte(from + i));
        }
        UnsafeApi.copyMemory(data, history + kept, length);
        return kept + length;
    }
}
