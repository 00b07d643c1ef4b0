package io.weir.protocol.smtp;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import io.weir.protocol.content.TransferDecoder;
import io.weir.protocol.content.TransferDecoder.Encoding;
import io.weir.protocol.file.FileRecord;
import io.weir.protocol.file.Files;

/** A part of a message that has the name of a file: its content goes to rules, and a record tells of it. One thread. */
final class Attachment {
    private final TransferDecoder decoder = new TransferDecoder();
    private final FileRecord file = new FileRecord();
    private FlowContext flow;
    private Transaction record;
    private Encoding encoding;
    private boolean named;
    private boolean open;
    private boolean wanted;
    private boolean first;
    private boolean waiting;
    private boolean complete;

    /** Begins with a message. */
    void begin(final FlowContext context, final Transaction transaction) {
        flow = context;
        record = transaction;
        waiting = false;
        part();
    }

    /** Begins with a part, whose headers follow. */
    private void part() {
        encoding = Encoding.NONE;
        named = false;
        open = false;
    }

    /** Takes the encoding of the part. */
    void encoding(final Encoding value) {
        encoding = value;
    }

    /** Takes the name of the part. */
    void name(final Bytes bytes, final int from, final int to) {
        write();
        file.begin();
        file.name(bytes, from, to);
        named = true;
    }

    /** The headers of the part have ended. */
    void bodyBegins() {
        wanted = flow.isWatched() && flow.wants(Files.DATA);
        final boolean hashed = named && file.hash(flow);
        open = named && (wanted || hashed || flow.wantsFiles());
        first = true;
        if (open) {
            decoder.begin(encoding);
        }
    }

    /** Takes a line of the body. */
    void line(final Bytes line) {
        if (!open) {
            return;
        }
        final int length = decoder.line(line);
        file.seen(length);
        file.take(decoder.bytes(), length);
        if (wanted && length > 0) {
            if (first) {
                record.inspected(true).put(Files.DATA, decoder.bytes(), 0, length);
            } else {
                record.inspected(true).append(Files.DATA, decoder.bytes(), 0, length);
            }
            first = false;
        }
    }

    /** The part has ended, or no more of it will come. */
    void end(final boolean seenToItsEnd) {
        if (open && file.size() > 0) {
            waiting = true;
            complete = seenToItsEnd;
            if (flow.isWatched()) {
                file.tell(flow, record, true, seenToItsEnd);
            }
        }
        part();
    }

    /** Writes the record of the file that has ended last: so late that it says what became of the message. */
    void write() {
        if (waiting && flow.wantsFiles()) {
            file.write(flow, record, Smtp.OBJECT, true, complete);
        }
        waiting = false;
    }
}
