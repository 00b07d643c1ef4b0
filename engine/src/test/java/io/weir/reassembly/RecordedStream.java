package io.weir.reassembly;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What a sink heard of one stream. */
final class RecordedStream {
    final long number;
    final String name;
    /** Data as ISO 8859-1 text, one entry for each call. */
    final List<String> pieces = new ArrayList<>();
    long offset;
    long dataBytes;
    long gapBytes;
    StreamEnd end;
    private final StringBuilder text = new StringBuilder();

    RecordedStream(final long number, final String name) {
        this.number = number;
        this.name = name;
    }

    void data(final byte[] bytes, final long streamOffset) {
        check(streamOffset, bytes.length);
        final String piece = new String(bytes, StandardCharsets.ISO_8859_1);
        pieces.add(piece);
        text.append(piece);
        dataBytes += bytes.length;
    }

    void gap(final long streamOffset, final long length) {
        check(streamOffset, length);
        text.append('[').append(length).append(']');
        gapBytes += length;
    }

    private void check(final long streamOffset, final long length) {
        if (end != null || streamOffset != offset || length < 1) {
            throw new AssertionError(name + ": " + length + " bytes at " + streamOffset + " instead of " + offset
                + ", ended " + end);
        }
        offset += length;
    }

    void end(final StreamEnd reason) {
        if (end != null) {
            throw new AssertionError(name + " ends twice: " + end + ", " + reason);
        }
        end = reason;
    }

    /** Data as text, each gap as its length in brackets, the end as its reason in angle brackets. */
    String text() {
        return text + (end == null ? "" : "<" + end.label() + ">");
    }

    @Override
    public String toString() {
        return name + ": " + text();
    }
}
