package io.weir.rule.detect;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.reassembly.StreamHistory;
import io.weir.rule.compile.StreamGroups.Search;
import org.agrona.UnsafeApi;

/**
 * Windows of streams in which nothing was found yet, which is most: their bytes are not copied, since reassembly has
 * them for comparison. They are filled when somebody wants to see them, and before reassembly forgets them, so that
 * nobody can tell the difference. One worker.
 */
final class UnfilledWindows {
    /** So much may be handed on, with what it takes beside it and what is left free, before the next look. */
    private static final int MARGIN = 4 * 64 * 1024;
    /** With less history than that windows are filled at once. */
    private static final int LEAST_HISTORY = 2 * MARGIN;
    /** Last bytes that are at hand of each, or fewer of those that are shorter: all in which a pattern may begin. */
    static final int TAIL = 32;

    /** Windows that can wait to be filled. */
    private static final int MOST = 1 << 16;
    private static final long NONE = -1;

    private final StreamWindow window;
    private final Counters counters;
    private StreamHistory history;
    /** In the order in which they began: the streams, and where in history. */
    private final long[] streams = new long[MOST];
    private final long[] places = new long[MOST];
    private int first;
    private int count;
    /** Where in history the first is to be filled. */
    private long due = Long.MAX_VALUE;
    /** The stream that was handed bytes last, which history may not have yet. */
    private long handed = NONE;
    private long handedAt;
    private int handedLength;
    private long newestBefore;
    /** The end of one piece and the beginning of the next. */
    private final NativeMemory.Region across;

    UnfilledWindows(final RuleFlows flows, final Counters counters) {
        window = new StreamWindow(flows);
        this.counters = counters;
        across = NativeMemory.allocateLazily(NativeMemory.Tag.RULES, 2L * TAIL, NativeMemory.CACHE_LINE);
    }

    /** Takes what has the bytes; until then all windows are filled at once. */
    void connect(final StreamHistory value) {
        history = value.capacity() < LEAST_HISTORY ? null : value;
    }

    /** True if so many bytes of a stream need not be copied into its window without memory, of so many at most. */
    boolean mayHave(final long stream, final int length, final int most) {
        return history != null && length <= Math.min(StreamHistory.LONGEST_PIECE, most) && !isBeingHandedOn(stream);
    }

    /** True if history does not have the last bytes of a stream yet. */
    private boolean isBeingHandedOn(final long stream) {
        return handed == stream && history.newest(stream) == newestBefore;
    }

    /** False if no pattern stands partly at the end of a window and partly in the bytes that come next. */
    boolean mayHoldAcross(final Search search, final StreamWindow of, final long address, final int length) {
        final int before = Math.min(VainSearch.OVERLAP, of.length());
        final int behind = Math.min(VainSearch.OVERLAP, length);
        copyTail(of.tail(), across.address());
        UnsafeApi.copyMemory(address, across.address() + TAIL, behind);
        return search.mayHold(across.address() + TAIL - before, before + behind);
    }

    /** Takes bytes being handed on of which the window is not to be filled. */
    void pass(final StreamWindow of, final long address, final int length, final long place, final int most) {
        final boolean waits = of.isUnfilled();
        of.pass(length, place, most);
        keepTail(of.tail(), address, length);
        handed = of.stream();
        handedAt = address;
        handedLength = length;
        newestBefore = history.newest(handed);
        if (!waits || streams[of.ticket()] != handed) {
            begin(of);
        }
    }

    private static void copyTail(final long from, final long to) {
        for (int i = 0; i < TAIL; i += Long.BYTES) {
            UnsafeApi.putLong(to + i, UnsafeApi.getLong(from + i));
        }
    }

    private static void keepTail(final long tail, final long address, final int length) {
        if (length >= TAIL) {
            copyTail(address + length - TAIL, tail);
        } else {
            UnsafeApi.copyMemory(tail + length, tail, TAIL - length);
            UnsafeApi.copyMemory(address, tail + TAIL - length, length);
        }
    }

    /** What was handed on last is in history, or lost. */
    void nothingHanded() {
        handed = NONE;
    }

    private void begin(final StreamWindow of) {
        if (count == MOST) {
            fillFirst();
        }
        final int ticket = first + count & MOST - 1;
        of.ticket(ticket);
        streams[ticket] = of.stream();
        places[ticket] = history.place();
        count++;
        look();
    }

    /** A window that was not filled begins anew. */
    void leave(final StreamWindow of) {
        streams[of.ticket()] = NONE;
    }

    private void look() {
        due = count == 0 ? Long.MAX_VALUE : places[first] + history.capacity() - MARGIN;
    }

    /** Fills the windows whose bytes will be forgotten soon. To be called before bytes are handed on. */
    void fillDue() {
        while (due != Long.MAX_VALUE && history.place() >= due) {
            fillFirst();
        }
    }

    private void fillFirst() {
        final long stream = streams[first];
        first = first + 1 & MOST - 1;
        count--;
        look();
        if (stream != NONE) {
            window.wrap(stream >>> 1, (int) stream & 1).fill();
        }
    }

    /** Copies the bytes of a window into it; if they cannot be had it begins anew behind them. */
    void fill(final StreamWindow of) {
        final int length = of.length();
        final int ticket = of.ticket();
        // what is being handed on is in history as soon as all have heard of it
        final int fresh = isBeingHandedOn(of.stream()) ? handedLength : 0;
        if (of.allocate() && history.copyLast(of.stream(), length - fresh, of.address())) {
            UnsafeApi.copyMemory(handedAt, of.address() + length - fresh, fresh);
        } else {
            counters.increment(Counter.RULE_WINDOWS_REFUSED);
            of.lose();
        }
        streams[ticket] = NONE;
    }

    void close() {
        across.close();
    }
}
