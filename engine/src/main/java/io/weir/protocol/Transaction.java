package io.weir.protocol;

/**
 * A record in the making: the fields that are written, and for each side those that only rules ask for. Opened and
 * closed through {@link FlowContext}; one thread.
 */
public final class Transaction extends FieldList {
    /** Longest record. */
    public static final int MAX_LENGTH = 32 * 1024;
    /** Longest value. */
    public static final int MAX_VALUE = 8 * 1024;
    /** {@link #number}: it has none yet. */
    public static final int UNNUMBERED = -1;

    private static final int MAX_INSPECTED = BufferPool.MAX;
    private static final int MAX_INSPECTED_VALUE = 60 * 1024;
    private static final int MAX_FILES = 4 * 1024;
    private static final int INSPECTED = 0;
    private static final int FILES = 1;
    private static final int KINDS = 2;

    private final BufferPool pool;
    private RecordType type;
    /** What only rules ask for: each kind of the client, then of the server. */
    private final FieldList[] more = new FieldList[KINDS * 2];
    /** A bit for each of these that holds something. */
    private int inUse;
    private boolean toldByServer;
    private boolean toldByClient;
    private boolean namesServer;
    private boolean passedOverClient;
    private boolean passedOverServer;
    /** Of what the server's message holds in the stream: the field, or null, where it begins, and how long it is. */
    private Field heldField;
    private long heldFrom;
    private int heldLength;
    private int heldNumber;
    private byte[] laterText;
    private Field laterTextField;
    private Field laterField;
    private int later;
    private Field sameAs;
    private Field same;
    /** Of the file that ended last, where alerts say of it what its record says: that, and its group. */
    private Transaction lastFile;
    private Field lastFileGroup;
    private int number;
    private int mark;
    private int asked;
    private long reported;

    /** Makes one that is not open; the classifier opens it. */
    public Transaction(final BufferPool pool) {
        super(pool, MAX_LENGTH, MAX_VALUE);
        this.pool = pool;
    }

    /** Begins a record that nobody asks of. */
    public void open(final RecordType recordType) {
        open(recordType, 0);
    }

    /**
     * Begins a record. Called by the classifier.
     *
     * @param asking what the {@link TransactionListener#asking listener asks} now
     */
    public void open(final RecordType recordType, final int asking) {
        clear();
        type = recordType;
        toldByServer = false;
        toldByClient = false;
        namesServer = false;
        passedOverClient = false;
        passedOverServer = false;
        number = UNNUMBERED;
        mark = 0;
        asked = asking;
        reported = 0;
        heldField = null;
        laterText = null;
        same = null;
        lastFile = null;
    }

    /** Gives its memory back. Called by the classifier. */
    public void release() {
        giveBack();
        for (; inUse != 0; inUse &= inUse - 1) {
            final FieldList list = more[Integer.numberOfTrailingZeros(inUse)];
            list.clear();
            list.giveBack();
        }
    }

    private static int index(final int kind, final boolean ofClient) {
        return 2 * kind + (ofClient ? 0 : 1);
    }

    private FieldList more(final int index, final int maxLength, final int maxValue) {
        if (more[index] == null) {
            more[index] = new FieldList(pool, maxLength, maxValue);
        }
        inUse |= 1 << index;
        return more[index];
    }

    private int length(final int index) {
        return (inUse & 1 << index) == 0 ? 0 : more[index].length();
    }

    /** What kind of record it is. */
    public RecordType type() {
        return type;
    }

    /** Its number in its flow, or {@link #UNNUMBERED}. */
    public int number() {
        return number;
    }

    /** Gives it its number. Called by the classifier. */
    public void number(final int value) {
        number = value;
    }

    /** Says that not all is told of a side's message that rules ask for: {@link FlowContext#passesOver}. */
    public void passOver(final boolean ofClient) {
        passedOverClient |= ofClient;
        passedOverServer |= !ofClient;
    }

    /** True if a side's message is passed over. */
    public boolean isPassedOver(final boolean ofClient) {
        return ofClient ? passedOverClient : passedOverServer;
    }

    /**
     * Says that a value that only rules ask for is part of the server's stream, where somebody keeps it ({@link
     * TransactionListener#holds}), so that it is not copied. Nothing of it has come yet.
     *
     * @param number for whoever keeps it
     */
    public void hold(final Field field, final int number) {
        heldField = field;
        heldFrom = 0;
        heldLength = 0;
        heldNumber = number;
    }

    /** Nothing is held any more. */
    public void letGo() {
        heldField = null;
    }

    /** True if a value of a side is held in the stream: only servers' are. */
    public boolean isHolding(final boolean ofClient) {
        return heldField != null && !ofClient;
    }

    /** The field of what is held. */
    public Field heldField() {
        return heldField;
    }

    /** Where in the stream begins what is held; means nothing while nothing of it has come. */
    public long heldFrom() {
        return heldFrom;
    }

    /** How many bytes of what is held have come. */
    public int heldLength() {
        return heldLength;
    }

    /** Number that whoever keeps it has given to what is held. */
    public int heldNumber() {
        return heldNumber;
    }

    /** Adds bytes at a place of the stream to what is held; false if they do not go on where those before ended. */
    public boolean addHeld(final long place, final int count) {
        if (heldLength > 0 && place != heldFrom + heldLength) {
            return false;
        }
        heldFrom = heldLength == 0 ? place : heldFrom;
        heldLength += count;
        return true;
    }

    /**
     * Tells a number of the server's, as digits, and a text when rules look at what it has told: mostly they do not
     * where its message is passed over.
     *
     * @param field     null if nobody asks for the number
     * @param textField null if nobody asks for the text
     */
    public void later(final Field field, final int digits, final Field textField, final byte[] text) {
        laterField = field;
        later = digits;
        laterTextField = textField;
        laterText = text;
    }

    /** Says that the client's value of a field that only rules ask for is the one that the record has of another. */
    public void same(final Field field, final Field ofRecord) {
        same = field;
        sameAs = ofRecord;
    }

    /** A field of the client of which the record's {@link #sameAs} has the value; null if there is none. */
    public Field same() {
        return same;
    }

    /** Field of the record that has the value of {@link #same}. */
    public Field sameAs() {
        return sameAs;
    }

    /** Tells what was to be told later. */
    public void tellLater() {
        if (laterText == null) {
            return;
        }
        if (laterField != null) {
            inspected(false).putDecimal(laterField, later);
        }
        if (laterTextField != null) {
            inspected(false).put(laterTextField, laterText, 0, laterText.length);
        }
        laterText = null;
    }

    /** Notes that one of its protocol's events was reported of it; false if it was before. Called by the classifier. */
    public boolean report(final int event) {
        final long bit = 1L << event;
        final boolean isFirst = (reported & bit) == 0;
        reported |= bit;
        return isFirst;
    }

    /** What was asked when it began: {@link TransactionListener#asking}. */
    public int asked() {
        return asked;
    }

    /** What the listener has noted of it; 0 at first. */
    public int mark() {
        return mark;
    }

    /** Notes something for the listener. */
    public void mark(final int value) {
        mark = value;
    }

    /**
     * Fields that no record has and that are told only if {@link FlowContext#wants rules ask for them}, such as raw
     * headers and bodies.
     *
     * @param fromClient true for what the client sent
     */
    public FieldList inspected(final boolean fromClient) {
        return more(index(INSPECTED, fromClient), MAX_INSPECTED, MAX_INSPECTED_VALUE);
    }

    /**
     * What alerts say of the files that a side has sent in this transaction; told only if {@link FlowContext#isWatched
     * rules are asked}.
     */
    public FieldList files(final boolean fromClient) {
        return more(index(FILES, fromClient), MAX_FILES, MAX_FILES);
    }

    /**
     * Says that alerts tell of another file of this transaction, what its record says of it until then. Told only if
     * there is an alert, before the record changes: {@link #tellLastFile}.
     *
     * @param record whose side is that of the file
     * @param group  of {@link #files}
     */
    public void lastFile(final Transaction record, final Field group) {
        lastFile = record;
        lastFileGroup = group;
    }

    /** Tells {@link #files} what was to be told of the last one only if there is an alert. */
    public void tellLastFile() {
        if (lastFile != null) {
            files(!lastFile.isByServer()).begin(lastFileGroup).addAll(lastFile).end();
            lastFile = null;
        }
    }

    /** Bytes of what alerts say of a side's files. */
    public int filesLength(final boolean fromClient) {
        return length(index(FILES, fromClient));
    }

    /** Bytes of the fields that no record has. */
    public int inspectedLength(final boolean fromClient) {
        return length(index(INSPECTED, fromClient));
    }

    /**
     * Says that the server told all of it: the record names it as the source. For protocols whose messages are a record
     * each; without that the source is the client.
     */
    public Transaction byServer() {
        toldByServer = true;
        namesServer = true;
        return this;
    }

    /** The same, but for the record, which names the client as the source all the same. */
    public Transaction byServerUnnamed() {
        toldByServer = true;
        return this;
    }

    /** Says that the client told all of it, so that rules about servers are not asked of it. */
    public Transaction byClient() {
        toldByClient = true;
        return this;
    }

    /** True if the client told all of it. */
    public boolean isByClient() {
        return toldByClient;
    }

    /** True if the record names the server as the source. */
    public boolean namesServer() {
        return namesServer;
    }

    /** True if the server told all of it. */
    public boolean isByServer() {
        return toldByServer;
    }
}
