package io.weir.protocol.file;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;

/** What the record of one file says, noted while it is transferred. Used again for the next; one thread. */
public final class FileRecord {
    private static final int MOST_NAME = 256;

    private byte[] name;
    private int nameLength;
    private Bytes lent;
    private long size;
    private long start;
    private long end;
    private boolean gaps;
    private boolean cut;
    /** Made when rules first ask. */
    private FileHashes hashes;
    private boolean hashed;

    /** Begins with a file. */
    public void begin() {
        nameLength = 0;
        lent = null;
        size = 0;
        start = -1;
        end = -1;
        gaps = false;
        cut = false;
        hashed = false;
    }

    /** Hashes what {@link #take comes} of it from here on, if rules ask; true if they do. */
    public boolean hash(final FlowContext flow) {
        hashed = flow.isWatched() && FileHashes.areWanted(flow);
        if (hashed && hashes == null) {
            hashes = new FileHashes();
        }
        if (hashed) {
            hashes.begin(flow);
        }
        return hashed;
    }

    /** Takes bytes of it. */
    public void take(final Bytes bytes) {
        if (hashed) {
            hashes.take(bytes);
        }
    }

    /** The same, from the beginning of an array. */
    public void take(final byte[] bytes, final int length) {
        if (hashed) {
            hashes.take(bytes, length);
        }
    }

    /** Its name; what is longer than 256 bytes is cut off. */
    public void name(final Bytes bytes, final int from, final int to) {
        if (name == null) {
            name = new byte[MOST_NAME];
        }
        final int start = Math.min(Math.max(0, from), bytes.length());
        nameLength = Math.min(MOST_NAME, Math.max(0, Math.min(to, bytes.length()) - start));
        bytes.copyTo(start, name, 0, nameLength);
    }

    /** Its name, in a view that stays as it is until the record is {@link #write written}; cut off likewise. */
    public void lend(final Bytes view) {
        lent = view;
        nameLength = Math.min(MOST_NAME, view.length());
    }

    private void putName(final FieldList list, final Field field) {
        if (lent != null) {
            list.put(field, lent, 0, nameLength);
        } else {
            list.put(field, name, 0, nameLength);
        }
    }

    private void putAll(final FieldList list, final boolean complete) {
        if (nameLength > 0) {
            putName(list, Files.FILENAME);
        }
        list.put(Files.GAPS, gaps).put(Files.STATE, complete && !cut && !gaps ? Files.CLOSED : Files.TRUNCATED);
        if (endHashes(complete)) {
            hashes.write(list);
        }
        list.put(Files.STORED, false).put(Files.SIZE, size);
        if (start >= 0 && end >= start) {
            list.put(Files.START, start).put(Files.END, end);
        }
    }

    /** True if its hashes are known now: it was seen whole, and they are asked. */
    private boolean endHashes(final boolean complete) {
        if (hashed && complete && !cut && !gaps) {
            hashes.end();
            return true;
        }
        return false;
    }

    /** True if it has a name. */
    public boolean isNamed() {
        return nameLength > 0;
    }

    /** It is part of a whole: the places of its first and last byte, below 0 if they are not known. */
    public void range(final long from, final long to) {
        start = from;
        end = to;
    }

    /** Place in the whole of its first byte; below 0 if it is not known to be a part. */
    public long start() {
        return start;
    }

    /** Place in the whole of its last byte; below 0 if it is not known. */
    public long end() {
        return end;
    }

    /** More of it was seen. */
    public void seen(final long bytes) {
        size += bytes;
    }

    /** Bytes of it that were seen. */
    public long size() {
        return size;
    }

    /** Bytes of it were not captured. */
    public void gap() {
        gaps = true;
    }

    /** True if bytes of it were not captured. */
    public boolean hasGaps() {
        return gaps;
    }

    /** From here on it is the whole that this was the last part of. */
    public void whole(final long bytes) {
        size = bytes;
        start = -1;
        end = -1;
        cut = false;
        hashed = false;
    }

    /** Not all of it was looked at. */
    public void cut() {
        cut = true;
    }

    /** True if rules ask for anything of it but its content. */
    public boolean isAsked(final FlowContext flow) {
        return flow.isWatched() && (hashed || flow.wants(Files.NAME) || flow.wants(Files.LENGTH));
    }

    /** Tells rules its name, and alerts what it is; the parameters are those of {@link #write}. */
    public void tell(final FlowContext flow, final Transaction transaction, final boolean fromClient,
        final boolean complete) {
        if (nameLength > 0 && flow.wants(Files.NAME)) {
            putName(transaction.inspected(fromClient), Files.NAME);
        }
        if (flow.wants(Files.LENGTH)) {
            transaction.inspected(fromClient).putDecimal(Files.LENGTH, size);
        }
        if (endHashes(complete)) {
            hashes.tell(transaction.inspected(fromClient));
        }
        final FieldList files = transaction.files(fromClient).begin(Files.OF_ALERT);
        putAll(files, complete);
        files.end();
    }

    /**
     * Writes the record.
     *
     * @param transaction which the file is part of
     * @param object      named like the object that the transaction's own fields stand in beside it
     * @param fromClient  which side sent it
     * @param complete    whether its end was seen
     */
    public void write(final FlowContext flow, final Transaction transaction, final Field object,
        final boolean fromClient, final boolean complete) {
        flow.beside(open(flow, fromClient, complete), transaction, Files.TX_ID, object);
    }

    /**
     * Writes the record that {@link #open} has made, and behind it that of the transaction, which is closed.
     *
     * @param shared {@link FieldList#length} of the transaction when the file had ended
     */
    public static void close(final FlowContext flow, final Transaction transaction, final Transaction record,
        final int shared, final Field object) {
        if (flow.isWatched()) {
            transaction.lastFile(record, Files.OF_ALERT);
        }
        flow.close(transaction, record, shared, Files.TX_ID, object);
    }

    /** The record with all that is known of the file; the parameters are those of {@link #write}. */
    public Transaction open(final FlowContext flow, final boolean fromClient, final boolean complete) {
        final Transaction record = flow.open(Files.RECORD);
        putAll(record, complete);
        if (lent != null) {
            lent = null;
            nameLength = 0;
        }
        if (!fromClient) {
            record.byServer();
        }
        return record;
    }
}
