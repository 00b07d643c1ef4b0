package io.weir.protocol;

/**
 * What only rules ask of a transaction, and what is noted so that it need not be told before they do. A transaction
 * makes it when there is something of that for the first time, and keeps it. One thread.
 */
final class RuleValues {
    /** Kinds of lists, each of the client, then of the server. */
    static final int INSPECTED = 0;
    static final int FILES = 1;
    private static final int KINDS = 2;

    private static final int MAX_INSPECTED = BufferPool.MAX;
    private static final int MAX_INSPECTED_VALUE = 60 * 1024;
    private static final int MAX_FILES = 4 * 1024;

    /** A bit for each that rules have set. */
    long bits;
    /** Of what the server's message holds in the stream: the field, or null, where it begins, and how long it is. */
    Field heldField;
    long heldFrom;
    int heldLength;
    int heldNumber;
    /** Of what is told when rules look at it: its text is null if there is nothing. */
    byte[] laterText;
    Field laterTextField;
    Field laterField;
    int later;
    Field sameAs;
    Field same;
    /** Of the file that ended last, where alerts say of it what its record says: that, and its group. */
    Transaction lastFile;
    Field lastFileGroup;

    private final BufferPool pool;
    private final FieldList[] lists = new FieldList[KINDS * 2];
    /** A bit for each of the lists that holds something. */
    private int inUse;

    RuleValues(final BufferPool pool) {
        this.pool = pool;
    }

    /** Nothing is noted. */
    void begin() {
        bits = 0;
        heldField = null;
        laterText = null;
        same = null;
        lastFile = null;
    }

    private static int index(final int kind, final boolean ofClient) {
        return 2 * kind + (ofClient ? 0 : 1);
    }

    /** The list of a kind, which holds something from now on. */
    FieldList list(final int kind, final boolean ofClient) {
        final int index = index(kind, ofClient);
        if (lists[index] == null) {
            lists[index] = kind == INSPECTED ? new FieldList(pool, MAX_INSPECTED, MAX_INSPECTED_VALUE)
                : new FieldList(pool, MAX_FILES, MAX_FILES);
        }
        inUse |= 1 << index;
        return lists[index];
    }

    /** Bytes of the list of a kind. */
    int length(final int kind, final boolean ofClient) {
        final int index = index(kind, ofClient);
        return (inUse & 1 << index) == 0 ? 0 : lists[index].length();
    }

    /** Gives the memory of the lists back. */
    void release() {
        for (; inUse != 0; inUse &= inUse - 1) {
            final FieldList list = lists[Integer.numberOfTrailingZeros(inUse)];
            list.clear();
            list.giveBack();
        }
    }
}
