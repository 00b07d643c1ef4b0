package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Transaction;

/** Tells host and port out of {@code host:port}, the host in lower case and without the dot at its end. */
public final class HostPort {
    /** A host name has 253 letters at most. */
    private static final int MOST = 256;

    private HostPort() {
    }

    /** Tells them, and the host as the name of an application if it is {@code naming} one. */
    public static void tell(final Bytes line, final int from, final int to, final Transaction transaction,
        final FlowContext flow, final boolean naming) {
        final int end = hostEnd(line, from, to);
        final int length = hostLength(line, from, end);
        if (length == 0) {
            return;
        }
        if (length > MOST) {
            transaction.put(Http.HOST, line, from, length);
            return;
        }
        transaction.putLower(Http.HOST, line, from, length);
        if (naming) {
            flow.name(NameKind.HOST, line, from, length);
        }
        final long port = line.decimal(end + 1, to);
        if (port >= 0 && port <= 0xffff) {
            transaction.put(Http.PORT, port);
        }
    }

    /** True if the host is the one that was told, in whatever case and whatever the port. */
    static boolean isOf(final Bytes line, final int from, final int to, final Bytes told) {
        return hostLength(line, from, hostEnd(line, from, to)) == told.length()
            && line.matchesIgnoringCase(from, told);
    }

    private static int hostLength(final Bytes line, final int from, final int end) {
        final int length = end - from;
        return length > 1 && line.u8(end - 1) == '.' ? length - 1 : length;
    }

    /** The colon in front of the port, which is not one of those in brackets. */
    static int hostEnd(final Bytes line, final int from, final int to) {
        int at = from;
        if (line.u8(from) == '[') {
            final int bracket = line.indexOf(']', from, to);
            at = bracket < 0 ? from : bracket;
        }
        final int colon = line.indexOf(':', at, to);
        return colon < 0 ? to : colon;
    }
}
