package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;

/** The request that stream 1 of HTTP/2 answers where a connection was upgraded to it, RFC 7540, 3.2. */
final class UpgradedRequest {
    private static final Field[] FIELDS =
        {Http.METHOD, Http.URI, Http.HOST, Http.PORT, Http.USER_AGENT, Http.REFERER};

    private UpgradedRequest() {
    }

    /**
     * Copies what an exchange tells of its request.
     *
     * @param view for its use
     * @return open, for {@link FlowContext#discard} or to be told; null if the request was not seen
     */
    static Transaction of(final FlowContext flow, final Transaction exchange, final Bytes view) {
        if (!exchange.find(Http.METHOD, view)) {
            return null;
        }
        final Transaction request = flow.open(Http.RECORD);
        for (final Field field : FIELDS) {
            if (exchange.find(field, view)) {
                request.put(field, view);
            }
        }
        return request;
    }
}
