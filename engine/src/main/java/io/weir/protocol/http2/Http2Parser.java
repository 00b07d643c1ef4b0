package io.weir.protocol.http2;

import io.weir.protocol.Answer;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Scratch;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.dns.CarriedDns;
import io.weir.protocol.dns.DnsBody;
import io.weir.protocol.http.BodyContent;

/**
 * Reads the frames of both directions, RFC 9113. Bytes of DATA that nobody wants are skipped and may be missing; any
 * other gap ends the direction, since nothing marks where frames begin and the header table is not known any more.
 */
final class Http2Parser extends StreamParser {
    private static final Scratch<HeaderTeller> TELLER = Scratch.of(HeaderTeller.class, HeaderTeller::new);

    private static final int DATA = 0;
    private static final int HEADERS = 1;
    private static final int PRIORITY = 2;
    private static final int RST_STREAM = 3;
    private static final int SETTINGS = 4;
    private static final int PUSH_PROMISE = 5;
    private static final int GOAWAY = 7;
    private static final int WINDOW_UPDATE = 8;
    private static final int CONTINUATION = 9;

    private static final int END_STREAM = 1;
    private static final int ACK = 1;
    private static final int END_HEADERS = 4;
    private static final int PADDED = 8;
    private static final int HAS_PRIORITY = 0x20;
    private static final int PRIORITY_LENGTH = 5;
    private static final int SETTING = 6;
    private static final int INTERIM = 100;
    private static final int FINAL = 200;
    private static final int MOST_KEPT = BufferPool.MAX - Http2.FRAME_HEADER;

    private final Http2Side client = new Http2Side();
    private final Http2Side server = new Http2Side();
    private final Http2Streams streams = new Http2Streams();
    private boolean connectionTold;

    @Override
    protected void started() {
        client.begin(flow.buffers());
        server.begin(flow.buffers());
        server.prefaced = true;
        streams.begin(flow, this);
        connectionTold = false;
    }

    /** Behind an upgrade, stream 1 is the answer to the request that asked for it. */
    @Override
    public void takeOver(final Transaction request) {
        final Http2Stream stream = streams.open(1);
        stream.transaction.addAll(request);
        stream.headers = Http2Stream.CLIENT;
        stream.ended = Http2Stream.CLIENT;
        flow.discard(request);
    }

    private Http2Side side(final boolean fromClient) {
        return fromClient ? client : server;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final Http2Side side = side(fromClient);
        if (!side.prefaced && !preface(side, input)) {
            return;
        }
        boolean goesOn = true;
        while (goesOn && !side.broken) {
            goesOn = side.inData ? data(fromClient, side, input) : frame(fromClient, side, input);
        }
    }

    /** The client's first bytes; from the middle of a connection there are none. */
    private boolean preface(final Http2Side side, final StreamInput input) {
        final int known = Math.min(input.available(), Http2.PREFACE.length);
        final Bytes beginning = input.peek(known);
        if (beginning == null || known == 0) {
            return false;
        }
        final Answer answer = beginning.beginsWith(Http2.PREFACE);
        if (answer == Answer.YES) {
            input.skip(Http2.PREFACE.length);
        }
        side.prefaced = answer != Answer.MORE;
        return side.prefaced;
    }

    // ---- frames -----------------------------------------------------------------------------------------------------

    private boolean frame(final boolean fromClient, final Http2Side side, final StreamInput input) {
        final Bytes head = input.peek(Http2.FRAME_HEADER);
        if (head == null) {
            return false;
        }
        final int length = head.u24(0);
        final int type = head.u8(3);
        final int flags = head.u8(4);
        final int id = (int) (head.u32(5) & Integer.MAX_VALUE);
        if (side.inBlock && type != CONTINUATION) {
            flow.event(Http2Events.FRAME_DATA);
            loseBlock(side);
        }
        if (type == DATA) {
            input.skip(Http2.FRAME_HEADER);
            beginData(fromClient, side, streams.find(id), length, flags, input);
            return true;
        }
        if (type > CONTINUATION || length > MOST_KEPT) {
            input.skip(Http2.FRAME_HEADER + (long) length);
            if (type == HEADERS || type == PUSH_PROMISE || type == CONTINUATION) {
                flow.event(Http2Events.LONG_FRAME);
                loseBlock(side);
            }
            return true;
        }
        final Bytes frame = input.take(Http2.FRAME_HEADER + length);
        if (frame == null) {
            return false;
        }
        switch (type) {
            case HEADERS -> headers(fromClient, side, frame, flags, id);
            case PUSH_PROMISE -> promise(fromClient, side, frame, flags);
            case CONTINUATION -> continuation(fromClient, side, frame, flags, id);
            default -> control(fromClient, side, frame, type, flags, id);
        }
        return true;
    }

    private void control(final boolean fromClient, final Http2Side side, final Bytes frame, final int type,
        final int flags, final int id) {
        final int length = frame.length() - Http2.FRAME_HEADER;
        final Http2Stream stream = streams.find(id);
        switch (type) {
            case SETTINGS -> settings(side, frame, flags);
            case PRIORITY -> {
                if (isLong(length, PRIORITY_LENGTH) && stream != null) {
                    weight(fromClient, stream, frame.u8(Http2.FRAME_HEADER + PRIORITY_LENGTH - 1));
                }
            }
            case RST_STREAM -> {
                if (isLong(length, Integer.BYTES) && stream != null) {
                    final long code = frame.u32(Http2.FRAME_HEADER);
                    stream.errors[Http2Stream.index(fromClient)] = code;
                    streams.tellErrorToRules(stream.transaction, fromClient, code);
                    close(stream);
                }
            }
            case WINDOW_UPDATE -> {
                if (isLong(length, Integer.BYTES) && stream != null) {
                    number(fromClient, stream, Http2Fields.WINDOW, frame.u32(Http2.FRAME_HEADER) & Integer.MAX_VALUE);
                }
            }
            case GOAWAY -> {
                if (length < 2 * Integer.BYTES) {
                    flow.event(Http2Events.FRAME_LENGTH);
                } else {
                    goAway(side, frame.u32(Http2.FRAME_HEADER + Integer.BYTES));
                }
            }
            default -> isLong(length, Long.BYTES);
        }
    }

    private boolean isLong(final int length, final int expected) {
        if (length != expected) {
            flow.event(Http2Events.FRAME_LENGTH);
        }
        return length == expected;
    }

    private void settings(final Http2Side side, final Bytes frame, final int flags) {
        final int length = frame.length() - Http2.FRAME_HEADER;
        if (length % SETTING != 0) {
            flow.event(Http2Events.FRAME_LENGTH);
        } else if ((flags & ACK) == 0 && side.settingsCount == 0) {
            for (int at = Http2.FRAME_HEADER; at < frame.length(); at += SETTING) {
                side.setting(frame.u16(at), frame.u32(at + 2));
            }
        }
    }

    private void goAway(final Http2Side side, final long code) {
        if (!connectionTold && code != 0) {
            side.error = code;
            connectionTold = true;
            streams.tellConnection(client, server);
        }
    }

    private void weight(final boolean fromClient, final Http2Stream stream, final int weight) {
        stream.weight = fromClient ? weight : stream.weight;
        number(fromClient, stream, Http2Fields.WEIGHT, weight);
    }

    private void number(final boolean fromClient, final Http2Stream stream, final Field field, final long value) {
        if (flow.isWatched() && flow.wants(field)) {
            stream.transaction.inspected(fromClient).putDecimal(field, value);
        }
    }

    // ---- headers ----------------------------------------------------------------------------------------------------

    private void headers(final boolean fromClient, final Http2Side side, final Bytes frame, final int flags,
        final int id) {
        final int pad = (flags & PADDED) != 0 ? Math.max(0, frame.u8(Http2.FRAME_HEADER)) : 0;
        int from = Http2.FRAME_HEADER + ((flags & PADDED) != 0 ? 1 : 0);
        side.blockWeight = -1;
        if ((flags & HAS_PRIORITY) != 0) {
            side.blockWeight = frame.u8(from + PRIORITY_LENGTH - 1);
            from += PRIORITY_LENGTH;
        }
        side.blockPromised = false;
        begin(fromClient, side, frame, from, frame.length() - pad, flags, id);
    }

    private void promise(final boolean fromClient, final Http2Side side, final Bytes frame, final int flags) {
        final int pad = (flags & PADDED) != 0 ? Math.max(0, frame.u8(Http2.FRAME_HEADER)) : 0;
        final int from = Http2.FRAME_HEADER + ((flags & PADDED) != 0 ? 1 : 0);
        side.blockWeight = -1;
        side.blockPromised = true;
        begin(fromClient, side, frame, from + Integer.BYTES, frame.length() - pad, flags & ~END_STREAM,
            (int) (Math.max(0, frame.u32(from)) & Integer.MAX_VALUE));
    }

    private void begin(final boolean fromClient, final Http2Side side, final Bytes frame, final int from, final int to,
        final int flags, final int id) {
        if (from > to || id == 0) {
            flow.event(Http2Events.FRAME_DATA);
            loseBlock(side);
            return;
        }
        side.blockStream = id;
        side.blockEndsStream = (flags & END_STREAM) != 0;
        if ((flags & END_HEADERS) != 0) {
            block(fromClient, side, frame, from, to);
        } else {
            side.inBlock = true;
            side.blockLost = false;
            side.append(frame, from, to - from);
        }
    }

    private void continuation(final boolean fromClient, final Http2Side side, final Bytes frame, final int flags,
        final int id) {
        if (!side.inBlock || id != side.blockStream) {
            flow.event(Http2Events.FRAME_DATA);
            loseBlock(side);
            return;
        }
        side.append(frame, Http2.FRAME_HEADER, frame.length() - Http2.FRAME_HEADER);
        if ((flags & END_HEADERS) == 0) {
            return;
        }
        if (side.blockLost) {
            flow.event(Http2Events.LONG_FRAME);
            loseBlock(side);
        } else {
            side.inBlock = false;
            final Bytes whole = side.block();
            block(fromClient, side, whole, 0, whole.length());
            side.releaseBlock();
        }
    }

    private void loseBlock(final Http2Side side) {
        flow.skipped(side.blockLength);
        side.inBlock = false;
        side.releaseBlock();
        side.table.clear();
    }

    /** A header block is complete. */
    private void block(final boolean fromClient, final Http2Side side, final Bytes block, final int from,
        final int to) {
        final HeaderTeller teller = flow.scratch(TELLER);
        if (!teller.decode(block, from, to, side.table)) {
            flow.event(Http2Events.HEADER);
        }
        final boolean request = fromClient || side.blockPromised;
        final Http2Stream known = streams.find(side.blockStream);
        final long status = request ? FINAL : teller.status();
        if (status >= INTERIM && status < FINAL && !side.blockEndsStream) {
            return;
        }
        final Http2Stream stream = known == null ? open(side.blockStream) : known;
        if (side.blockWeight >= 0) {
            weight(fromClient, stream, side.blockWeight);
        }
        if (!request) {
            if ((stream.headers & Http2Stream.CLIENT) != 0) {
                flow.confirm();
            }
            stream.grpcStatus = Math.max(stream.grpcStatus, teller.grpcStatus());
        }
        final int bit = Http2Stream.bit(request);
        if ((stream.headers & bit) == 0) {
            stream.headers |= bit;
            final BodyContent content = side.blockEndsStream || side.blockPromised ? null
                : streams.content(stream, fromClient);
            teller.tell(flow, stream.transaction, request, content);
            if (content != null) {
                stream.bodies |= bit;
                content.bodyBegins(stream.transaction, input(fromClient));
            }
            dns(fromClient, side, stream, teller);
        }
        if (side.blockPromised) {
            streams.end(stream, true, true);
        } else if (side.blockEndsStream) {
            end(stream, fromClient);
        }
    }

    /** The headers of a side are told, and its body may be a message of DNS, or a request's target have one. */
    private void dns(final boolean fromClient, final Http2Side side, final Http2Stream stream,
        final HeaderTeller teller) {
        if (!side.blockEndsStream && !side.blockPromised) {
            if (teller.announcesDns()) {
                streams.beginDns(stream, fromClient);
            }
        } else if (fromClient) {
            final Bytes message = teller.dnsInTarget();
            if (message != null && CarriedDns.isMessage(message)) {
                streams.beginDns(stream, true).take(message);
            }
        }
    }

    private Http2Stream open(final int id) {
        final Http2Stream oldest = streams.tooMany();
        if (oldest != null) {
            flow.event(Http2Events.STREAMS);
            close(oldest);
        }
        return streams.open(id);
    }

    /** One side of a stream is complete. Where the request was not seen, as behind an upgrade, the response ends it. */
    private void end(final Http2Stream stream, final boolean fromClient) {
        streams.end(stream, fromClient, true);
        if (stream.ended == Http2Stream.BOTH || !fromClient && (stream.headers & Http2Stream.CLIENT) == 0) {
            close(stream);
        }
    }

    private void close(final Http2Stream stream) {
        uncount(client, stream, true);
        uncount(server, stream, false);
        streams.close(stream);
    }

    /** Of a frame that is not complete, what has not come does not count. */
    private void uncount(final Http2Side side, final Http2Stream stream, final boolean ofClient) {
        if (side.stream == stream) {
            stream.bytes[Http2Stream.index(ofClient)] -= side.contentLeft + input(ofClient).toSkip();
            side.stream = null;
        }
    }

    // ---- data -------------------------------------------------------------------------------------------------------

    private void beginData(final boolean fromClient, final Http2Side side, final Http2Stream stream, final int length,
        final int flags, final StreamInput input) {
        side.inData = true;
        side.stream = stream;
        side.endsStream = (flags & END_STREAM) != 0;
        side.paddingTold = (flags & PADDED) == 0;
        side.padding = 0;
        side.contentLeft = length;
        if (side.paddingTold) {
            content(fromClient, side, input);
        }
    }

    /** It is known how long the content of a frame is. */
    private void content(final boolean fromClient, final Http2Side side, final StreamInput input) {
        if (side.stream != null) {
            side.stream.bytes[Http2Stream.index(fromClient)] += side.contentLeft;
        }
        if (wanted(fromClient, side) == null && dns(fromClient, side) == null && side.contentLeft > 1) {
            // the last byte ends the frame when it comes
            input.skip(side.contentLeft - 1);
            side.contentLeft = 1;
        }
    }

    private BodyContent wanted(final boolean fromClient, final Http2Side side) {
        final BodyContent content =
            side.stream == null ? null : side.stream.contents[Http2Stream.index(fromClient)];
        return content != null && content.isWanted() ? content : null;
    }

    private DnsBody dns(final boolean fromClient, final Http2Side side) {
        final DnsBody body = side.stream == null ? null : side.stream.dns[Http2Stream.index(fromClient)];
        return body != null && body.isWanted() ? body : null;
    }

    private boolean data(final boolean fromClient, final Http2Side side, final StreamInput input) {
        if (!side.paddingTold) {
            final Bytes told = side.contentLeft == 0 ? null : input.take(1);
            if (told == null && side.contentLeft > 0) {
                return false;
            }
            final int announced = told == null ? 0 : told.u8(0) + 1;
            if (told == null || announced > side.contentLeft) {
                flow.event(Http2Events.FRAME_DATA);
            }
            side.paddingTold = true;
            side.padding = (int) Math.max(0, Math.min(announced, side.contentLeft) - 1);
            side.contentLeft = Math.max(0, side.contentLeft - announced);
            content(fromClient, side, input);
        }
        while (side.contentLeft > 0) {
            if (input.isEmpty()) {
                return false;
            }
            final BodyContent content = wanted(fromClient, side);
            final DnsBody dns = dns(fromClient, side);
            final Bytes some = input.takeSome((int) Math.min(side.contentLeft, BufferPool.MAX));
            if (some == null) {
                return false;
            }
            side.contentLeft -= some.length();
            if (content != null) {
                content.take(some);
            }
            if (dns != null) {
                dns.take(some);
            }
        }
        input.skip(side.padding);
        side.inData = false;
        final Http2Stream stream = side.stream;
        side.stream = null;
        if (stream != null && side.endsStream) {
            end(stream, fromClient);
        }
        return true;
    }

    // ---- gaps and the end -------------------------------------------------------------------------------------------

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        final Http2Side side = side(fromClient);
        if (side.inData && side.paddingTold && missing <= side.contentLeft) {
            side.contentLeft -= missing;
            if (side.stream != null && side.stream.contents[Http2Stream.index(fromClient)] != null) {
                side.stream.contents[Http2Stream.index(fromClient)].gap();
            }
            final DnsBody dns = dns(fromClient, side);
            if (dns != null) {
                dns.gap();
            }
            parse(fromClient, input);
            return;
        }
        side.broken = true;
        side.release();
        input.skipAll();
        if (client.broken && server.broken) {
            flow.done();
        }
    }

    @Override
    protected void ended() {
        for (Http2Stream left = streams.any(); left != null; left = streams.any()) {
            close(left);
        }
        if (!connectionTold && client.settingsCount + server.settingsCount > 0) {
            connectionTold = true;
            streams.tellConnection(client, server);
        }
        client.release();
        server.release();
    }
}
