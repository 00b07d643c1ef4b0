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

    private RecordType type;
    /** What only rules ask for; null until there was something. */
    private RuleValues ofRules;
    private boolean toldByServer;
    private boolean toldByClient;
    private boolean namesServer;
    private boolean passedOverClient;
    private boolean passedOverServer;
    private int number;
    private int mark;
    private int asked;
    private long reported;

    /** Makes one that is not open; the classifier opens it. */
    public Transaction(final BufferPool pool) {
        super(pool, MAX_LENGTH, MAX_VALUE);
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
        if (ofRules != null) {
            ofRules.begin();
        }
    }

    private RuleValues ofRules() {
        if (ofRules == null) {
            ofRules = new RuleValues(pool());
        }
        return ofRules;
    }

    /** Gives its memory back. Called by the classifier. */
    public void release() {
        giveBack();
        if (ofRules != null) {
            ofRules.release();
        }
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
        final RuleValues values = ofRules();
        values.heldField = field;
        values.heldFrom = 0;
        values.heldLength = 0;
        values.heldNumber = number;
    }

    /** Nothing is held any more. */
    public void letGo() {
        if (ofRules != null) {
            ofRules.heldField = null;
        }
    }

    /** True if a value of a side is held in the stream: only servers' are. */
    public boolean isHolding(final boolean ofClient) {
        return !ofClient && ofRules != null && ofRules.heldField != null;
    }

    /** The field of what is held. */
    public Field heldField() {
        return ofRules == null ? null : ofRules.heldField;
    }

    /** Where in the stream begins what is held; means nothing while nothing of it has come. */
    public long heldFrom() {
        return ofRules == null ? 0 : ofRules.heldFrom;
    }

    /** How many bytes of what is held have come. */
    public int heldLength() {
        return ofRules == null ? 0 : ofRules.heldLength;
    }

    /** Number that whoever keeps it has given to what is held. */
    public int heldNumber() {
        return ofRules == null ? 0 : ofRules.heldNumber;
    }

    /** Adds bytes at a place of the stream to what is held; false if they do not go on where those before ended. */
    public boolean addHeld(final long place, final int count) {
        final RuleValues values = ofRules();
        if (values.heldLength > 0 && place != values.heldFrom + values.heldLength) {
            return false;
        }
        values.heldFrom = values.heldLength == 0 ? place : values.heldFrom;
        values.heldLength += count;
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
        final RuleValues values = ofRules();
        values.laterField = field;
        values.later = digits;
        values.laterTextField = textField;
        values.laterText = text;
    }

    /** Says that the client's value of a field that only rules ask for is the one that the record has of another. */
    public void same(final Field field, final Field ofRecord) {
        final RuleValues values = ofRules();
        values.same = field;
        values.sameAs = ofRecord;
    }

    /** A field of the client of which the record's {@link #sameAs} has the value; null if there is none. */
    public Field same() {
        return ofRules == null ? null : ofRules.same;
    }

    /** Field of the record that has the value of {@link #same}. */
    public Field sameAs() {
        return ofRules == null ? null : ofRules.sameAs;
    }

    /** Tells what was to be told later. */
    public void tellLater() {
        final RuleValues values = ofRules;
        if (values == null || values.laterText == null) {
            return;
        }
        if (values.laterField != null) {
            inspected(false).putDecimal(values.laterField, values.later);
        }
        if (values.laterTextField != null) {
            inspected(false).put(values.laterTextField, values.laterText, 0, values.laterText.length);
        }
        values.laterText = null;
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

    /** Bits that rules have set in it, by their numbers; none at first. */
    public long bits() {
        return ofRules == null ? 0 : ofRules.bits;
    }

    /** Sets the bits of rules. */
    public void bits(final long value) {
        ofRules().bits = value;
    }

    /**
     * Fields that no record has and that are told only if {@link FlowContext#wants rules ask for them}, such as raw
     * headers and bodies.
     *
     * @param fromClient true for what the client sent
     */
    public FieldList inspected(final boolean fromClient) {
        return ofRules().list(RuleValues.INSPECTED, fromClient);
    }

    /**
     * What alerts say of the files that a side has sent in this transaction; told only if {@link FlowContext#isWatched
     * rules are asked}.
     */
    public FieldList files(final boolean fromClient) {
        return ofRules().list(RuleValues.FILES, fromClient);
    }

    /**
     * Says that alerts tell of another file of this transaction, what its record says of it until then. Told only if
     * there is an alert, before the record changes: {@link #tellLastFile}.
     *
     * @param record whose side is that of the file
     * @param group  of {@link #files}
     */
    public void lastFile(final Transaction record, final Field group) {
        final RuleValues values = ofRules();
        values.lastFile = record;
        values.lastFileGroup = group;
    }

    /** Tells {@link #files} what was to be told of the last one only if there is an alert. */
    public void tellLastFile() {
        final RuleValues values = ofRules;
        if (values != null && values.lastFile != null) {
            files(!values.lastFile.isByServer()).begin(values.lastFileGroup).addAll(values.lastFile).end();
            values.lastFile = null;
        }
    }

    /** Bytes of what alerts say of a side's files. */
    public int filesLength(final boolean fromClient) {
        return ofRules == null ? 0 : ofRules.length(RuleValues.FILES, fromClient);
    }

    /** Bytes of the fields that no record has. */
    public int inspectedLength(final boolean fromClient) {
        return ofRules == null ? 0 : ofRules.length(RuleValues.INSPECTED, fromClient);
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
