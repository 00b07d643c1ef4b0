package io.weir.reassembly.model;

import io.weir.reassembly.StreamEnd;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What a sink got of one stream. Checks that nothing is left out, comes twice, or comes after the end. */
final class Delivered {
    /** It has too few bytes at once to tell. */
    static final int TOO_SHORT = Integer.MIN_VALUE;
    /** Its bytes were not sent. */
    static final int NOT_FOUND = TOO_SHORT + 1;

    private final List<Piece> pieces = new ArrayList<>();
    private long length;
    private long gapBytes;
    private long firstGap;
    private StreamEnd end;

    /** Bytes that came at once; a gap if there are none. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Piece(long offset, byte[] bytes) {
    }

    void data(final long offset, final byte[] bytes) {
        advance(offset, bytes.length);
        pieces.add(new Piece(offset, bytes));
    }

    void gap(final long offset, final long bytes) {
        advance(offset, bytes);
        firstGap = gapBytes == 0 ? offset : firstGap;
        gapBytes += bytes;
    }

    private void advance(final long offset, final long bytes) {
        if (end != null) {
            throw new AssertionError(bytes + " bytes at " + offset + " come after the end by " + end);
        }
        if (offset != length || bytes < 1) {
            throw new AssertionError(bytes + " bytes come at " + offset + " and not at " + length);
        }
        length += bytes;
    }

    void end(final StreamEnd reason) {
        if (end != null) {
            throw new AssertionError("ends by " + end + ", then by " + reason);
        }
        end = reason;
    }

    /** The bytes that came, without gaps. */
    byte[] bytes() {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        pieces.forEach(piece -> all.writeBytes(piece.bytes));
        return all.toByteArray();
    }

    /** Bytes it had, gaps included. */
    long length() {
        return length;
    }

    /** Bytes that are missing. */
    long gapBytes() {
        return gapBytes;
    }

    /** Why it ended; null if it has not. */
    StreamEnd end() {
        return end;
    }

    /** First offset at which it differs from {@code bytes}, if byte 0 of it is byte {@code shift} of them; or -1. */
    long mismatch(final byte[] bytes, final int shift) {
        for (final Piece piece : pieces) {
            for (int i = 0; i < piece.bytes.length; i++) {
                final long at = shift + piece.offset + i;
                if (at >= bytes.length || bytes[(int) at] != piece.bytes[i]) {
                    return piece.offset + i;
                }
            }
        }
        return -1;
    }

    /** True if its first bytes are those of {@code bytes}. */
    boolean beginsLike(final byte[] bytes) {
        if (pieces.isEmpty() || pieces.get(0).offset != 0) {
            return false;
        }
        final byte[] first = pieces.get(0).bytes;
        final int length = Math.min(first.length, bytes.length);
        return Arrays.equals(first, 0, length, bytes, 0, length);
    }

    /** Which of {@code bytes} is byte 0 of it; {@link #TOO_SHORT} or {@link #NOT_FOUND} if none can be told. */
    int findIn(final byte[] bytes, final int tellingBytes) {
        for (final Piece piece : pieces) {
            if (piece.bytes.length >= tellingBytes) {
                for (int at = 0; at <= bytes.length - tellingBytes; at++) {
                    if (Arrays.equals(piece.bytes, 0, tellingBytes, bytes, at, at + tellingBytes)) {
                        return (int) (at - piece.offset);
                    }
                }
                return NOT_FOUND;
            }
        }
        return TOO_SHORT;
    }

    @Override
    public String toString() {
        return length + " bytes, " + gapBytes + " of them missing" + (gapBytes == 0 ? "" : " from " + firstGap + " on")
            + ", ended by " + end;
    }
}
