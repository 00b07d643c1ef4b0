package io.weir.protocol.http;

import io.weir.base.Ascii;
import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import java.util.Arrays;

/**
 * First line and headers of one message, kept from one end to the other only because rules ask for them, and told at
 * once. Its memory is pooled and given back with each message. One thread.
 */
public final class Head {
    private static final int MOST = 32 * 1024;
    private static final int USUAL = 1024;
    private static final byte[] LINE_END = {'\r', '\n'};
    private static final byte[] SEPARATOR = {':', ' '};
    /** Stands between the values of headers of one name. */
    static final byte[] COMMA = {',', ' '};
    private static final byte[][] NAMES = names("host", "content-type", "content-length", "accept", "accept-encoding",
        "accept-language", "connection", "server");
    private static final Field[] FIELDS = {HttpBuffers.HOST_RAW, HttpBuffers.CONTENT_TYPE, HttpBuffers.CONTENT_LENGTH,
        HttpBuffers.ACCEPT, HttpBuffers.ACCEPT_ENCODING, HttpBuffers.ACCEPT_LANGUAGE, HttpBuffers.CONNECTION,
        HttpBuffers.SERVER};
    private static final Field[] TOLD = {HttpBuffers.HEADERS, HttpBuffers.HEADER_NAMES, HttpBuffers.HEADERS_RAW,
        HttpBuffers.COOKIE, HttpBuffers.START, HttpBuffers.REQUEST_HEADER, HttpBuffers.RESPONSE_HEADER,
        HttpBuffers.HOST_RAW, HttpBuffers.CONTENT_TYPE, HttpBuffers.CONTENT_LENGTH, HttpBuffers.ACCEPT,
        HttpBuffers.ACCEPT_ENCODING, HttpBuffers.ACCEPT_LANGUAGE, HttpBuffers.CONNECTION, HttpBuffers.SERVER};
    private static final byte[] COOKIE = "cookie".getBytes(US_ASCII);
    private static final byte[] SET_COOKIE = "set-cookie".getBytes(US_ASCII);

    private final Text raw = new Text();
    private final Text lines = new Text();
    private final Text joined = new Text();
    private int firstLine;
    private int firstLineEnd;
    /** Of each header: where its name begins and ends, where its value begins and ends, all in {@link #lines}. */
    private int[] places = new int[32];
    private int count;

    /** Bytes that grow in an array of the pool. */
    private static final class Text {
        private BufferPool pool;
        private byte[] bytes;
        private int length;

        private void clear() {
            length = 0;
        }

        private boolean reserve(final int more) {
            if (length + more > MOST) {
                return false;
            }
            if (bytes != null && length + more <= bytes.length) {
                return true;
            }
            final byte[] larger = pool.take(Math.max(USUAL, 2 * (length + more)));
            if (larger == null) {
                return false;
            }
            if (bytes != null) {
                System.arraycopy(bytes, 0, larger, 0, length);
                pool.giveBack(bytes);
            }
            bytes = larger;
            return true;
        }

        private void add(final byte[] source, final int from, final int count) {
            if (reserve(count)) {
                System.arraycopy(source, from, bytes, length, count);
                length += count;
            }
        }

        private void add(final Bytes source, final int from, final int to) {
            if (to > from && reserve(to - from)) {
                source.copyTo(from, bytes, length, to - from);
                length += to - from;
            }
        }

        private void giveBack() {
            if (bytes != null) {
                pool.giveBack(bytes);
                bytes = null;
            }
            length = 0;
        }
    }

    private static byte[][] names(final String... texts) {
        return Arrays.stream(texts).map(text -> text.getBytes(US_ASCII)).toArray(byte[][]::new);
    }

    /** True if a field is told here. */
    static boolean tells(final Field field) {
        return Arrays.asList(TOLD).contains(field);
    }

    /** True if rules ask for anything that is told here. */
    public static boolean isWanted(final FlowContext flow) {
        for (final Field field : TOLD) {
            if (flow.wants(field)) {
                return true;
            }
        }
        return false;
    }

    /** Begins with the first line of a message. */
    public void begin(final BufferPool pool) {
        raw.pool = pool;
        lines.pool = pool;
        joined.pool = pool;
        raw.clear();
        lines.clear();
        firstLine = 0;
        firstLineEnd = 0;
        count = 0;
    }

    /** Takes the first line. */
    void firstLine(final Bytes line, final byte[] end) {
        line(line, end);
        firstLineEnd = raw.length - end.length;
        firstLine = raw.length;
    }

    /** Takes a line as it was sent. */
    public void line(final Bytes line, final byte[] end) {
        raw.add(line, 0, line.length());
        raw.add(end, 0, end.length);
    }

    /** Takes the name of a header. */
    public void name(final Bytes line, final int from, final int to) {
        if (count == places.length / 4) {
            if (count == MessageReader.MOST_HEADERS) {
                return;
            }
            places = Arrays.copyOf(places, 2 * places.length);
        }
        final int at = 4 * count++;
        places[at] = lines.length;
        lines.add(line, from, to);
        places[at + 1] = lines.length;
        lines.add(SEPARATOR, 0, SEPARATOR.length);
        places[at + 2] = lines.length;
        places[at + 3] = lines.length;
    }

    /** Takes the value of the last header, or what stands in a further line of it. */
    public void value(final Bytes line, final int from, final int to) {
        if (count > 0 && to > from) {
            final int at = 4 * (count - 1);
            if (places[at + 3] > places[at + 2]) {
                lines.add(SEPARATOR, 1, 1);
            }
            lines.add(line, from, to);
            places[at + 3] = lines.length;
        }
    }

    /** Tells what is asked for; the headers are complete. */
    public void tell(final FlowContext flow, final FieldList list, final boolean request) {
        tell(flow, list, request, false);
    }

    /** The same; the header Host is left out if the host is told already: that in the request's target. */
    void tell(final FlowContext flow, final FieldList list, final boolean request, final boolean hostTold) {
        if (raw.bytes == null || lines.bytes == null && count > 0) {
            return;
        }
        if (flow.wants(HttpBuffers.HEADERS_RAW)) {
            list.put(HttpBuffers.HEADERS_RAW, raw.bytes, firstLine, raw.length - firstLine);
        }
        for (int i = 0; i < FIELDS.length; i++) {
            if (flow.wants(FIELDS[i]) && !(hostTold && FIELDS[i] == HttpBuffers.HOST_RAW)) {
                single(list, FIELDS[i], NAMES[i]);
            }
        }
        if (flow.wants(HttpBuffers.COOKIE)) {
            single(list, HttpBuffers.COOKIE, request ? COOKIE : SET_COOKIE);
        }
        final Field each = request ? HttpBuffers.REQUEST_HEADER : HttpBuffers.RESPONSE_HEADER;
        if (flow.wants(each)) {
            for (int i = 0; i < count; i++) {
                list.put(each, lines.bytes, places[4 * i], places[4 * i + 3] - places[4 * i]);
            }
        }
        if (flow.wants(HttpBuffers.HEADERS)) {
            joined.clear();
            join(request ? COOKIE : SET_COOKIE);
            put(list, HttpBuffers.HEADERS);
        }
        if (flow.wants(HttpBuffers.START)) {
            joined.clear();
            joined.add(raw.bytes, 0, firstLineEnd);
            joined.add(LINE_END, 0, LINE_END.length);
            join(null);
            joined.add(LINE_END, 0, LINE_END.length);
            put(list, HttpBuffers.START);
        }
        if (flow.wants(HttpBuffers.HEADER_NAMES)) {
            joined.clear();
            joined.add(LINE_END, 0, LINE_END.length);
            for (int i = 0; i < count; i++) {
                if (firstOf(i) == i) {
                    joined.add(lines.bytes, places[4 * i], places[4 * i + 1] - places[4 * i]);
                    joined.add(LINE_END, 0, LINE_END.length);
                }
            }
            joined.add(LINE_END, 0, LINE_END.length);
            put(list, HttpBuffers.HEADER_NAMES);
        }
    }

    private void put(final FieldList list, final Field field) {
        if (joined.length > 0) {
            list.put(field, joined.bytes, 0, joined.length);
        }
    }

    private void single(final FieldList list, final Field field, final byte[] name) {
        joined.clear();
        for (int i = 0; i < count; i++) {
            if (isNamed(i, name)) {
                if (joined.length > 0) {
                    joined.add(COMMA, 0, COMMA.length);
                }
                joined.add(lines.bytes, places[4 * i + 2], places[4 * i + 3] - places[4 * i + 2]);
            }
        }
        put(list, field);
    }

    /** A line for each name with the values of all headers of that name. */
    private void join(final byte[] leftOut) {
        for (int i = 0; i < count; i++) {
            if ((leftOut == null || !isNamed(i, leftOut)) && firstOf(i) == i) {
                joinValues(i);
            }
        }
    }

    private void joinValues(final int index) {
        joined.add(lines.bytes, places[4 * index], places[4 * index + 3] - places[4 * index]);
        for (int i = index + 1; i < count; i++) {
            if (isSameName(index, i)) {
                joined.add(COMMA, 0, COMMA.length);
                joined.add(lines.bytes, places[4 * i + 2], places[4 * i + 3] - places[4 * i + 2]);
            }
        }
        joined.add(LINE_END, 0, LINE_END.length);
    }

    private int firstOf(final int index) {
        for (int i = 0; i < index; i++) {
            if (isSameName(i, index)) {
                return i;
            }
        }
        return index;
    }

    private boolean isSameName(final int one, final int other) {
        final int length = places[4 * one + 1] - places[4 * one];
        if (length != places[4 * other + 1] - places[4 * other]) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (Ascii.lower(lines.bytes[places[4 * one] + i]) != Ascii.lower(lines.bytes[places[4 * other] + i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isNamed(final int index, final byte[] name) {
        if (places[4 * index + 1] - places[4 * index] != name.length) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (Ascii.lower(lines.bytes[places[4 * index] + i]) != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Forgets the message and gives back what was taken for it. */
    public void giveBack() {
        raw.giveBack();
        lines.giveBack();
        joined.giveBack();
        count = 0;
    }
}
