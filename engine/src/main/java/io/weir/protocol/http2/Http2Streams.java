package io.weir.protocol.http2;

import io.weir.protocol.Bytes;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.WeirObject;
import io.weir.protocol.dns.CarriedDns;
import io.weir.protocol.dns.DnsBody;
import io.weir.protocol.http.BodyContent;
import io.weir.protocol.http.Content;
import io.weir.protocol.http.Http;
import java.util.ArrayDeque;
import java.util.Arrays;

/** The streams of a connection that are open, and what is told of them. One thread. */
final class Http2Streams {
    /** Most streams that are open at once; servers mostly allow a hundred, and few clients use them. */
    static final int MOST = 64;
    private static final int USUAL = 4;
    private static final byte[] TWO = {'2'};

    private Http2Stream[] open = new Http2Stream[USUAL];
    private int count;
    private final ArrayDeque<Http2Stream> free = new ArrayDeque<>(USUAL);
    private FlowContext flow;
    private StreamParser parser;
    /** Messages of DNS that were told. */
    private long dnsMessages;

    /** Begins with a connection, of which the parser has the inputs. */
    void begin(final FlowContext context, final StreamParser ofConnection) {
        flow = context;
        parser = ofConnection;
        count = 0;
        dnsMessages = 0;
    }

    /** The open stream with this number, or null. */
    Http2Stream find(final int id) {
        for (int i = 0; i < count; i++) {
            if (open[i].id == id) {
                return open[i];
            }
        }
        return null;
    }

    /** The stream that was opened first, if there are as many as are kept, else null. */
    Http2Stream tooMany() {
        return count == MOST ? open[0] : null;
    }

    /** Opens a stream; there must not be {@link #tooMany}. */
    Http2Stream open(final int id) {
        if (count == open.length) {
            open = Arrays.copyOf(open, 2 * count);
        }
        Http2Stream stream = free.pollLast();
        if (stream == null) {
            stream = new Http2Stream();
        }
        stream.begin(id, flow.open(Http.RECORD));
        stream.transaction.put(Http2Fields.VERSION, TWO);
        open[count++] = stream;
        return stream;
    }

    /** Any stream that is open, or null. */
    Http2Stream any() {
        return count == 0 ? null : open[0];
    }

    /** What one side's body of a stream holds; null if nobody wants to know. */
    BodyContent content(final Http2Stream stream, final boolean fromClient) {
        if (!flow.isWatched() && !flow.wantsFiles()) {
            return null;
        }
        final int index = Http2Stream.index(fromClient);
        if (stream.contents[index] == null) {
            stream.contents[index] = new BodyContent(fromClient);
        }
        stream.contents[index].begin(flow);
        return stream.contents[index];
    }

    /** Begins with a message of DNS that one side of a stream sends. */
    DnsBody beginDns(final Http2Stream stream, final boolean fromClient) {
        final int index = Http2Stream.index(fromClient);
        if (stream.dns[index] == null) {
            stream.dns[index] = new DnsBody();
        }
        stream.dns[index].begin(flow.buffers());
        return stream.dns[index];
    }

    private void endDns(final DnsBody body, final boolean fromClient, final boolean complete) {
        final Bytes message = complete ? body.whole() : null;
        if (message != null && CarriedDns.tell(flow, fromClient, message, dnsMessages) && dnsMessages++ == 0) {
            flow.leads(Content.DOH);
        }
        flow.skipped(body.skipped());
        body.release();
    }

    /** One side of a stream has ended, or will send no more. */
    void end(final Http2Stream stream, final boolean fromClient, final boolean complete) {
        final int bit = Http2Stream.bit(fromClient);
        if ((stream.ended & bit) != 0) {
            return;
        }
        stream.ended |= bit;
        final int index = Http2Stream.index(fromClient);
        if (!fromClient && (stream.headers & bit) != 0) {
            stream.transaction.put(Http.LENGTH, stream.bytes[index]);
        }
        if ((stream.bodies & bit) != 0 && stream.contents[index] != null) {
            stream.contents[index].end(parser.input(fromClient), stream.bytes[index], complete);
        }
        if (stream.dns[index] != null) {
            endDns(stream.dns[index], fromClient, complete);
        }
        if (complete && (stream.headers & bit) != 0 && stream.ended != Http2Stream.BOTH) {
            flow.told(stream.transaction, fromClient);
        }
    }

    /** Writes the record of a stream, and forgets it. */
    void close(final Http2Stream stream) {
        end(stream, true, false);
        end(stream, false, false);
        final Transaction transaction = stream.transaction;
        transaction.begin(Http2Fields.HTTP2).put(Http2Fields.STREAM_ID, stream.id);
        if (stream.weight >= 0 || stream.errors[0] >= 0) {
            transaction.begin(Http2Fields.REQUEST);
            if (stream.weight >= 0) {
                transaction.put(Http2Fields.PRIORITY, stream.weight);
            }
            error(transaction, true, stream.errors[0]);
            transaction.end();
        }
        if (stream.errors[1] >= 0) {
            transaction.begin(Http2Fields.RESPONSE);
            error(transaction, false, stream.errors[1]);
            transaction.end();
        }
        transaction.end();
        if (stream.grpcStatus >= 0) {
            transaction.sibling(WeirObject.FIELD).put(Http2Fields.GRPC_STATUS, stream.grpcStatus);
        }
        flow.close(transaction);
        forget(stream);
    }

    private void forget(final Http2Stream stream) {
        int at = 0;
        while (open[at] != stream) {
            at++;
        }
        System.arraycopy(open, at + 1, open, at, count - at - 1);
        open[--count] = null;
        stream.transaction = null;
        for (final BodyContent content : stream.contents) {
            if (content != null) {
                content.release();
            }
        }
        for (final DnsBody body : stream.dns) {
            if (body != null) {
                body.release();
            }
        }
        free.addLast(stream);
    }

    /** Writes what was agreed on for the whole connection, and why it has ended. */
    void tellConnection(final Http2Side ofClient, final Http2Side ofServer) {
        final Transaction transaction = flow.open(Http.RECORD);
        transaction.put(Http2Fields.VERSION, TWO);
        transaction.begin(Http2Fields.HTTP2).put(Http2Fields.STREAM_ID, 0);
        tellSide(transaction, true, ofClient);
        tellSide(transaction, false, ofServer);
        transaction.end();
        tellErrorToRules(transaction, true, ofClient.error);
        tellErrorToRules(transaction, false, ofServer.error);
        flow.close(transaction);
    }

    private static void tellSide(final Transaction transaction, final boolean ofClient, final Http2Side side) {
        if (side.settingsCount == 0 && side.error < 0) {
            return;
        }
        transaction.begin(ofClient ? Http2Fields.REQUEST : Http2Fields.RESPONSE);
        for (int i = 0; i < side.settingsCount; i++) {
            transaction.begin(ofClient ? Http2Fields.CLIENT_SETTINGS : Http2Fields.SERVER_SETTINGS);
            transaction.put(ofClient ? Http2Fields.CLIENT_SETTING : Http2Fields.SERVER_SETTING,
                Http2Names.setting(side.settings[i]));
            transaction.put(ofClient ? Http2Fields.CLIENT_SETTING_VALUE : Http2Fields.SERVER_SETTING_VALUE,
                side.values[i]);
            transaction.end();
        }
        error(transaction, ofClient, side.error);
        transaction.end();
        if (side.settingsCut) {
            transaction.leftOut();
        }
    }

    private static void error(final FieldList list, final boolean ofClient, final long code) {
        if (code >= 0) {
            list.put(ofClient ? Http2Fields.CLIENT_ERROR : Http2Fields.SERVER_ERROR, Http2Names.error(code));
        }
    }

    /** Tells rules an error code. */
    void tellErrorToRules(final Transaction transaction, final boolean ofClient, final long code) {
        if (code >= 0 && flow.isWatched() && flow.wants(Http2Fields.ERROR_CODE)) {
            transaction.inspected(ofClient).putDecimal(Http2Fields.ERROR_CODE, code);
        }
    }
}
