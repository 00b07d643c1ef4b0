package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.rule.compile.StreamGroups;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/**
 * Flows as rules see them: a cache line beside each flow's record, with where both of its {@link StreamWindow windows}
 * stand, and one for the last bytes of those that are not filled, and a {@link RuleFlow} for those that need one. One
 * worker.
 */
final class RuleFlows implements AutoCloseable {
    /** Rules are not asked any more. */
    static final int SILENT = 1;
    /** Content is not looked at any more. */
    static final int STOPPED = 1 << 1;
    /** The lower endpoint's stream is looked at; the upper's in the next bit, as in all pairs of bits. */
    static final int WATCHED = 1 << 2;
    /** The stream is not looked at. */
    static final int UNWATCHED = 1 << 4;
    /** Nobody else wants the stream. */
    static final int UNWANTED = 1 << 6;
    /** How many protocols were known when rules were asked last, of what goes to the server; to the client above. */
    static final int KNOWN_SHIFT = 8;
    static final int KNOWN_BITS = 3;
    /** What follows is encrypted and nobody reads it: payload is not looked at any more. */
    static final int SEALED = 1 << 14;
    /** Part of a message is held in the window of its stream: {@link HeldValues}. */
    static final int HOLDING = 1 << 15;
    /** Something of the stream was told. */
    static final int OPEN = 1 << 16;
    /** Not all of the window was scanned. */
    static final int DIRTY = 1 << 18;
    /** Either stream. */
    static final int DIRTY_ANY = 3 << 18;
    /** Bytes are lost right before the window. */
    static final int BEHIND_GAP = 1 << 20;
    /** Rules wait for more of the stream. */
    static final int WAITING = 1 << 22;
    /** The stream has ended. */
    static final int ENDED = 1 << 24;
    /** Both streams. */
    static final int ENDED_BOTH = 3 << 24;

    /** The stream was searched as the client's for what says that messages are not to be passed over. */
    static final int SEARCHED_AS_CLIENT = 1 << 26;
    /** The same as the server's. */
    static final int SEARCHED_AS_SERVER = 1 << 28;
    /** That was found, or may have been missed, in the messages that have not ended yet. */
    static final int FOUND = 1 << 30;

    private static final int MUTED = SILENT | STOPPED;
    private static final int MARKS_SHIFT = 6;
    /** The line that each flow with streams needs; behind it what {@link UnfilledWindows} keep of both. */
    private static final int LINE = 64;
    private static final int LENGTH = LINE + 2 * UnfilledWindows.TAIL;
    private static final int NUMBER = 0;
    private static final int FLAGS = 4;
    private static final int SET = 8;
    private static final int HELD = 12;
    private static final int WINDOWS = 16;
    private static final int WINDOW_LENGTH = 24;
    /** In a window; {@link StreamWindow} has what is before. */
    private static final int SEARCH = 20;

    private final NativeMemory.Region region;
    /** Where it is. */
    private final long base;
    private final WindowMemory memory;
    private final UnfilledWindows unfilled;
    private final long capacity;
    private final int most;
    private final Counters counters;
    private RuleFlow[] made = new RuleFlow[64];
    private int[] free = new int[64];
    private int freeCount;
    private int madeCount;
    /** Windows of which not all was scanned. */
    private int dirty;
    /**
     * A bit for each flow that has a {@link RuleFlow}, or that rules have said of that it is not to be asked about or
     * looked into: of the others a line of the cache need not be fetched to tell.
     */
    private final long[] marked;
    /** A bit for each flow at whose ports, as was found when it began, rules ask no more than at any. */
    private final long[] unnamed;
    /** Lines are there from the beginning of each flow on, else only those of {@link #marked} flows. */
    private boolean keeping;

    /**
     * Makes the flows of a worker.
     *
     * @param flows handles of flows are below this; {@code flows} itself stands for no flow, and its window is a spare
     * @param most  most flows that have a {@link RuleFlow}
     */
    RuleFlows(final long flows, final int most, final WindowMemory memory, final Counters counters) {
        capacity = flows;
        region = NativeMemory.allocateLazily(NativeMemory.Tag.RULES, (flows + 1) * LENGTH, NativeMemory.CACHE_LINE);
        base = region.address();
        this.most = most;
        this.memory = memory;
        this.counters = counters;
        unfilled = new UnfilledWindows(this, counters);
        marked = new long[(int) (flows >>> MARKS_SHIFT) + 1];
        unnamed = new long[marked.length];
        clear(flows);
    }

    /** Handle of the record that no flow has. */
    long spare() {
        return capacity;
    }

    WindowMemory memory() {
        return memory;
    }

    UnfilledWindows unfilled() {
        return unfilled;
    }

    private long record(final long handle) {
        return base + handle * LENGTH;
    }

    /** Where the state of a window is. */
    long window(final long handle, final int side) {
        return record(handle) + WINDOWS + (long) side * WINDOW_LENGTH;
    }

    /** Where the last bytes of a window are that is not filled, {@link UnfilledWindows#TAIL} of them. */
    long tail(final long handle, final int side) {
        return record(handle) + LINE + (long) side * UnfilledWindows.TAIL;
    }

    /** Reads what a segment with data of a flow needs. */
    long touch(final long handle) {
        return flags(handle) + UnsafeApi.getLong(record(handle) + LINE);
    }

    /**
     * Keeps lines from here on, of all flows up to a handle as well. Before that, where rules look at nothing that
     * flows carry, a flow's line is not touched until something is to be kept of it, and nobody may ask for its flags
     * or its windows unless it is muted.
     */
    void keep(final long highest) {
        keeping = true;
        for (long handle = 0; handle <= highest; handle++) {
            if (!isMarked(handle)) {
                clear(handle);
            }
        }
    }

    /** Notes whether rules ask no more at a flow's ports than at any. */
    void unnamed(final long handle, final boolean value) {
        final long bit = 1L << handle;
        final int word = (int) (handle >>> MARKS_SHIFT);
        unnamed[word] = value ? unnamed[word] | bit : unnamed[word] & ~bit;
    }

    /** True if rules ask no more at a flow's ports than at any; false if that was not noted. */
    boolean isUnnamed(final long handle) {
        return (unnamed[(int) (handle >>> MARKS_SHIFT)] >>> handle & 1) != 0;
    }

    /** Forgets at which flows' ports no more is asked: there are other rules. */
    void forgetUnnamed() {
        Arrays.fill(unnamed, 0);
    }

    /** True if each flow has its line. */
    boolean isKeeping() {
        return keeping;
    }

    void start(final long handle) {
        if (keeping) {
            clear(handle);
        }
        if (isMarked(handle)) {
            marked[(int) (handle >>> MARKS_SHIFT)] &= ~(1L << handle);
        }
    }

    private void clear(final long handle) {
        final long at = record(handle);
        for (int i = 0; i < LINE; i += Long.BYTES) {
            UnsafeApi.putLong(at + i, 0);
        }
    }

    private void mark(final long handle) {
        if (!keeping && !isMarked(handle)) {
            clear(handle);
        }
        marked[(int) (handle >>> MARKS_SHIFT)] |= 1L << handle;
    }

    private boolean isMarked(final long handle) {
        return (marked[(int) (handle >>> MARKS_SHIFT)] >>> handle & 1) != 0;
    }

    /** True if rules about what a flow carries are not asked any more. */
    boolean isMuted(final long handle) {
        return isMarked(handle) && (flags(handle) & MUTED) != 0;
    }

    /** True if no rule about a flow is asked any more. */
    boolean isSilent(final long handle) {
        return isMarked(handle) && (flags(handle) & SILENT) != 0;
    }

    /** Says that rules are not asked any more: {@link #SILENT} or {@link #STOPPED}. */
    void mute(final long handle, final int flag) {
        mark(handle);
        addFlags(handle, flag);
    }

    int flags(final long handle) {
        return UnsafeApi.getInt(record(handle) + FLAGS);
    }

    void flags(final long handle, final int flags) {
        UnsafeApi.putInt(record(handle) + FLAGS, flags);
    }

    void addFlags(final long handle, final int flags) {
        flags(handle, flags(handle) | flags);
    }

    void clearFlags(final long handle, final int flags) {
        flags(handle, flags(handle) & ~flags);
    }

    /** Notes that not all of a window was scanned. */
    void dirty(final long handle, final int side) {
        final int before = flags(handle);
        if ((before & DIRTY << side) == 0) {
            flags(handle, before | DIRTY << side);
            dirty++;
        }
    }

    /** Notes that all of a window was scanned. */
    void clean(final long handle, final int side) {
        final int before = flags(handle);
        if ((before & DIRTY << side) != 0) {
            flags(handle, before & ~(DIRTY << side));
            dirty--;
        }
    }

    /** True if there is a window of which not all was scanned. */
    boolean isAnyDirty() {
        return dirty > 0;
    }

    /** Key of the set that a flow's streams began with; 0 while nothing of them was told. */
    int set(final long handle) {
        return UnsafeApi.getInt(record(handle) + SET);
    }

    void set(final long handle, final int key) {
        UnsafeApi.putInt(record(handle) + SET, key);
    }

    /** Number of what is held in the window of a flow; of one that is {@link #HOLDING}. */
    int held(final long handle) {
        return UnsafeApi.getInt(record(handle) + HELD);
    }

    void held(final long handle, final int number) {
        UnsafeApi.putInt(record(handle) + HELD, number);
    }

    /** Forgets what a flow's streams are searched for. */
    void forgetSearches(final long handle) {
        UnsafeApi.putInt(window(handle, 0) + SEARCH, StreamGroups.NONE);
        UnsafeApi.putInt(window(handle, 1) + SEARCH, StreamGroups.NONE);
    }

    /** Number of what a stream is searched for, or {@link StreamGroups#NONE}. */
    int search(final long handle, final int side) {
        return UnsafeApi.getInt(window(handle, side) + SEARCH);
    }

    void search(final long handle, final int side, final int number) {
        UnsafeApi.putInt(window(handle, side) + SEARCH, number);
    }

    /** What is kept of a flow, or null. */
    RuleFlow find(final long handle) {
        if (!isMarked(handle)) {
            return null;
        }
        final int number = UnsafeApi.getInt(record(handle) + NUMBER);
        return number == 0 ? null : made[number];
    }

    /** The same, made if there is none; null if there are as many as may be. */
    RuleFlow get(final long handle) {
        final RuleFlow found = find(handle);
        if (found != null) {
            return found;
        }
        final RuleFlow flow = take();
        if (flow == null) {
            counters.increment(Counter.RULE_FLOWS_REFUSED);
            return null;
        }
        flow.begin();
        mark(handle);
        UnsafeApi.putInt(record(handle) + NUMBER, flow.number);
        return flow;
    }

    private RuleFlow take() {
        if (freeCount > 0) {
            return made[free[--freeCount]];
        }
        if (madeCount == most) {
            return null;
        }
        madeCount++;
        if (madeCount == made.length) {
            made = Arrays.copyOf(made, 2 * madeCount);
            free = Arrays.copyOf(free, 2 * madeCount);
        }
        made[madeCount] = new RuleFlow(madeCount);
        return made[madeCount];
    }

    /** Gives back what is kept of a flow; windows and set are the caller's. */
    void end(final long handle) {
        final RuleFlow flow = find(handle);
        if (flow != null) {
            free[freeCount++] = flow.number;
            UnsafeApi.putInt(record(handle) + NUMBER, 0);
        }
    }

    @Override
    public void close() {
        unfilled.close();
        region.close();
    }
}
