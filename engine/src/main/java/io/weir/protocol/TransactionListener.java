package io.weir.protocol;

/**
 * Is told of what parsers tell, while they tell it: rules look at it. Called on the worker's thread; transactions are
 * valid for the time of the call.
 */
public interface TransactionListener {
    /** Nobody asks. */
    TransactionListener NONE = new TransactionListener() {
        @Override
        public boolean isListening() {
            return false;
        }

        @Override
        public boolean wants(final Field field) {
            return false;
        }

        @Override
        public void told(final long flow, final Protocol protocol, final Transaction transaction, final Stage stage) {
            // Nobody asks.
        }

        @Override
        public void event(final long flow, final Protocol protocol, final ProtocolEvent event,
            final Transaction of) {
            // Nobody asks.
        }
    };

    /** How far a transaction is told. */
    enum Stage {
        /** The client has told its part. */
        CLIENT,
        /** The server has told its part. */
        SERVER,
        /** Nothing more will be told. */
        CLOSED
    }

    /** False while nobody asks, so that parsers tell records alone. */
    default boolean isListening() {
        return true;
    }

    /** True if somebody looks at the bytes of streams, or {@link #isListening}. */
    default boolean isLookingAtStreams() {
        return isListening();
    }

    /** True if a field that no record has is asked for. */
    boolean wants(Field field);

    /** Number of what is asked now; a greater one from when more or other is asked. */
    default int asking() {
        return 0;
    }

    /**
     * A side of a flow that was recognised by what the other side said begins with a message of another protocol.
     *
     * @param flow handle
     */
    default void another(final long flow, final Protocol protocol, final boolean byClient) {
        // Of interest to rules alone.
    }

    /**
     * The side of a flow that was taken for the client has proved to be the server.
     *
     * @param flow handle
     */
    default void turned(final long flow) {
        // Of interest to rules alone.
    }

    /** See {@link FlowContext#passesOver}. */
    default boolean passesOver(final long flow, final boolean byClient) {
        return false;
    }

    /** See {@link FlowContext#isAsked}; of messages that are passed over. */
    default boolean asks(final long flow, final Transaction transaction, final boolean byClient) {
        return true;
    }

    /** See {@link FlowContext#wantsPassedOver}. */
    default boolean wantsPassedOver() {
        return false;
    }

    /**
     * A value is about to be told in pieces that are parts of the stream, of a server's message that is {@link
     * Transaction#isPassedOver passed over}. True if the listener keeps them: then it has said {@link
     * Transaction#hold}, is told the pieces by {@link #held}, and the transaction before it goes by {@link #letGo}.
     *
     * @param flow  handle
     * @param bytes of the value
     */
    default boolean holds(final long flow, final Transaction transaction, final Field field, final long bytes) {
        return false;
    }

    /**
     * A piece of a value that is held has come.
     *
     * @param begins true if it begins another value of the field
     * @param bytes  the piece, for the time of the call
     * @return false if the piece is to be added to the transaction, which has all before it by now
     */
    default boolean held(final long flow, final Transaction transaction, final boolean begins, final Bytes bytes) {
        return false;
    }

    /** A transaction ends that holds a value. */
    default void letGo(final Transaction transaction) {
        // Whoever holds none has nothing to let go of.
    }

    /**
     * A transaction has come to a stage; {@link Stage#CLOSED} comes for each that becomes a record, the others only
     * where the parser says so.
     *
     * @param flow handle
     */
    void told(long flow, Protocol protocol, Transaction transaction, Stage stage);

    /**
     * A piece of a value is about to be added to a transaction. Called for each piece of a value, or for none.
     *
     * @param flow     handle
     * @param byClient which side tells it
     * @param field    of {@link Transaction#inspected}
     * @param begins   true for the first piece of a value
     * @param bytes    the piece, for the time of the call
     */
    default void piece(final long flow, final Transaction transaction, final boolean byClient, final Field field,
        final boolean begins, final Bytes bytes) {
        // Whoever looks at values when they are told needs no pieces.
    }

    /**
     * A parser has seen something odd, for the first time in this flow or in this transaction.
     *
     * @param flow handle
     * @param of   the transaction it is about, as far as it is told, or null
     */
    void event(long flow, Protocol protocol, ProtocolEvent event, Transaction of);
}
