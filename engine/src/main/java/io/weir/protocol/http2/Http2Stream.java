package io.weir.protocol.http2;

import io.weir.protocol.Transaction;
import io.weir.protocol.dns.DnsBody;
import io.weir.protocol.http.BodyContent;

/** A stream that is open: a request and its response. Used again for others of its connection. */
final class Http2Stream {
    static final int CLIENT = 1;
    static final int SERVER = 2;
    static final int BOTH = CLIENT | SERVER;
    /** In {@link #errors}: none. */
    static final long NO_ERROR = -1;

    int id;
    Transaction transaction;
    /** Sides whose headers were told. */
    int headers;
    /** Sides that have ended. */
    int ended;
    /** Sides whose body was begun. */
    int bodies;
    /** Bytes of bodies, by side. */
    final long[] bytes = new long[2];
    /** Error codes, by side. */
    final long[] errors = new long[2];
    int weight;
    int grpcStatus;
    /** What bodies hold, by side; null until rules or records first ask for it. */
    final BodyContent[] contents = new BodyContent[2];
    /** Messages of DNS in bodies, by side; null until there is one. */
    final DnsBody[] dns = new DnsBody[2];

    /** Begins with a stream. */
    void begin(final int number, final Transaction of) {
        id = number;
        transaction = of;
        headers = 0;
        ended = 0;
        bodies = 0;
        bytes[0] = 0;
        bytes[1] = 0;
        errors[0] = NO_ERROR;
        errors[1] = NO_ERROR;
        weight = -1;
        grpcStatus = -1;
    }

    static int bit(final boolean fromClient) {
        return fromClient ? CLIENT : SERVER;
    }

    static int index(final boolean fromClient) {
        return fromClient ? 0 : 1;
    }
}
