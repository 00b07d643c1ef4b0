package io.weir.protocol.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Transaction;
import io.weir.protocol.dns.DnsTarget;
import io.weir.protocol.http.BodyContent;
import io.weir.protocol.http.Head;
import io.weir.protocol.http.HostPort;
import io.weir.protocol.http.Http;
import io.weir.protocol.http.HttpBuffers;
import io.weir.protocol.http.TargetText;
import io.weir.protocol.text.Words;

/** Tells what the fields of a header block mean. Used by one parser at a time, while it works on a block. */
final class HeaderTeller {
    private static final Words NAMES = Words.of(":method", ":path", ":authority", ":status", "host", "user-agent",
        "referer", "content-type", "location", "content-encoding", "content-disposition", "grpc-status");
    private static final int METHOD = 0;
    private static final int PATH = 1;
    private static final int AUTHORITY = 2;
    private static final int STATUS = 3;
    private static final int HOST = 4;
    private static final int USER_AGENT = 5;
    private static final int REFERER = 6;
    private static final int CONTENT_TYPE = 7;
    private static final int LOCATION = 8;
    private static final int CODING = 9;
    private static final int DISPOSITION = 10;
    private static final int GRPC_STATUS = 11;

    private static final byte[] DNS_MESSAGE = "application/dns-message".getBytes(US_ASCII);
    private static final byte[] LINE_END = "\r\n".getBytes(US_ASCII);
    /** Longest value in the list of headers. */
    private static final int MOST_LISTED = 1024;
    /** Most headers that are listed. */
    private static final int MOST_HEADERS = 64;

    private final HeaderBlock block = new HeaderBlock();
    private final TargetText target = new TargetText();
    private final Head head = new Head();
    private final DnsTarget dns = new DnsTarget();
    private final Bytes line = new Bytes();

    /** Decodes a block, which the other methods are about then; false if it is none. */
    boolean decode(final Bytes bytes, final int from, final int to, final HeaderTable table) {
        return block.decode(bytes, from, to, table);
    }

    /** Status of a response, or -1. */
    long status() {
        final Bytes lines = block.lines();
        for (int i = 0; i < block.count(); i++) {
            if (kind(i) == STATUS) {
                return lines.decimal(block.value(i), block.valueEnd(i));
            }
        }
        return -1;
    }

    /** Status of a call of gRPC, or -1. */
    int grpcStatus() {
        final Bytes lines = block.lines();
        for (int i = 0; i < block.count(); i++) {
            if (kind(i) == GRPC_STATUS) {
                return (int) Math.min(Integer.MAX_VALUE, lines.decimal(block.value(i), block.valueEnd(i)));
            }
        }
        return -1;
    }

    /** True if the body is a message of DNS as it is. */
    boolean announcesDns() {
        final Bytes lines = block.lines();
        boolean isDns = false;
        for (int i = 0; i < block.count(); i++) {
            final int kind = kind(i);
            if (kind == CODING) {
                return false;
            }
            isDns |= kind == CONTENT_TYPE && lines.matchesIgnoringCase(block.value(i), DNS_MESSAGE)
                && isTypeEnd(lines, block.value(i) + DNS_MESSAGE.length, block.valueEnd(i));
        }
        return isDns;
    }

    private static boolean isTypeEnd(final Bytes lines, final int at, final int end) {
        return at == end || at < end && (lines.u8(at) == ';' || lines.u8(at) == ' ');
    }

    /** The message of DNS that the target of a request has, valid until the next call; null if there is none. */
    Bytes dnsInTarget() {
        for (int i = 0; i < block.count(); i++) {
            if (kind(i) == PATH) {
                return dns.read(block.lines(), block.value(i), block.valueEnd(i));
            }
        }
        return null;
    }

    /**
     * Tells the headers of a request, or of a response.
     *
     * @param content hears how the body is coded, or null if there is none
     */
    void tell(final FlowContext flow, final Transaction transaction, final boolean request, final BodyContent content) {
        list(transaction, request);
        final Bytes lines = block.lines();
        int authority = -1;
        for (int i = 0; i < block.count(); i++) {
            final int from = block.value(i);
            final int length = block.valueEnd(i) - from;
            final int kind = kind(i);
            if (request && kind == AUTHORITY) {
                authority(flow, transaction, lines, i);
                authority = i;
            } else if (request && kind == HOST) {
                if (authority < 0) {
                    HostPort.tell(lines, from, from + length, transaction, flow, true);
                } else if (!isSame(lines, authority, i)) {
                    flow.event(Http2Events.AUTHORITY, transaction);
                }
            } else {
                tell(flow, transaction, request, kind, lines, from, length);
            }
            if (content != null && kind == CODING) {
                content.coding(lines, from, from + length);
            } else if (content != null && kind == DISPOSITION) {
                content.disposition(lines, from, from + length);
            }
        }
        if (flow.isWatched()) {
            inspected(flow, transaction.inspected(request), request, lines);
        }
    }

    private static void tell(final FlowContext flow, final Transaction transaction, final boolean request,
        final int kind, final Bytes lines, final int from, final int length) {
        if (request) {
            switch (kind) {
                case METHOD -> transaction.put(Http.METHOD, lines, from, length);
                case PATH -> transaction.put(Http.URI, lines, from, length);
                case USER_AGENT -> {
                    transaction.put(Http.USER_AGENT, lines, from, length);
                    flow.name(NameKind.USER_AGENT, lines, from, length);
                }
                case REFERER -> transaction.put(Http.REFERER, lines, from, length);
                default -> {
                    // in the list of headers
                }
            }
            return;
        }
        switch (kind) {
            case STATUS -> {
                final long status = lines.decimal(from, from + length);
                if (status >= 0) {
                    transaction.put(Http.STATUS, status);
                }
            }
            case CONTENT_TYPE -> {
                final int end = lines.indexOf(';', from, from + length);
                transaction.put(Http.CONTENT_TYPE, lines, from, end < 0 ? length : end - from);
            }
            case LOCATION -> transaction.put(Http.LOCATION, lines, from, length);
            default -> {
                // in the list of headers
            }
        }
    }

    private void list(final Transaction transaction, final boolean request) {
        final Bytes lines = block.lines();
        boolean cut = block.isCut() || block.count() > MOST_HEADERS;
        for (int i = 0; i < Math.min(MOST_HEADERS, block.count()); i++) {
            transaction.begin(request ? Http2Fields.REQUEST_HEADERS : Http2Fields.RESPONSE_HEADERS);
            transaction.put(request ? Http2Fields.REQUEST_NAME : Http2Fields.RESPONSE_NAME, lines, block.name(i),
                block.nameEnd(i) - block.name(i));
            transaction.put(request ? Http2Fields.REQUEST_VALUE : Http2Fields.RESPONSE_VALUE, lines, block.value(i),
                Math.min(MOST_LISTED, block.valueEnd(i) - block.value(i)));
            transaction.end();
            cut |= block.valueEnd(i) - block.value(i) > MOST_LISTED;
        }
        if (cut) {
            transaction.leftOut();
        }
    }

    private void authority(final FlowContext flow, final Transaction transaction, final Bytes lines, final int field) {
        final int end = block.valueEnd(field);
        final int user = lines.indexOf('@', block.value(field), end);
        if (user >= 0) {
            flow.event(Http2Events.USER_INFO, transaction);
        }
        HostPort.tell(lines, user < 0 ? block.value(field) : user + 1, end, transaction, flow, true);
    }

    private boolean isSame(final Bytes lines, final int one, final int other) {
        final int length = block.valueEnd(one) - block.value(one);
        return length == block.valueEnd(other) - block.value(other)
            && lines.matches(block.value(one), lines, block.value(other), length);
    }

    private void inspected(final FlowContext flow, final FieldList list, final boolean request, final Bytes lines) {
        for (int i = 0; i < block.count(); i++) {
            final int from = block.value(i);
            final int kind = kind(i);
            if (flow.wants(Http2Fields.HEADER_NAME)) {
                list.put(Http2Fields.HEADER_NAME, lines, block.name(i), block.nameEnd(i) - block.name(i));
            }
            if (request && kind == PATH && flow.wants(HttpBuffers.URI)) {
                target.normalise(lines, from, block.valueEnd(i));
                list.put(HttpBuffers.URI, target.bytes(), 0, target.length());
            } else if (!request && kind == STATUS && flow.wants(HttpBuffers.STATUS_CODE)) {
                list.put(HttpBuffers.STATUS_CODE, lines, from, block.valueEnd(i) - from);
            }
        }
        if (Head.isWanted(flow)) {
            head.begin(flow.buffers());
            for (int i = 0; i < block.count(); i++) {
                line.wrap(lines, block.name(i), block.valueEnd(i) - block.name(i));
                head.line(line, LINE_END);
                head.name(lines, block.name(i), block.nameEnd(i));
                head.value(lines, block.value(i), block.valueEnd(i));
            }
            head.tell(flow, list, request);
            head.giveBack();
        }
    }

    /** Which of {@link #NAMES} a field has, or -1. */
    private int kind(final int field) {
        return NAMES.find(block.lines(), block.name(field));
    }
}
