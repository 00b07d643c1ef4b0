package io.weir.protocol.sip;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/** One message: its first line, the header fields that say what its body is, and the body if it describes a session. */
final class SipMessage {
    private static final Words HEADERS = Words.of("Content-Length", "Content-Type", "From", "To", "Via",
        "User-Agent", "l", "c", "f", "t", "v");
    private static final Words SDP = Words.of("application/sdp");
    /** Headers in their short form stand six behind their long one. */
    private static final int FORMS = 6;
    private static final int LENGTH = 0;
    private static final int TYPE = 1;

    private final Sdp sdp = new Sdp();
    private Transaction record;
    private long length;
    private boolean describesSession;

    /** Takes a first line; false if it is none. */
    boolean begin(final Bytes line, final boolean fromClient, final FlowContext flow) {
        length = -1;
        describesSession = false;
        final int first = line.indexOf(' ', 0);
        if (first <= 0) {
            return false;
        }
        if (line.startsWith(Sip.VERSION_2)) {
            return response(line, first, fromClient, flow);
        }
        int last = line.length() - 1;
        while (last > first && line.u8(last) != ' ') {
            last--;
        }
        if (last == first || !line.matches(last + 1, Sip.VERSION_2)) {
            return false;
        }
        open(fromClient, flow);
        record.put(Sip.METHOD, line, 0, first).put(Sip.URI, line, first + 1, last - first - 1)
            .put(Sip.VERSION, line, last + 1, line.length() - last - 1).put(Sip.REQUEST_LINE, line);
        return true;
    }

    private void open(final boolean fromClient, final FlowContext flow) {
        record = fromClient ? flow.open(Sip.RECORD).byClient() : flow.open(Sip.RECORD).byServerUnnamed();
    }

    private boolean response(final Bytes line, final int first, final boolean fromClient, final FlowContext flow) {
        if (Lines.code(line, first + 1) < 0) {
            return false;
        }
        open(fromClient, flow);
        record.put(Sip.VERSION, line, 0, first).put(Sip.CODE, line, first + 1, 3)
            .put(Sip.REASON, line, first + 5, Math.max(0, line.length() - first - 5)).put(Sip.RESPONSE_LINE, line);
        return true;
    }

    /** Takes a header field. */
    void header(final Bytes line, final boolean fromClient, final FlowContext flow) {
        final int name = HEADERS.find(line, 0);
        if (name < 0) {
            return;
        }
        int at = line.indexOf(':', 0) + 1;
        while (line.u8(at) == ' ' || line.u8(at) == '\t') {
            at++;
        }
        if (flow.isWatched() && flow.wants(Sip.HEADERS[name % FORMS]) && record != null) {
            record.inspected(fromClient).put(Sip.HEADERS[name % FORMS], line, at, line.length() - at);
        }
        if (name % FORMS == TYPE) {
            describesSession = SDP.find(line, at) == 0;
        } else if (name % FORMS == LENGTH) {
            length = line.decimal(at, line.length());
        }
    }

    /** Bytes of the body as announced, -1 if nothing was said of it. */
    long length() {
        return length;
    }

    boolean describesSession() {
        return describesSession;
    }

    /** Takes the body, which describes a session. */
    void body(final Bytes body, final boolean fromClient, final FlowContext flow) {
        sdp.read(body, record, fromClient, flow);
    }

    /** Ends it, as far as it came. */
    void end(final FlowContext flow) {
        if (record != null) {
            flow.close(record);
            record = null;
        }
    }

    /** Forgets what an earlier flow left. */
    void start() {
        record = null;
    }
}
