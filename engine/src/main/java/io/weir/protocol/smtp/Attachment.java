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
    private boolean open;
    private boolean wanted;
    private boolean first;

    /** Begins with a message. */
    void begin(final FlowContext context, final Transaction transaction) {
        flow = context;
        record = transaction;
        part();
    }

    /** Begins with a part, whose headers follow. */
    private void part() {
        encoding = Encoding.NONE;
        open = false;
        file.begin();
    }

    /** Takes the encoding of the part. */
    void encoding(final Encoding value) {
        encoding = value;
    }

    /** Takes the name of the part. */
    void name(final Bytes bytes, final int from, final int to) {
        file.name(bytes, from, to);
    }

    /** The headers of the part have ended. */
    void bodyBegins() {
        wanted = flow.isWatched() && flow.wants(Files.DATA);
        open = file.isNamed() && (wanted || flow.wantsFiles());
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
    void end(final boolean complete) {
        if (open && file.size() > 0) {
            if (flow.isWatched()) {
                file.tellName(flow, record, true);
            }
            if (flow.wantsFiles()) {
                file.write(flow, record, Smtp.OBJECT, true, complete);
            }
        }
        part();
    }
}
