package io.weir.event;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Layout of a match of a rule on an event ring, and a view of it: whose traffic, which rule, and behind that what EVE
 * shows beside it: fields of the transaction and of its files, names of flow bits, bytes that matched, the packet.
 * Lengths in bytes, times in ns since 1970. A view is wrapped anew for each record and owned by one thread.
 */
public final class AlertEvent {
    /** Length of the body in front of its parts. */
    public static final int HEAD_LENGTH = FlowEvent.LENGTH + 72;
    /** {@link #transaction}: it matched no transaction. */
    public static final int NO_TRANSACTION = -1;
    /** {@link #recordType}: it matched no transaction. */
    public static final int NO_RECORD = 0xffff;

    /** {@link #flags}: what matched went to the server. */
    public static final int TO_SERVER = 1;
    /** {@link #flags}: what matched was a stream. */
    public static final int STREAM = 1 << 1;
    /** {@link #flags}: something did not fit. */
    public static final int CUT = 1 << 2;

    private static final int STAMP = FlowEvent.LENGTH;
    private static final int FRAME = STAMP + 8;
    private static final int RULE = STAMP + 16;
    private static final int RULE_SET = STAMP + 20;
    private static final int TRANSACTION = STAMP + 24;
    private static final int RECORD_TYPE = STAMP + 28;
    private static final int PROTOCOL = STAMP + 30;
    private static final int FIELDS_LENGTH = STAMP + 32;
    private static final int BITS_LENGTH = STAMP + 36;
    private static final int PAYLOAD_LENGTH = STAMP + 40;
    private static final int PACKET_LENGTH = STAMP + 44;
    private static final int FLAGS = STAMP + 48;
    private static final int LINK_TYPE = STAMP + 52;
    private static final int MISSING = STAMP + 56;
    private static final int FILES_LENGTH = STAMP + 64;

    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
    private final FlowEvent flow = new FlowEvent();

    /** Looks at the record whose body starts at {@code offset} of {@code ring}; its parts' lengths must be set. */
    public AlertEvent wrap(final UnsafeBuffer ring, final int offset) {
        return wrap(ring, offset, ring.getInt(offset + FIELDS_LENGTH), ring.getInt(offset + FILES_LENGTH),
            ring.getInt(offset + BITS_LENGTH), ring.getInt(offset + PAYLOAD_LENGTH),
            ring.getInt(offset + PACKET_LENGTH));
    }

    /** Looks at a record that is being written, with parts of these lengths. */
    public AlertEvent wrap(final UnsafeBuffer ring, final int offset, final int fields, final int files,
        final int bits, final int payload, final int packet) {
        buffer.wrap(ring, offset, HEAD_LENGTH + fields + files + bits + payload + packet);
        buffer.putInt(FIELDS_LENGTH, fields);
        buffer.putInt(FILES_LENGTH, files);
        buffer.putInt(BITS_LENGTH, bits);
        buffer.putInt(PAYLOAD_LENGTH, payload);
        buffer.putInt(PACKET_LENGTH, packet);
        flow.wrap(ring, offset);
        return this;
    }

    /** Identity of the flow with its client as the initiator, and its counts so far; identifier 0 if it has none. */
    public FlowEvent flow() {
        return flow;
    }

    /** Sets the rule: its number in a rule set, and the number of that. */
    public void rule(final int rule, final int ruleSet) {
        buffer.putInt(RULE, rule);
        buffer.putInt(RULE_SET, ruleSet);
    }

    /** Sets the frame that was being worked on: its stamp, its number or 0, and its link type. */
    public void seenIn(final long stampNs, final long frameNumber, final int linkType) {
        buffer.putLong(STAMP, stampNs);
        buffer.putLong(FRAME, frameNumber);
        buffer.putInt(LINK_TYPE, linkType);
    }

    /** Sets which transaction matched: its number, record type and protocol. */
    public void transaction(final int number, final int recordType, final int protocol) {
        buffer.putInt(TRANSACTION, number);
        buffer.putShort(RECORD_TYPE, (short) recordType);
        buffer.putShort(PROTOCOL, (short) protocol);
    }

    /** Sets the flags above. */
    public void flags(final int value) {
        buffer.putInt(FLAGS, value);
    }

    /** Sets how many bytes of the stream are lost right before the payload. */
    public void missing(final long bytes) {
        buffer.putLong(MISSING, bytes);
    }

    /** How many bytes of the stream are lost right before the payload. */
    public long missing() {
        return buffer.getLong(MISSING);
    }

    /** Number of the rule in its set. */
    public int rule() {
        return buffer.getInt(RULE);
    }

    /** Number of the rule set. */
    public int ruleSet() {
        return buffer.getInt(RULE_SET);
    }

    /** Stamp of the frame, or the flow's last one. */
    public long stampNs() {
        return buffer.getLong(STAMP);
    }

    /** Number of the frame, or 0. */
    public long frameNumber() {
        return buffer.getLong(FRAME);
    }

    /** Link type of the frame. */
    public int linkType() {
        return buffer.getInt(LINK_TYPE);
    }

    /** Which of the flow's transactions matched, from 0, or {@link #NO_TRANSACTION}. */
    public int transaction() {
        return buffer.getInt(TRANSACTION);
    }

    /** Number of the transaction's record type, or {@link #NO_RECORD}. */
    public int recordType() {
        return buffer.getShort(RECORD_TYPE) & 0xffff;
    }

    /** Number of the transaction's protocol, or 0. */
    public int protocol() {
        return buffer.getShort(PROTOCOL) & 0xffff;
    }

    /** The flags above. */
    public int flags() {
        return buffer.getInt(FLAGS);
    }

    /** True if what matched went to the server. */
    public boolean isToServer() {
        return (flags() & TO_SERVER) != 0;
    }

    /** The bytes; offsets of its parts are those below. */
    public UnsafeBuffer buffer() {
        return buffer;
    }

    /** Where the transaction's fields begin. */
    public int fieldsOffset() {
        return HEAD_LENGTH;
    }

    /** Bytes of fields. */
    public int fieldsLength() {
        return buffer.getInt(FIELDS_LENGTH);
    }

    /** Where fields of the transaction's files begin. */
    public int filesOffset() {
        return fieldsOffset() + fieldsLength();
    }

    /** Bytes of these fields. */
    public int filesLength() {
        return buffer.getInt(FILES_LENGTH);
    }

    /** Where the names of flow bits begin: each ends in a line feed. */
    public int bitsOffset() {
        return filesOffset() + filesLength();
    }

    /** Bytes of these names. */
    public int bitsLength() {
        return buffer.getInt(BITS_LENGTH);
    }

    /** Where the bytes that were inspected begin. */
    public int payloadOffset() {
        return bitsOffset() + bitsLength();
    }

    /** How many there are. */
    public int payloadLength() {
        return buffer.getInt(PAYLOAD_LENGTH);
    }

    /** Where the frame begins. */
    public int packetOffset() {
        return payloadOffset() + payloadLength();
    }

    /** Its bytes. */
    public int packetLength() {
        return buffer.getInt(PACKET_LENGTH);
    }
}
