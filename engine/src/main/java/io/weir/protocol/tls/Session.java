package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.protocol.WeirObject;
import io.weir.protocol.tls.TlsWords.ChainWords;
import io.weir.protocol.rtp.Srtp;
import io.weir.protocol.tls.fingerprint.HelloFingerprints;
import io.weir.protocol.tls.fingerprint.Ja3;
import io.weir.protocol.tls.fingerprint.Ja4;
import io.weir.protocol.tls.x509.Certificate;

/**
 * One session's handshake, whatever carries it: takes messages, tells the record. The record is written as soon as
 * nothing more can come into it, which is when the server's hello has been seen if it chose TLS 1.3, and else when its
 * flight, and the certificate it may have asked for, have been seen. It is over when what follows is encrypted. One
 * thread.
 */
final class Session {
    static final int CLIENT_HELLO = 1;
    static final int SERVER_HELLO = 2;
    static final int CERTIFICATE = 11;
    static final int CERTIFICATE_REQUEST = 13;
    static final int SERVER_HELLO_DONE = 14;
    static final int CLIENT_KEY_EXCHANGE = 16;

    private static final int FATAL = 2;
    private static final int MAX_HOST_NAME = 255;
    /** Certificates behind the first that are told. */
    private static final int MAX_CHAIN = 8;
    /** Bytes that telling most clients' hellos takes. */
    private static final int USUAL = 500;
    private static final byte[] HTTP_2 = {'h', '2'};
    private static final byte[] HTTP_3 = {'h', '3'};

    private final byte[] sessionId = new byte[32];
    private FlowContext flow;
    private Views views;
    private Transaction record;
    /** What is told beyond EVE's schema, until the record is written; or null. */
    private Transaction beyond;
    private boolean datagrams;
    private boolean over;
    private boolean written;
    private boolean clientSide;
    private boolean clientHello;
    private boolean serverHello;
    private boolean certificate;
    private boolean clientCertificate;
    private boolean certificateRequested;
    private boolean serverChain;
    private boolean clientChain;
    private boolean ticketShown;
    private boolean resumed;
    private boolean madeUpName;
    private int sessionIdLength;
    private int version;
    private int recordVersion;
    private Protocol service;

    /** Begins with a flow, of DTLS if {@code overDatagrams}. */
    void begin(final FlowContext context, final boolean overDatagrams) {
        flow = context;
        views = flow.scratch(Views.SCRATCH);
        record = null;
        beyond = null;
        datagrams = overDatagrams;
        over = false;
        written = false;
        clientSide = true;
        clientHello = false;
        serverHello = false;
        certificate = false;
        clientCertificate = false;
        certificateRequested = false;
        serverChain = false;
        clientChain = false;
        ticketShown = false;
        resumed = false;
        madeUpName = false;
        sessionIdLength = 0;
        version = 0;
        recordVersion = 0;
        service = null;
    }

    FlowContext flow() {
        return flow;
    }

    /** To look at a message with, before it is taken. */
    Bytes view() {
        return views.message;
    }

    /** Reads some of its state, so that it is in the cache. */
    int touch() {
        return version;
    }

    /** The record in the making, or null. */
    Transaction record() {
        return record;
    }

    /** True if nothing more is to be learnt. */
    boolean isOver() {
        return over;
    }

    /** True if nothing at all has been seen. */
    boolean isEmpty() {
        return record == null && !written;
    }

    /** True if messages of this type have a body that says something. */
    static boolean isRead(final int type) {
        return type == CLIENT_HELLO || type == SERVER_HELLO || type == CERTIFICATE;
    }

    /** Takes the version in the header of a record in which one side sends handshake messages that can be read. */
    void recordVersion(final boolean fromClient, final int value) {
        if (fromClient != clientSide) {
            recordVersion = value;
        }
    }

    /**
     * Takes a message.
     *
     * @param body of messages that are {@link #isRead read}
     * @param cut  true if that is not all of it
     */
    void message(final boolean fromClient, final int type, final Bytes body, final boolean cut) {
        switch (type) {
            case CLIENT_HELLO -> clientHello(fromClient, body, cut);
            case SERVER_HELLO -> serverHello(fromClient, body, cut);
            case CERTIFICATE -> certificates(fromClient, body, cut);
            case CERTIFICATE_REQUEST -> certificateRequested = true;
            case SERVER_HELLO_DONE -> {
                if (!certificateRequested || !serverHello) {
                    write();
                }
            }
            case CLIENT_KEY_EXCHANGE -> {
                if (serverHello) {
                    write();
                }
            }
            // Hello request and verify request, ticket, key update, and what comes with certificates.
            case 0, 3, 4, 5, 6, 8, 12, 15, 20, 21, 22, 23, 24, 25, 67, 203, 254 -> { }
            default -> {
                flow.event(TlsEvents.HANDSHAKE_MESSAGE, record);
                encrypted(fromClient);
            }
        }
    }

    // ---- hellos -----------------------------------------------------------------------------------------------------

    private void clientHello(final boolean fromClient, final Bytes body, final boolean cut) {
        if (clientHello || written) {
            return;
        }
        final ClientHello hello = views.clientHello;
        if (!hello.wrap(body, datagrams)) {
            flow.event(TlsEvents.HANDSHAKE_LENGTH, record);
            return;
        }
        clientHello = true;
        clientSide = fromClient;
        if (hello.isDamaged() && !cut) {
            flow.event(TlsEvents.HANDSHAKE_LENGTH, record);
        }
        if (hello.serverNameCount() > 1) {
            flow.event(TlsEvents.MULTIPLE_SNI, record);
        }
        if (hello.hasUnknownNameType()) {
            flow.event(TlsEvents.SNI_TYPE, record);
        }
        if (hello.sniLength() > MAX_HOST_NAME) {
            flow.event(TlsEvents.SNI_LENGTH, record);
        }
        if (datagrams && hello.extensions().find(Extensions.USE_SRTP) != Extensions.NONE) {
            flow.label(Srtp.PROTOCOL);
        }
        keepSessionId(hello);
        ticketShown = hello.hasTicket();
        final Transaction told = open();
        tellNames(told, hello);
        if (!cut) {
            final HelloFingerprints made = views.clients.of(hello, datagrams ? Ja4.DTLS : Ja4.TCP);
            told.begin(TlsWords.JA3).put(TlsWords.JA3_HASH, made.bytes(), made.ja3HashFrom(), Ja3.HASH_LENGTH)
                .put(TlsWords.JA3_STRING, made.bytes(), made.ja3TextFrom(), made.ja3TextLength()).end();
            told.put(TlsWords.JA4, made.bytes(), made.ja4From(), Ja4.LENGTH);
        }
        if (flow.wants(HandshakeTeller.CLIENT)) {
            HandshakeTeller.tell(told, hello);
        }
        if (hello.hasEncryptedHello()) {
            beyond().put(TlsWords.ECH, true);
        }
        if (flow.isWatched()) {
            TlsBuffers.hello(flow, told, true, body);
            flow.told(told, true);
        }
    }

    private void keepSessionId(final ClientHello hello) {
        sessionIdLength = hello.sessionIdLength();
        hello.bytes().copyTo(hello.sessionIdFrom(), sessionId, 0, sessionIdLength);
    }

    private void tellNames(final Transaction told, final ClientHello hello) {
        final Bytes bytes = hello.bytes();
        final int from = hello.sniFrom();
        final int length = hello.sniLength();
        boolean http = false;
        if (length > 0) {
            told.put(TlsWords.SNI, bytes, from, length);
            flow.name(NameKind.HOST, bytes, from, length);
            madeUpName = SecureServices.isMadeUpByTor(bytes, from, length);
        }
        for (int at = hello.firstAlpn(); at != Extensions.NONE; at = hello.nextAlpn(at)) {
            final int count = bytes.u8(at);
            told.put(TlsWords.CLIENT_ALPNS, bytes, at + 1, count);
            flow.name(NameKind.ALPN, bytes, at + 1, count);
            http |= count == 2 && (bytes.matches(at + 1, HTTP_2) || bytes.matches(at + 1, HTTP_3));
            // Of several that are offered one is chosen, which in TLS 1.3 is hidden.
            service = at == hello.firstAlpn() ? SecureServices.byAlpn(bytes, at + 1, count) : null;
        }
        if (madeUpName && SecureServices.isHelloOfTor(hello)) {
            flow.label(SecureServices.TOR);
        }
        if (http && SecureServices.isResolver(bytes, from, length)) {
            service = SecureServices.DOH;
        }
    }

    private void serverHello(final boolean fromClient, final Bytes body, final boolean cut) {
        if (serverHello || written) {
            return;
        }
        final ServerHello hello = views.serverHello;
        if (!hello.wrap(body)) {
            flow.event(TlsEvents.HANDSHAKE_LENGTH, record);
            return;
        }
        serverHello = true;
        if (!clientHello) {
            clientSide = !fromClient;
        }
        if (hello.isDamaged() && !cut) {
            flow.event(TlsEvents.HANDSHAKE_LENGTH, record);
        }
        version = hello.version() == Versions.TLS_1_3 && hello.legacyVersion() == Versions.TLS_1_3
            ? Versions.TLS_1_3_BEFORE_DRAFT_16 : hello.version();
        final Transaction told = open();
        final int alpn = hello.alpn();
        if (alpn != Extensions.NONE) {
            final int count = hello.bytes().u8(alpn);
            told.put(TlsWords.SERVER_ALPNS, hello.bytes(), alpn + 1, count);
            flow.name(NameKind.ALPN, hello.bytes(), alpn + 1, count);
            if (service != SecureServices.DOH) {
                service = SecureServices.byAlpn(hello.bytes(), alpn + 1, count);
            }
        }
        if (!cut) {
            final HelloFingerprints made = views.servers.of(hello.legacyVersion(), hello.cipher(), hello.extensions());
            told.begin(TlsWords.JA3S).put(TlsWords.JA3S_HASH, made.bytes(), made.ja3HashFrom(), Ja3.HASH_LENGTH)
                .put(TlsWords.JA3S_STRING, made.bytes(), made.ja3TextFrom(), made.ja3TextLength()).end();
        }
        if (flow.wants(HandshakeTeller.SERVER)) {
            HandshakeTeller.tell(told, hello);
        }
        if (flow.isWatched()) {
            TlsBuffers.hello(flow, told, false, body);
        }
        resumed = ticketShown || sessionIdLength > 0 && isSameSession(hello);
        if (clientHello) {
            flow.confirm();
        }
        if (Versions.hidesCertificates(version)) {
            resumed = hello.extensions().find(Extensions.PRE_SHARED_KEY) != Extensions.NONE;
            finish();
        }
    }

    private boolean isSameSession(final ServerHello hello) {
        if (hello.sessionIdLength() != sessionIdLength) {
            return false;
        }
        for (int i = 0; i < sessionIdLength; i++) {
            if (hello.bytes().u8(hello.sessionIdFrom() + i) != (sessionId[i] & 0xff)) {
                return false;
            }
        }
        return true;
    }

    /** Takes the hello of a client that speaks SSL 2, or offers it beside later versions in that form. */
    void clientHelloOfSsl2(final boolean fromClient) {
        if (!clientHello && !written) {
            clientHello = true;
            clientSide = fromClient;
            open();
        }
    }

    /** Takes the hello of a server that speaks SSL 2, which has its certificate in it. */
    void serverHelloOfSsl2(final boolean fromClient, final Bytes bytes, final int from, final int length) {
        if (serverHello || written) {
            return;
        }
        serverHello = true;
        version = Versions.SSL_2;
        if (clientHello) {
            flow.confirm();
        } else {
            clientSide = !fromClient;
        }
        open();
        if (length > 0) {
            certificate(fromClient, bytes, from, length, false);
        }
        finish();
    }

    // ---- certificates -----------------------------------------------------------------------------------------------

    /** A list with lengths of 24 bits, RFC 5246 section 7.4.2, of which the first is the sender's own. */
    private void certificates(final boolean fromClient, final Bytes body, final boolean cut) {
        final int length = body.u24(3);
        if (length > 0 && !written) {
            certificate(fromClient, body, 6, Math.min(length, body.length() - 6), cut);
            chain(fromClient == clientSide ? TlsWords.CLIENT_CHAIN : TlsWords.SERVER_CHAIN, body, 6 + length);
            if (flow.isWatched()) {
                TlsBuffers.chain(flow, open(), fromClient == clientSide, body);
            }
        }
        if (fromClient == clientSide && serverHello) {
            write();
        }
    }

    /** Tells the certificates behind the first, as far as they can be read. */
    private void chain(final ChainWords words, final Bytes body, final int from) {
        final boolean ofClient = words == TlsWords.CLIENT_CHAIN;
        int at = from;
        for (int i = 0; body.u24(at) > 0 && !(ofClient ? clientChain : serverChain); i++) {
            if (i == MAX_CHAIN) {
                beyond().leftOut();
                break;
            }
            final int length = body.u24(at);
            final Certificate read = views.certificates.of(body, at + 3, Math.min(length, body.length() - at - 3));
            if (read == null) {
                break;
            }
            CertificateTeller.tell(beyond(), words, read);
            if (!ofClient) {
                whole(open(), TlsWords.CHAIN, read);
            }
            at += 3 + length;
        }
        clientChain |= ofClient;
        serverChain |= !ofClient;
    }

    private void certificate(final boolean fromClient, final Bytes bytes, final int from, final int length,
        final boolean cut) {
        final boolean ofClient = fromClient == clientSide;
        if (ofClient ? clientCertificate : certificate) {
            return;
        }
        final Certificate read = views.certificates.of(bytes, from, length);
        if (read == null) {
            flow.event(cut ? TlsEvents.CERTIFICATE : TlsEvents.of(views.certificates.fault()), record);
            return;
        }
        if (read.fault() != Certificate.Fault.NONE && !cut) {
            flow.event(TlsEvents.of(read.fault()), record);
        }
        final Transaction told = open();
        if (ofClient) {
            clientCertificate = true;
            told.begin(TlsWords.CLIENT);
            CertificateTeller.tell(told, TlsWords.CLIENT_CERTIFICATE, read, views.address);
            whole(told, TlsWords.CLIENT_CERTIFICATE_BYTES, read);
            told.end();
        } else {
            certificate = true;
            CertificateTeller.tell(told, TlsWords.SERVER_CERTIFICATE, read, views.address);
            whole(told, TlsWords.CERTIFICATE, read);
            CertificateTeller.name(flow, read);
            if (madeUpName && SecureServices.isCertificateOfTor(read, views.body)) {
                flow.label(SecureServices.TOR);
            }
        }
    }

    private void whole(final Transaction told, final Field field, final Certificate read) {
        if (flow.wants(field)) {
            told.put(field, read.bytes());
        }
    }

    // ---- what ends it -----------------------------------------------------------------------------------------------

    /** One side encrypts what it sends from here on. */
    void encrypted(final boolean fromClient) {
        if (fromClient != clientSide || serverHello || isEmpty()) {
            finish();
        }
    }

    /** One side says what is wrong, where it can be read. */
    void alert(final boolean fromClient, final int level) {
        if (level == FATAL) {
            write();
            over = true;
            if (fromClient != clientSide && clientHello) {
                flow.confirm();
            }
        }
    }

    /** What follows is encrypted. */
    private void finish() {
        write();
        flow.encrypted();
        over = true;
    }

    /** The flow has ended. */
    void end() {
        write();
        over = true;
    }

    private Transaction open() {
        if (record == null) {
            record = flow.open(TlsWords.RECORD);
            record.expect(USUAL);
        }
        return record;
    }

    private Transaction beyond() {
        open();
        if (beyond == null) {
            beyond = flow.open(TlsWords.RECORD);
        }
        return beyond;
    }

    private void write() {
        if (record == null) {
            // In the middle of a connection a service is known by its port alone.
            if (!written) {
                labelService();
            }
            return;
        }
        final int told = version != 0 ? version : recordVersion;
        final byte[] name = Versions.name(told);
        if (name != null) {
            record.put(TlsWords.VERSION, name);
        } else {
            record.put(TlsWords.VERSION, views.versionNumber(told), 0, Views.VERSION_NUMBER_LENGTH);
        }
        if (resumed && !certificate) {
            record.put(TlsWords.RESUMED, true);
        }
        if (!datagrams && flow.handedOverBy() != null) {
            record.put(TlsWords.FROM_PROTO, flow.handedOverBy().nameBytes());
        }
        if (beyond != null) {
            record.sibling(WeirObject.FIELD).begin(TlsWords.BEYOND).addAll(beyond).end();
            flow.discard(beyond);
            beyond = null;
        }
        labelService();
        flow.close(record);
        record = null;
        written = true;
    }

    private void labelService() {
        if (service == null && !datagrams) {
            service = SecureServices.byPort(flow.serverPort());
        }
        if (service != null) {
            flow.label(service);
        }
    }
}
