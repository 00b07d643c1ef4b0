package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;

/** The header Content-Range, RFC 9110, section 14.4: {@code bytes 0-499/1234}, either part perhaps {@code *}. */
final class ContentRange {
    void tell(final Bytes line, final int from, final int to, final Transaction transaction,
        final BodyContent content) {
        transaction.begin(Http.CONTENT_RANGE);
        transaction.put(Http.RANGE_RAW, line, from, to - from);
        final int start = Line.skipBlanks(line, Line.wordEnd(line, from, to), to);
        final int slash = line.indexOf('/', start, to);
        if (slash > 0) {
            final int dash = line.indexOf('-', start, slash);
            if (dash > 0) {
                final long first = line.decimal(start, dash);
                final long last = line.decimal(dash + 1, slash);
                number(transaction, Http.RANGE_START, first);
                number(transaction, Http.RANGE_END, last);
                content.range(first, last, line.decimal(slash + 1, to));
            }
            number(transaction, Http.RANGE_SIZE, line.decimal(slash + 1, to));
        }
        transaction.end();
    }

    private static void number(final Transaction transaction, final Field field, final long value) {
        if (value >= 0) {
            transaction.put(field, value);
        }
    }
}
