package io.weir.rule.pattern;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * The automaton of a set in one piece of native memory: 16 bytes for each state, so that a step touches one cache line,
 * a first filter over the starts of patterns, and what must be looked at where a pattern ends.
 */
final class AhoCorasickDatabase extends PatternDatabase {
    /** A state: where its children are, its parent, where to go on without a child, what ends here. */
    static final int STATE_BASE = 0;
    static final int STATE_CHECK = 4;
    static final int STATE_FAIL = 8;
    static final int STATE_OUTPUT = 12;
    static final int STATE_SHIFT = 4;

    /** A pattern: its bounds, its length, and where its text is if it must be compared, else -1. */
    static final int PATTERN_EARLIEST = 0;
    static final int PATTERN_LATEST = 4;
    static final int PATTERN_LENGTH = 8;
    static final int PATTERN_TEXT = 12;
    static final int PATTERN_SHIFT = 4;

    /** A stream: state, length of the history, history. */
    static final int STREAM_STATE = 0;
    static final int STREAM_HISTORY_LENGTH = 4;
    static final int STREAM_HISTORY = 8;

    /** A longer value is not looked at for starts of patterns alone. */
    private static final int MOST_FILTERED = 256;
    /** So many places are asked between two branches. */
    private static final int PLACES = 4;

    final long classes;
    final long states;
    final long groups;
    final long patternTable;
    final long texts;
    final long quads;
    final long pairs;
    final long prefixes;
    final int hashShift;
    final int prefixShift;
    final int stride;
    final boolean folded;
    final boolean hasShortPatterns;
    /** Last place at which a pattern may start. */
    private final int lastStart;
    /** Bytes before a piece that comparing may need. */
    final int historyBytes;
    private final NativeMemory.Region memory;
    private final int stateCount;

    AhoCorasickDatabase(final PatternLibrary library, final ScanMode mode, final PatternSet set) {
        super(library, mode, set.size());
        final ByteClasses byteClasses = new ByteClasses(set);
        final Automaton automaton = new Automaton(set, byteClasses);
        final StartFilter filter = new StartFilter(set);
        final int[] groupWords = automaton.groups();
        int textBytes = 0;
        int longest = 1;
        int latest = 0;
        for (int i = 0; i < set.size(); i++) {
            latest = Math.max(latest, set.literal(i).latestEnd() - set.literal(i).bytes().length);
            if (compares(set.literal(i), byteClasses)) {
                textBytes += set.literal(i).bytes().length;
                longest = Math.max(longest, set.literal(i).bytes().length);
            }
        }
        lastStart = latest;
        historyBytes = mode == ScanMode.STREAM ? longest - 1 : 0;
        final PrefixTable prefixTable = new PrefixTable(automaton.prefixes().length);
        hashShift = filter.shift();
        prefixShift = prefixTable.shift();
        stride = filter.stride();
        folded = byteClasses.folded();
        hasShortPatterns = filter.hasShortPatterns();
        stateCount = automaton.states();

        final int slots = automaton.trie().slots();
        final long statesBytes = (long) slots << STATE_SHIFT;
        final long patternsBytes = (long) set.size() << PATTERN_SHIFT;
        final long groupsBytes = (long) groupWords.length * Integer.BYTES;
        final long filterBytes = (long) StartFilter.PAIRS_BYTES + filter.quadsBytes() + prefixTable.bytes();
        memory = NativeMemory.allocateLazily(NativeMemory.Tag.PATTERNS,
            filterBytes + DoubleArray.BLOCK + statesBytes + patternsBytes + groupsBytes + textBytes,
            NativeMemory.CACHE_LINE);
        pairs = memory.address();
        quads = pairs + StartFilter.PAIRS_BYTES;
        prefixes = quads + filter.quadsBytes();
        classes = prefixes + prefixTable.bytes();
        states = classes + DoubleArray.BLOCK;
        patternTable = states + statesBytes;
        groups = patternTable + patternsBytes;
        texts = groups + groupsBytes;
        filter.write(quads, pairs);
        UnsafeApi.setMemory(prefixes, prefixTable.bytes(), (byte) 0);
        for (int i = 0; i < automaton.prefixes().length; i++) {
            prefixTable.put(prefixes, automaton.prefixes()[i], automaton.prefixStates()[i]);
        }
        writeStates(automaton, byteClasses);
        writePatterns(set, byteClasses);
        for (int i = 0; i < groupWords.length; i++) {
            UnsafeApi.putInt(groups + (long) i * Integer.BYTES, groupWords[i]);
        }
    }

    @Override
    public boolean mayHold(final byte[] array, final long address, final int length) {
        if (hasShortPatterns || length > MOST_FILTERED) {
            return true;
        }
        final int last = length - StartFilter.WINDOW;
        // with a stride, a start is seen at the place before or behind it as well
        final int end = Math.min(last, lastStart + stride - 1);
        int i = 0;
        for (; i <= end - (PLACES - 1) * stride; i += PLACES * stride) {
            if (((quad(array, address + i) | quad(array, address + i + stride) | quad(array, address + i + 2L * stride)
                | quad(array, address + i + 3L * stride)) & 1) != 0
                && isStartAmong(array, address, i, i + PLACES * stride, last)) {
                return true;
            }
        }
        return isStartAmong(array, address, i, end + 1, last);
    }

    private long quad(final byte[] array, final long address) {
        return StartFilter.quad(quads, hashShift, UnsafeApi.getInt(array, address));
    }

    private boolean isStartAmong(final byte[] array, final long address, final int from, final int to,
        final int last) {
        for (int i = from; i < to; i += stride) {
            if ((quad(array, address + i) & 1) != 0 && isStartAround(array, address, i, last)) {
                return true;
            }
        }
        return false;
    }

    private boolean isStartAround(final byte[] array, final long address, final int place, final int last) {
        for (int i = Math.max(0, place - stride + 1); i <= Math.min(last, place + stride - 1); i++) {
            if (below(UnsafeApi.getInt(array, address + i)) != DoubleArray.ROOT) {
                return true;
            }
        }
        return false;
    }

    /** The state below the root by four bytes, or the root. */
    int below(final int word) {
        return PrefixTable.find(prefixes, prefixShift, folded ? CaseFolding.fold(word) : word);
    }

    /** How many states the automaton has. */
    int stateCount() {
        return stateCount;
    }

    @Override
    public long bytes() {
        return memory.length();
    }

    @Override
    public int streamBytes() {
        return mode() == ScanMode.STREAM ? STREAM_HISTORY + historyBytes : 0;
    }

    @Override
    public void close() {
        memory.close();
    }

    /** A match in folded bytes may be wrong in case. */
    private static boolean compares(final PatternSet.Literal literal, final ByteClasses byteClasses) {
        return byteClasses.folded() && !literal.noCase() && PatternSet.hasLetters(literal.bytes());
    }

    private void writeStates(final Automaton automaton, final ByteClasses byteClasses) {
        for (int b = 0; b < DoubleArray.BLOCK; b++) {
            UnsafeApi.putByte(classes + b, (byte) byteClasses.of((byte) b));
        }
        final DoubleArray trie = automaton.trie();
        for (int i = 0; i < trie.slots(); i++) {
            final long at = states + ((long) i << STATE_SHIFT);
            UnsafeApi.putInt(at + STATE_BASE, trie.base(i));
            UnsafeApi.putInt(at + STATE_CHECK, trie.check(i));
            UnsafeApi.putInt(at + STATE_FAIL, automaton.fail(i));
            UnsafeApi.putInt(at + STATE_OUTPUT, automaton.output(i));
        }
    }

    private void writePatterns(final PatternSet set, final ByteClasses byteClasses) {
        int text = 0;
        for (int i = 0; i < set.size(); i++) {
            final PatternSet.Literal literal = set.literal(i);
            final boolean compares = compares(literal, byteClasses);
            final long at = patternTable + ((long) i << PATTERN_SHIFT);
            UnsafeApi.putInt(at + PATTERN_EARLIEST, literal.earliestStart());
            UnsafeApi.putInt(at + PATTERN_LATEST, literal.latestEnd());
            UnsafeApi.putInt(at + PATTERN_LENGTH, literal.bytes().length);
            UnsafeApi.putInt(at + PATTERN_TEXT, compares ? text : -1);
            if (compares) {
                for (final byte b : literal.bytes()) {
                    UnsafeApi.putByte(texts + text++, b);
                }
            }
        }
    }
}
