package io.weir.protocol.quic;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.NameKind;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.Transaction;
import io.weir.protocol.WeirObject;
import io.weir.protocol.doq.Doq;
import io.weir.protocol.http3.Http3;
import io.weir.protocol.tls.Extensions;
import io.weir.protocol.tls.fingerprint.HelloFingerprints;
import io.weir.protocol.tls.fingerprint.Ja3;
import io.weir.protocol.tls.fingerprint.Ja4;

/**
 * Reads the handshake of a QUIC flow until both hellos are known: one record for each hello, one for each Retry and
 * version negotiation, and one without a hello for a client whose hello could not be read. Packets of the server can be
 * opened only if the client's first was seen: its keys come from the id that the client chose.
 */
final class QuicParser extends DatagramParser {
    /** An Initial packet of the client could not be opened. */
    static final ProtocolEvent FAILED_DECRYPT =
        new ProtocolEvent("failed_decrypt", "An Initial packet of the client could not be decrypted.");
    /** An Initial packet holds what has no place there. */
    static final ProtocolEvent ERROR_ON_DATA =
        new ProtocolEvent("error_on_data", "The content of an Initial packet is damaged.");

    private static final int CLIENT_HELLO = 1;
    private static final int SERVER_HELLO = 2;
    /** Datagrams after which the rest of a handshake is not waited for any more. */
    private static final int MAX_DATAGRAMS = 24;
    /** Packets that only come once hellos were exchanged, and that are waited through because order is not kept. */
    private static final int MAX_LATE = 4;
    private static final int MAX_PACKETS = 8;
    private static final int MAX_FAILED = 4;
    /** Other frames that may stand in front of one of Google's hellos, and its frame's header. */
    private static final int BEFORE_GOOGLE_HELLO = 64;
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private final byte[] id = new byte[LongHeader.MAX_ID];
    private final CryptoStream client = new CryptoStream();
    private final CryptoStream server = new CryptoStream();
    private Tools tools;
    private int idLength;
    private int datagrams;
    private int late;
    private int failed;
    private long untold;
    private long googleBase;
    private boolean told;
    private boolean clientDone;
    private boolean serverDone;
    private boolean fromBoth;
    private boolean byClient;
    private boolean byServer;
    private boolean retried;

    @Override
    protected void begun() {
        tools = flow.scratch(Tools.SCRATCH);
        idLength = -1;
        datagrams = 0;
        late = 0;
        failed = 0;
        untold = 0;
        googleBase = 0;
        told = false;
        clientDone = false;
        serverDone = false;
        fromBoth = false;
        byClient = false;
        byServer = false;
        retried = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        int at = 0;
        for (int i = 0; i < MAX_PACKETS && at < payload.length(); i++) {
            if (payload.u8(at) < 0x80) {
                shortHeader(fromClient, payload, at);
                break;
            }
            if (!tools.header.wrap(payload, at, announced)) {
                break;
            }
            spoke(fromClient);
            final int end = tools.header.end();
            packet(fromClient, payload, at);
            at = end;
        }
        datagrams++;
        if (clientDone && serverDone || datagrams >= MAX_DATAGRAMS || late >= MAX_LATE) {
            flow.done();
        }
    }

    private void spoke(final boolean fromClient) {
        byClient |= fromClient;
        byServer |= !fromClient;
        if (byClient && byServer && !fromBoth) {
            fromBoth = true;
            flow.confirm();
        }
    }

    private void packet(final boolean fromClient, final Bytes payload, final int at) {
        final LongHeader header = tools.header;
        switch (header.type()) {
            case INITIAL -> {
                if (header.version() == Version.GOOGLE_LONG) {
                    googleClear(fromClient, payload, header.from(), header.number());
                } else {
                    initial(fromClient, payload, at);
                }
            }
            case RETRY, VERSION_NEGOTIATION -> {
                if (!fromClient) {
                    tellVersion(header.number());
                    // A client takes one Retry for each of its attempts: RFC 9000, 17.2.5.2.
                    final boolean retry = header.type() == LongHeader.Type.RETRY;
                    if (!retry || !retried) {
                        startOver();
                    }
                    retried = retry;
                }
            }
            case HANDSHAKE -> {
                if (header.version() == Version.GOOGLE_LONG) {
                    googleClear(fromClient, payload, header.from(), header.number());
                } else {
                    late++;
                }
            }
            default -> {
                // What is sent ahead tells nothing.
            }
        }
    }

    /** After Retry or version negotiation the client begins anew, with another id. */
    private void startOver() {
        client.clear(flow.buffers());
        server.clear(flow.buffers());
        idLength = -1;
        clientDone = false;
        serverDone = false;
        told = false;
        untold = 0;
    }

    // ---- Initial packets --------------------------------------------------------------------------------------------

    private void initial(final boolean fromClient, final Bytes payload, final int at) {
        if (fromClient ? clientDone : serverDone) {
            return;
        }
        final LongHeader header = tools.header;
        if (fromClient && idLength < 0) {
            takeId(payload);
        }
        if (fromClient) {
            untold = header.number();
        }
        if (idLength < 0 || !header.version().isOpen() || !payload.has(at, header.end() - at)) {
            return;
        }
        if (!tools.opener.mayOpen(flow.timestampNs())) {
            flow.overBudget();
            return;
        }
        Bytes text = open(fromClient, payload, at);
        if (text == null && fromClient && client.isEmpty() && !isKnownId(payload)
            && tools.opener.mayOpen(flow.timestampNs())) {
            takeId(payload);
            text = open(true, payload, at);
        }
        if (text == null) {
            if (++failed == MAX_FAILED) {
                giveUp();
            }
            return;
        }
        collect(fromClient, text);
    }

    private void giveUp() {
        flow.event(FAILED_DECRYPT);
        clientDone = true;
        serverDone = true;
    }

    private Bytes open(final boolean fromClient, final Bytes payload, final int at) {
        final Version version = tools.header.version();
        if (version != Version.RESERVED) {
            return open(version, fromClient, payload, at);
        }
        final Bytes text = open(Version.V1, fromClient, payload, at);
        return text != null ? text : open(Version.DRAFT_29, fromClient, payload, at);
    }

    private Bytes open(final Version version, final boolean fromClient, final Bytes payload, final int at) {
        return tools.opener.open(payload, at, tools.header, version, id, idLength, fromClient);
    }

    private void takeId(final Bytes payload) {
        idLength = tools.header.destinationLength();
        for (int i = 0; i < idLength; i++) {
            id[i] = (byte) payload.u8(tools.header.destinationFrom() + i);
        }
    }

    private boolean isKnownId(final Bytes payload) {
        boolean same = tools.header.destinationLength() == idLength;
        for (int i = 0; same && i < idLength; i++) {
            same = (byte) payload.u8(tools.header.destinationFrom() + i) == id[i];
        }
        return same;
    }

    private void collect(final boolean fromClient, final Bytes text) {
        final CryptoStream stream = fromClient ? client : server;
        final boolean google = tools.header.version().hasGoogleFrames();
        if (!tools.frames.collect(text, google, stream, flow.buffers()) && fromClient) {
            flow.event(ERROR_ON_DATA);
        }
        if (tools.frames.lost() > 0) {
            flow.skipped(tools.frames.lost());
        }
        if (tools.header.version().isGoogleHandshake()) {
            if (fromClient && tools.googleHello.wrap(stream.front(tools.view), 0, tools.header.number())
                && tools.googleHello.isWhole()) {
                tellGoogles(tools.view, tools.header.number());
                client.clear(flow.buffers());
                clientDone = true;
            }
            return;
        }
        final int length = stream.message(fromClient ? CLIENT_HELLO : SERVER_HELLO, tools.view);
        if (length == -1) {
            return;
        }
        if (length < 0 || !(fromClient ? clientHello(tools.view) : serverHello(tools.view))) {
            flow.event(ERROR_ON_DATA);
        }
        stream.clear(flow.buffers());
        clientDone |= fromClient;
        serverDone |= !fromClient;
    }

    // ---- hellos -----------------------------------------------------------------------------------------------------

    private boolean clientHello(final Bytes body) {
        if (!tools.clientHello.wrap(body)) {
            return false;
        }
        final Transaction record = open(tools.header.number());
        final int sni = tools.clientHello.sniFrom();
        final int sniLength = tools.clientHello.sniLength();
        if (sniLength > 0) {
            record.put(QuicFields.SNI, body, sni, sniLength);
            flow.name(NameKind.HOST, body, sni, sniLength);
        }
        final HelloFingerprints made = tools.clients.of(tools.clientHello, Ja4.QUIC);
        record.begin(QuicFields.JA3).put(QuicFields.JA3_HASH, made.bytes(), made.ja3HashFrom(), Ja3.HASH_LENGTH)
            .put(QuicFields.JA3_STRING, made.bytes(), made.ja3TextFrom(), made.ja3TextLength()).end();
        record.put(QuicFields.JA4, made.bytes(), made.ja4From(), Ja4.LENGTH);
        tell(record, body, tools.clientHello.extensions());
        if (tools.clientHello.hasEncryptedHello()) {
            record.sibling(WeirObject.FIELD).begin(QuicFields.BEYOND).put(QuicFields.ECH, true).end();
        }
        flow.close(record);
        told = true;
        for (int at = tools.clientHello.firstAlpn(); at != Extensions.NONE; at = tools.clientHello.nextAlpn(at)) {
            applicationProtocol(body, at + 1, body.u8(at));
        }
        return true;
    }

    private void applicationProtocol(final Bytes body, final int from, final int length) {
        flow.name(NameKind.ALPN, body, from, length);
        if (body.u16(from) == ('h' << 8 | '3') && (length == 2 || body.u8(from + 2) == '-')) {
            flow.label(Http3.PROTOCOL);
        } else if (body.u24(from) == ('d' << 16 | 'o' << 8 | 'q') && (length == 3 || body.u8(from + 3) == '-')) {
            flow.label(Doq.PROTOCOL);
        }
    }

    /** RFC 8446, 4.1.3: version, random, session id, cipher, compression, extensions. */
    private boolean serverHello(final Bytes body) {
        final int session = body.u8(34);
        final int cipher = body.u16(35 + session);
        if (session < 0 || session > 32 || cipher < 0) {
            return false;
        }
        tools.extensions.wrap(body, 38 + session);
        final Transaction record = open(tools.header.number());
        final HelloFingerprints made = tools.servers.of(body.u16(0), cipher, tools.extensions);
        record.begin(QuicFields.JA3S).put(QuicFields.JA3S_HASH, made.bytes(), made.ja3HashFrom(), Ja3.HASH_LENGTH)
            .put(QuicFields.JA3S_STRING, made.bytes(), made.ja3TextFrom(), made.ja3TextLength()).end();
        tell(record, body, tools.extensions);
        flow.close(record);
        return true;
    }

    private void tell(final Transaction record, final Bytes body, final Extensions extensions) {
        for (int e = extensions.first(); e != Extensions.NONE; e = extensions.next(e)) {
            final int type = extensions.type(e);
            final byte[] name = ExtensionNames.of(type);
            record.begin(QuicFields.EXTENSIONS);
            if (name != null) {
                record.put(QuicFields.EXTENSION_NAME, name);
            }
            record.put(QuicFields.EXTENSION_TYPE, type);
            if (type == Extensions.SERVER_NAME) {
                final int length = body.u16(extensions.data(e) + 3);
                if (length > 0 && length + 5 <= extensions.length(e)) {
                    record.put(QuicFields.EXTENSION_VALUES, body, extensions.data(e) + 5, length);
                }
            } else if (type == Extensions.ALPN) {
                final int end = extensions.data(e) + extensions.length(e);
                int at = extensions.data(e) + 2;
                while (at < end && at + 1 + body.u8(at) <= end) {
                    record.put(QuicFields.EXTENSION_VALUES, body, at + 1, body.u8(at));
                    at += 1 + body.u8(at);
                }
            }
            record.end();
        }
    }

    // ---- Google's handshake in the clear ----------------------------------------------------------------------------

    /** A packet with a short header, or one with Google's public header: flags, id, version, number. */
    private void shortHeader(final boolean fromClient, final Bytes payload, final int at) {
        final int flags = payload.u8(at);
        final long version = payload.u32(at + 9);
        if (at == 0 && Quic.hasGoogleVersion(payload)) {
            spoke(fromClient);
            if (fromClient) {
                googleClear(true, payload, 13 + Quic.googleNumberLength(flags), version);
            }
        } else if (at == 0 && !fromClient && Quic.googleReject(payload)) {
            spoke(false);
        } else {
            late++;
        }
    }

    private void googleClear(final boolean fromClient, final Bytes payload, final int from, final long version) {
        if (!fromClient) {
            return;
        }
        untold = version;
        final int at = payload.indexOf(GoogleHello.CHLO, from);
        if (at >= 0 && at < from + BEFORE_GOOGLE_HELLO) {
            googleBegin(payload, from, at, version);
        } else if (!client.isEmpty()) {
            googleGoOn(payload, from, version);
        }
    }

    /** A hello of Google's begins: it is told at once if it is whole, or else if its frame is not understood. */
    private void googleBegin(final Bytes payload, final int from, final int at, final long version) {
        if (!tools.googleHello.wrap(payload, at, version)) {
            return;
        }
        if (!tools.googleHello.isWhole() && beginsFrame(payload, from, at, version)) {
            if (tools.googleFrames.dataOffset() != googleBase) {
                client.clear(flow.buffers());
                googleBase = tools.googleFrames.dataOffset();
            }
            if (client.add(flow.buffers(), 0, payload.buffer(), at, googleData(payload))) {
                return;
            }
        }
        client.clear(flow.buffers());
        tellGoogles(payload, version);
    }

    /** True if the data of a frame begins at a place; its header may begin anywhere in front of it. */
    private boolean beginsFrame(final Bytes payload, final int from, final int data, final long version) {
        for (int at = from; at < data; at++) {
            if (tools.googleFrames.stream(payload, at, version) && tools.googleFrames.dataFrom() == data) {
                return true;
            }
        }
        return false;
    }

    private int googleData(final Bytes payload) {
        return Math.max(0, Math.min(tools.googleFrames.dataLength(), payload.length() - tools.googleFrames.dataFrom()));
    }

    /** The next part of a hello, which need not be the one that lies next in the stream. */
    private void googleGoOn(final Bytes payload, final int from, final long version) {
        for (int at = from; at <= from + BEFORE_GOOGLE_HELLO && at < payload.length(); at++) {
            if (tools.googleFrames.stream(payload, at, version)) {
                final long offset = tools.googleFrames.dataOffset() - googleBase;
                final int length = googleData(payload);
                // The bytes in front of the first frame are a hash, in which all kinds of frames seem to begin.
                if (offset > 0 && offset < CryptoStream.LIMIT && length > 0
                    && tools.googleFrames.dataLength() <= payload.length() - tools.googleFrames.dataFrom()
                    && (at == from + Quic.GOOGLE_HASH || offset == client.front(tools.view).length())) {
                    client.add(flow.buffers(), offset, payload.buffer(), tools.googleFrames.dataFrom(), length);
                    break;
                }
            }
        }
        if (tools.googleHello.wrap(client.front(tools.view), 0, version) && tools.googleHello.isWhole()) {
            tellGoogles(tools.view, version);
            client.clear(flow.buffers());
        }
    }

    /** Tells the hello that was wrapped last. */
    private void tellGoogles(final Bytes bytes, final long version) {
        final GoogleHello hello = tools.googleHello;
        final Transaction record = open(version);
        hello.tell(bytes, record);
        flow.close(record);
        told = true;
        if (hello.sniLength() > 0) {
            flow.name(NameKind.HOST, bytes, hello.sniFrom(), hello.sniLength());
        }
    }

    /** What is there of one of Google's hellos that stayed half. */
    private void tellHalf() {
        if (untold >>> 24 == 'Q' && !client.isEmpty()
            && tools.googleHello.wrap(client.front(tools.view), 0, untold)) {
            tellGoogles(tools.view, untold);
        }
    }

    // ---- records ----------------------------------------------------------------------------------------------------

    /** Opens a record and tells the version: Google's by name, others as hexadecimal digits. */
    private Transaction open(final long number) {
        final Transaction record = flow.open(QuicFields.RECORD);
        final byte[] name = tools.versionName;
        final int first = (int) (number >>> 24);
        int length = 0;
        if ((first == 'Q' || first == 'T') && (number >>> 16 & 0xff) == '0') {
            for (int shift = 24; shift >= 0; shift -= 8) {
                name[length++] = (byte) (number >>> shift);
            }
        } else {
            int shift = 28;
            while (shift > 0 && number >>> shift == 0) {
                shift -= 4;
            }
            for (; shift >= 0; shift -= 4) {
                name[length++] = HEX[(int) (number >>> shift) & 15];
            }
        }
        record.put(QuicFields.VERSION, name, 0, length);
        return record;
    }

    private void tellVersion(final long number) {
        flow.close(open(number));
    }

    @Override
    public void end() {
        tellHalf();
        if (untold != 0 && !told) {
            tellVersion(untold);
        }
        client.clear(flow.buffers());
        server.clear(flow.buffers());
    }
}
