package io.weir.protocol;

import io.weir.protocol.content.Decoders;

/**
 * What a parser may ask and tell of its flow. Used on the worker's thread, between a parser's begin and end.
 */
public interface FlowContext {
    /** True for UDP, false for TCP. */
    boolean isUdp();

    /** Port of the client. */
    int clientPort();

    /** Port of the server. */
    int serverPort();

    /** True if the beginning of a TCP connection was not seen. */
    boolean isMidStream();

    /** The protocol whose parser has handed this connection over, or null. */
    Protocol handedOverBy();

    /** Stamp of the frame that is being worked on, ns since 1970. */
    long timestampNs();

    /** Where buffers come from. */
    BufferPool buffers();

    /** What this worker has of a kind: used by one parser at a time, while it works on a message. */
    <T> T scratch(Scratch<T> kind);

    /**
     * Opens a transaction: a record in the making, that is kept until it is {@link #close closed} or
     * {@link #discard discarded}. Never null; when memory has run out, it is one that keeps nothing, and that is
     * counted. A flow may have several open; whoever opens one must close or discard it, at the latest in its end.
     */
    Transaction open(RecordType type);

    /** True if rules look at what is told: else nobody {@link #wants} any field. */
    boolean isWatched();

    /**
     * True if rules look at the bytes of the stream, or at what is told: then it is said to be {@link #encrypted} no
     * earlier than it is.
     */
    boolean isStreamWatched();

    /**
     * True if a rule asks for a field that no record has, or a rule or the configuration for one that is
     * {@link Field#optional}; of a group asks who asks for the group.
     */
    boolean wants(Field field);

    /**
     * True if rules find nothing in a message of one side, as far as its bytes have come, where its fields stand in
     * them as they were sent. Then what only rules ask for of its headers need not be told, if that is {@link
     * Transaction#passOver said}. To be asked when a message begins of which nothing came before the bytes that were
     * delivered last.
     */
    boolean passesOver(boolean byClient);

    /**
     * True if rules are asked of a side's message, all of which but its end has come. They are not if it is {@link
     * Transaction#isPassedOver passed over} and nothing was found in it.
     */
    boolean isAsked(Transaction transaction, boolean byClient);

    /** True if rules ask for headers of messages that are passed over all the same. */
    boolean wantsPassedOver();

    /** True if a record is to be written for each file that is transferred. */
    boolean wantsFiles();

    /** True if those records are to say how long the file is unpacked, which means to unpack it. */
    boolean unpacksFiles();

    /** Layout of records of DNS: 3, or 2 as Suricata 7 writes them. */
    int dnsVersion();

    /** Where decoders of compressed bodies come from. */
    Decoders decoders();

    /**
     * Says that one side has told all it has to tell of a transaction that stays open, so that rules about that side
     * need not wait for the other. Closing a transaction says it of both.
     */
    void told(Transaction transaction, boolean byClient);

    /**
     * Says that the first value of a field that only rules ask for will come in pieces, of so many bytes in all.
     *
     * @param asSent true if it is a part of the stream
     */
    void expects(Transaction transaction, boolean byClient, Field field, long bytes, boolean asSent);

    /**
     * Adds a piece to a value of a transaction that only rules ask for, so that they look at it while it is at hand.
     * All pieces of a value come this way.
     *
     * @param field  of {@link Transaction#inspected}
     * @param begins whether a value begins; else the piece goes on with the one told last
     * @param most   bytes of it that are taken
     */
    void piece(Transaction transaction, boolean byClient, Field field, boolean begins, Bytes bytes, int most);

    /** Writes the record; the transaction must not be used after that. */
    void close(Transaction transaction);

    /**
     * Writes a record that belongs to a transaction and carries its number and fields, such as that of a file; it must
     * not be used after that. Rules do not look at it.
     *
     * @param of     the transaction, of which what was told so far is copied
     * @param number field for its number
     * @param object named like the object beside the record's own that its fields stand in
     */
    void beside(Transaction record, Transaction of, Field number, Field object);

    /**
     * Writes what {@link #beside} and {@link #close(Transaction)} would write one behind the other; fields that both
     * have are written once. Only where nobody {@link #isWatched is told} that the transaction closes: what that causes
     * comes between the two.
     *
     * @param shared {@link FieldList#length} of the transaction when all was told of it that the record carries
     */
    void close(Transaction transaction, Transaction record, int shared, Field number, Field object);

    /** Drops the record; the transaction must not be used after that. */
    void discard(Transaction transaction);

    /** Says that the flow is also this: an inner protocol, or a special case. The first ones told are kept. */
    void label(Protocol inner);

    /** The same, and that the flow is to be named after it, since what was recognised first carries only that. */
    void leads(Protocol inner);

    /** Says that both sides speak the protocol. */
    void confirm();

    /** Says that what follows is encrypted. */
    void encrypted();

    /** Tells a name from which the application may be known. The first that is known counts, a host before others. */
    void name(NameKind kind, Bytes bytes, int from, int length);

    /** Number of the application that a host's name belongs to, or 0. */
    int application(Bytes name, int from, int length);

    /**
     * Tells that a name of an application stands for an address: for flows of this client to that address which carry
     * no name themselves.
     *
     * @param application as {@link #application} has it, not 0
     * @param address     with 4 or 16 bytes at {@code from}
     */
    void learnt(int application, Bytes address, int from, int length);

    /**
     * Announces a flow between this flow's hosts, or between one of them and a third.
     *
     * @param what       protocol of the announced flow
     * @param overUdp    its transport: true for UDP, false for TCP
     * @param byServer   which side will wait for it: the server if true, else the client
     * @param address    with 4 or 16 bytes at {@code from}: where it will be waited for; null for the side's own
     * @param length     of the address, 0 for the side's own
     * @param port       at which it will be waited for, or 0 for any
     * @param peerPort   from which it will come, from the other side's own address, or 0 for any
     * @param properties fields of a record that is written for the announced flow, or null; it is taken over
     */
    void expect(Protocol what, boolean overUdp, boolean byServer, Bytes address, int from, int length, int port,
        int peerPort, Transaction properties);

    /** Reports something odd; once for each kind and flow. */
    default void event(final ProtocolEvent event) {
        event(event, null);
    }

    /**
     * The same, about a transaction that is open, whatever else it is still told: once for each kind and transaction.
     *
     * @param of the transaction, or null
     */
    void event(ProtocolEvent event, Transaction of);

    /** True if that side has ended. */
    boolean isClosed(boolean ofClient);

    /** Counts bytes that were skipped: of messages and lines too long to be kept, cut, or not to be understood. */
    void skipped(long bytes);

    /** Counts a step that was left out because the budget of this second and worker is used up. */
    void overBudget();

    /**
     * Ends this parser where the input of the side now being parsed stands: the bytes that follow on both sides are
     * recognised anew, as those of a connection of their own.
     *
     * @param likely what is asked first, or null
     */
    void handOver(Protocol likely);

    /** Ends this parser: nothing more is to be learnt from this flow. Its streams are not followed any more. */
    void done();
}
