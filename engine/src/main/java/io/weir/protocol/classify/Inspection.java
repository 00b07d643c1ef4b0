package io.weir.protocol.classify;

import io.weir.base.Counter;
import io.weir.event.FlowEvent;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Confidence;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Parser;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.content.Decoders;

/**
 * A flow whose content is being looked at: beginnings kept until its protocol is recognised, then its parser. Pooled;
 * owned by one worker. Index 0 of pairs is the client's side, 1 the server's. Every flow that waits for more has one,
 * so its fields are as narrow as what they hold.
 */
final class Inspection implements FlowContext {
    /** Memory is kept for so many bytes of a value at most before they come. */
    private static final int MOST_EXPECTED = 8 * 1024;
    /** Bits of {@link #nameRank}. */
    static final int RANK_BITS = 3;
    private static final byte CLIENT = 1;
    private static final byte SERVER = 2;
    private static final byte BOTH = CLIENT | SERVER;

    private final ParserServices services;
    private final int number;

    private long handle;
    private boolean udp;
    private boolean midStream;
    private boolean clientIsUpper;
    private boolean handingOver;
    private boolean done;
    /** Sides that have ended: a bit for each. */
    private byte closed;
    private char clientPort;
    private char serverPort;
    private byte retries;
    private byte handOvers;
    private byte nameRank;
    /** Which sides have sent what the parser got: a bit for each; all of them where nobody asks. */
    private byte heard;
    /** Number of the protocol that what is handed over probably is, or 0. */
    private short likely;
    /** Number of the protocol that has handed over, or 0. */
    private short before;
    private Protocol protocol;
    private Parser parser;
    private Beginnings beginnings;
    private int firstNumber;
    private long reported;

    Inspection(final ParserServices services, final int number) {
        this.services = services;
        this.number = number;
    }

    /** Begins with a flow. */
    void begin(final long flowHandle, final boolean isUdp, final boolean isMidStream, final boolean upperIsClient,
        final int client, final int server) {
        handle = flowHandle;
        udp = isUdp;
        clientIsUpper = upperIsClient;
        clientPort = (char) client;
        serverPort = (char) server;
        handOvers = 0;
        retries = 0;
        nameRank = 0;
        firstNumber = 0;
        protocol = null;
        parser = null;
        likely = 0;
        before = 0;
        done = false;
        handingOver = false;
        closed = 0;
        midStream = isMidStream;
    }

    /** Reads the first and the last of it, so that both are in the cache. */
    int touch() {
        return (int) handle + (beginnings == null ? 0 : 1);
    }

    // ---- recognition ------------------------------------------------------------------------------------------------

    /** What is kept until the protocol is recognised; null while a parser is at work. */
    Beginnings beginnings() {
        return beginnings;
    }

    /** Recognition begins anew with what follows. */
    void startOver(final Beginnings with, final boolean isMidStream) {
        beginnings = with;
        midStream = isMidStream;
    }

    /** Recognition is over; answers what was kept. */
    Beginnings stopRecognising() {
        final Beginnings kept = beginnings;
        beginnings = null;
        return kept;
    }

    /** Transactions of what the connection becomes are numbered from 0 again, as in Suricata. */
    void restartNumbers(final int transactions) {
        firstNumber = transactions;
    }

    /** Transactions of the flow before what the connection is now. */
    int firstNumber() {
        return firstNumber;
    }

    /** Counts an attempt to recognise a stream from the middle; false if there were enough. */
    boolean mayRetry(final int most) {
        return midStream && ++retries < most;
    }

    /** Turns client and server. */
    void turn() {
        clientIsUpper = !clientIsUpper;
        final char port = clientPort;
        clientPort = serverPort;
        serverPort = port;
        closed = (byte) ((closed & CLIENT) << 1 | closed >> 1);
        beginnings.turn();
        services.listener().turned(handle);
    }

    // ---- parsing ----------------------------------------------------------------------------------------------------

    /** Begins to parse. */
    void parseWith(final Protocol recognised, final Parser with) {
        protocol = recognised;
        parser = with;
        reported = 0;
        handingOver = false;
        parser.begin(this);
    }

    /** What its first parser gets next from the other side than this are the first bytes of it. */
    void heard(final boolean fromClient) {
        heard = midStream || handOvers > 0 ? BOTH : side(fromClient);
    }

    /** True if these are the first bytes of the side that was not recognised; asked once for each piece. */
    boolean hearsOther(final boolean fromClient) {
        final boolean first = (heard & side(fromClient)) == 0;
        if (first) {
            heard = BOTH;
        }
        return first;
    }

    /** Ends parsing; answers the parser. */
    Parser stopParsing() {
        final Parser stopped = parser;
        parser = null;
        return stopped;
    }

    Parser parser() {
        return parser;
    }

    Protocol protocol() {
        return protocol;
    }

    boolean isDone() {
        return done;
    }

    boolean isHandingOver() {
        return handingOver;
    }

    /** What the bytes after a hand-over probably are, or null. */
    Protocol likely() {
        return likely == 0 ? null : Protocols.of(likely);
    }

    /** Counts a hand-over; false if there were enough. */
    boolean mayHandOver(final int most) {
        before = (short) protocol.id();
        handingOver = false;
        return ++handOvers <= most;
    }

    /** True if nothing is known of it that its labels and its parser do not know. */
    boolean maySleep() {
        return handOvers == 0 && reported == 0 && firstNumber == 0;
    }

    /** How good the name is from which its application is known, 0 without one. */
    int nameRank() {
        return nameRank;
    }

    void nameRank(final int value) {
        nameRank = (byte) value;
    }

    boolean isHandedOver() {
        return handOvers > 0;
    }

    /** Notes the end of a side; true if both have ended. */
    boolean close(final boolean fromClient) {
        closed |= side(fromClient);
        return closed == BOTH;
    }

    @Override
    public boolean isClosed(final boolean ofClient) {
        return (closed & side(ofClient)) != 0;
    }

    private static byte side(final boolean ofClient) {
        return ofClient ? CLIENT : SERVER;
    }

    int number() {
        return number;
    }

    long handle() {
        return handle;
    }

    /** Number of the TCP stream that one side sends. */
    long stream(final boolean fromClient) {
        return handle << 1 | (fromClient == clientIsUpper ? 1 : 0);
    }

    boolean clientIsUpper() {
        return clientIsUpper;
    }

    long frameNumber() {
        return services.frameNumber();
    }

    // ---- what parsers see -------------------------------------------------------------------------------------------

    @Override
    public boolean isUdp() {
        return udp;
    }

    @Override
    public int clientPort() {
        return clientPort;
    }

    @Override
    public int serverPort() {
        return serverPort;
    }

    @Override
    public boolean isMidStream() {
        return midStream;
    }

    @Override
    public Protocol handedOverBy() {
        return before == 0 ? null : Protocols.of(before);
    }

    @Override
    public long timestampNs() {
        return services.timestampNs();
    }

    @Override
    public BufferPool buffers() {
        return services.buffers();
    }

    @Override
    public <T> T scratch(final Scratch<T> kind) {
        return services.scratch(kind);
    }

    @Override
    public boolean isWatched() {
        return services.listener().isListening();
    }

    @Override
    public boolean isStreamWatched() {
        return services.listener().isLookingAtStreams();
    }

    @Override
    public boolean passesOver(final boolean byClient) {
        return services.listener().passesOver(handle, byClient);
    }

    @Override
    public boolean wantsPassedOver() {
        return services.listener().wantsPassedOver();
    }

    @Override
    public boolean wantsFiles() {
        return services.wantsFiles();
    }

    @Override
    public boolean unpacksFiles() {
        return services.unpacksFiles();
    }

    @Override
    public int dnsVersion() {
        return services.dnsVersion();
    }

    @Override
    public Decoders decoders() {
        return services.decoders();
    }

    @Override
    public void beside(final Transaction record, final Transaction of, final Field numberField, final Field object) {
        services.beside(this, record, of, numberField, object);
    }

    @Override
    public boolean wants(final Field field) {
        return services.wants(field);
    }

    @Override
    public Transaction open(final RecordType type) {
        return services.open(type);
    }

    @Override
    public void told(final Transaction transaction, final boolean byClient) {
        services.told(this, transaction, byClient);
    }

    @Override
    public boolean isAsked(final Transaction transaction, final boolean byClient) {
        return !transaction.isPassedOver(byClient) || services.listener().asks(handle, transaction, byClient);
    }

    @Override
    public void expects(final Transaction transaction, final boolean byClient, final Field field, final long bytes,
        final boolean asSent) {
        if (transaction.isHolding(byClient) || asSent && !byClient && transaction.isPassedOver(false)
            && services.listener().holds(handle, transaction, field, bytes)) {
            return;
        }
        transaction.inspected(byClient).expect((int) Math.min(bytes, MOST_EXPECTED));
    }

    @Override
    public void piece(final Transaction transaction, final boolean byClient, final Field field, final boolean begins,
        final Bytes bytes, final int most) {
        bytes.wrap(bytes, 0, most);
        if (transaction.isHolding(byClient) && services.listener().held(handle, transaction, begins, bytes)) {
            return;
        }
        services.listener().piece(handle, transaction, byClient, field, begins, bytes);
        if (!byClient) {
            transaction.tellLater();
        }
        transaction.inspected(byClient).append(field, begins, bytes);
    }

    @Override
    public void close(final Transaction transaction) {
        services.close(this, transaction);
    }

    @Override
    public void close(final Transaction transaction, final Transaction record, final int shared,
        final Field numberField, final Field object) {
        services.close(this, transaction, record, shared, numberField, object);
    }

    @Override
    public void discard(final Transaction transaction) {
        services.discard(transaction);
    }

    @Override
    public void label(final Protocol inner) {
        services.labels().add(handle, inner, false);
    }

    @Override
    public void leads(final Protocol inner) {
        services.labels().add(handle, inner, true);
    }

    @Override
    public void confirm() {
        services.labels().confidence(handle, Confidence.HANDSHAKE);
    }

    @Override
    public void encrypted() {
        services.labels().addFlags(handle, FlowEvent.ENCRYPTED);
    }

    @Override
    public void name(final NameKind kind, final Bytes bytes, final int from, final int length) {
        final int rank = rank(kind);
        if (rank > nameRank && bytes.has(from, length)) {
            final int application = services.applications().find(kind, bytes, from, length);
            if (application != 0) {
                services.labels().application(handle, application);
                nameRank = (byte) rank;
            }
        }
    }

    private static int rank(final NameKind kind) {
        return switch (kind) {
            case HOST -> 4;
            case CERTIFICATE -> 3;
            case USER_AGENT, ORGANIZATION -> 2;
            case ALPN -> 1;
        };
    }

    @Override
    public int application(final Bytes name, final int from, final int length) {
        return name.has(from, length) ? services.applications().find(NameKind.HOST, name, from, length) : 0;
    }

    @Override
    public void learnt(final int application, final Bytes address, final int from, final int length) {
        if (address.has(from, length) && (length == 4 || length == 16)) {
            services.writer().name(this, application, address, from, length);
        }
    }

    @Override
    public void expect(final Protocol what, final boolean overUdp, final boolean byServer, final Bytes address,
        final int from, final int length, final int port, final int peerPort, final Transaction properties) {
        if (address == null || length == 0 || address.has(from, length)) {
            services.writer().expectation(this, what, overUdp, byServer, address, from, length, port, peerPort,
                properties);
        }
        if (properties != null) {
            services.discard(properties);
        }
    }

    @Override
    public void event(final ProtocolEvent event, final Transaction of) {
        final int index = protocol.events().indexOf(event);
        if (index < 0) {
            return;
        }
        final long bit = 1L << index;
        final boolean isFirst = of == null ? (reported & bit) == 0 : of.report(index);
        reported |= bit;
        if (isFirst) {
            if (of != null) {
                services.number(this, of);
            }
            services.report(this, event, of, false);
        }
    }

    @Override
    public void skipped(final long bytes) {
        services.counters().add(Counter.PARSER_BYTES_SKIPPED, bytes);
    }

    @Override
    public void overBudget() {
        services.counters().increment(Counter.PARSER_OVER_BUDGET);
    }

    @Override
    public void handOver(final Protocol next) {
        handingOver = true;
        likely = next == null ? 0 : (short) next.id();
    }

    @Override
    public void done() {
        done = true;
    }
}
