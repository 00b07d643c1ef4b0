package io.weir.protocol.http;

import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLayout;
import io.weir.protocol.Bytes;
import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * The header lines in front of a text that are one for everybody, and the {@link Header}s among them: in one call of
 * libweir, whose vectors look at 32 bytes at once, or in Java where it is not loaded. One for each worker.
 *
 * <p>Such a line is made of bytes from 0x20 to 0x9f, has CR LF behind it, and begins with a name and a colon right
 * behind that; of the text there are eight bytes from its beginning on, and 32 in all.
 */
final class TextLines {
    /** Headers found in one call. */
    private static final int MOST_FOUND =
        (NativeLayout.HEADER_LINES_BYTES - NativeLayout.HEADER_LINES_FOUND) / NativeLayout.HEADER_BYTES;
    private static final int CR_LF = '\r' << 8 | '\n';
    private static final int SHORTEST = Long.BYTES;
    private static final int SHORTEST_TEXT = 32;
    private static final ByteBuffer NAMES =
        ByteBuffer.allocateDirect(NativeLayout.NAME_BYTES << NativeLayout.NAME_BITS);

    static {
        Header.writeNames(BufferUtil.address(NAMES));
    }

    /** Holds the memory, which nobody gives back: the worker's scratch has no end. */
    private final ByteBuffer memory = ByteBuffer.allocateDirect(NativeLayout.HEADER_LINES_BYTES);
    private final long result = BufferUtil.address(memory);

    /**
     * Finds headers in the lines from a place on.
     *
     * @param most      lines at most
     * @param mostBytes of the text, from there on, that are looked at
     * @return how many were found
     */
    int find(final Bytes text, final int from, final int most, final int mostBytes) {
        final int bytes = Math.min(text.length() - from, mostBytes);
        final LibWeir library = Native.loaded();
        if (library != null && text.isNative()) {
            final int found =
                library.headerLines(text.address() + from, bytes, most, BufferUtil.address(NAMES), result);
            if (found >= 0) {
                return found;
            }
        }
        return findHere(text, from, most, from + bytes);
    }

    /**
     * The same behind the first line of a message, at the front of a text, which is no header but else such a line:
     * without {@link #first} there are none.
     */
    int findHead(final Bytes text, final int most, final int mostBytes) {
        final int bytes = Math.min(text.length(), mostBytes);
        final LibWeir library = Native.loaded();
        if (library != null && text.isNative()) {
            final int found = library.messageHead(text.address(), bytes, most, BufferUtil.address(NAMES), result);
            if (found >= 0) {
                return found;
            }
        }
        return findHeadHere(text, most, bytes);
    }

    /** The same without libweir, in front of a place. */
    int findHere(final Bytes text, final int from, final int most, final int to) {
        first(0);
        return findHere(text, from, from, to - from < SHORTEST_TEXT ? from : to, most);
    }

    /** {@link #findHead} without libweir, in front of a place. */
    int findHeadHere(final Bytes text, final int most, final int to) {
        final int end = to < SHORTEST_TEXT || text.u8(0) <= ' ' ? 0 : text.endOfRun(' ', 0, to);
        final boolean isLine = end > 0 && to - end >= 2 && text.u16(end) == CR_LF;
        first(isLine ? end : 0);
        return findHere(text, 0, isLine ? end + 2 : 0, isLine ? to : 0, most);
    }

    private int findHere(final Bytes text, final int from, final int start, final int to, final int most) {
        int at = start;
        int lines = 0;
        int found = 0;
        Header last = Header.OTHER;
        while (lines < most && to - at >= SHORTEST && text.u8(at) > ' ') {
            final int end = text.endOfRun(' ', at, to);
            final int colon = text.indexOf(':', at, end);
            if (to - end < 2 || text.u16(end) != CR_LF || colon <= at || text.u8(colon - 1) == ' ') {
                break;
            }
            final Header header = Header.of(text, at, colon - at);
            if (header != Header.OTHER) {
                if (found == MOST_FOUND) {
                    break;
                }
                final int behind = Line.trimEnd(text, colon, end);
                put(found++, header, Line.skipBlanks(text, colon + 1, behind) - from, behind - from);
            }
            last = header;
            lines++;
            at = end + 2;
        }
        UnsafeApi.putInt(result + NativeLayout.HEADER_LINES_LENGTH, at - from);
        UnsafeApi.putInt(result + NativeLayout.HEADER_LINES_COUNT, lines);
        UnsafeApi.putInt(result + NativeLayout.HEADER_LINES_LAST, last.ordinal());
        return found;
    }

    private void first(final int bytes) {
        UnsafeApi.putInt(result + NativeLayout.HEADER_LINES_FIRST, bytes);
    }

    private void put(final int index, final Header header, final int from, final int to) {
        final long at = place(index);
        UnsafeApi.putInt(at + NativeLayout.HEADER_NUMBER, header.ordinal());
        UnsafeApi.putInt(at + NativeLayout.HEADER_FROM, from);
        UnsafeApi.putInt(at + NativeLayout.HEADER_TO, to);
    }

    private long place(final int index) {
        return result + NativeLayout.HEADER_LINES_FOUND + (long) index * NativeLayout.HEADER_BYTES;
    }

    /** Bytes of a first line that is no header, without its end; 0 if there is none. */
    int first() {
        return UnsafeApi.getInt(result + NativeLayout.HEADER_LINES_FIRST);
    }

    /** Bytes of the lines, with what ends them, and of a first line. */
    int length() {
        return UnsafeApi.getInt(result + NativeLayout.HEADER_LINES_LENGTH);
    }

    /** How many there are. */
    int count() {
        return UnsafeApi.getInt(result + NativeLayout.HEADER_LINES_COUNT);
    }

    /** What the last of them is. */
    Header last() {
        return Header.numbered(UnsafeApi.getInt(result + NativeLayout.HEADER_LINES_LAST));
    }

    /** One of those that were found. */
    Header header(final int index) {
        return Header.numbered(UnsafeApi.getInt(place(index) + NativeLayout.HEADER_NUMBER));
    }

    /** Where its value begins, counted from the first line on. */
    int from(final int index) {
        return UnsafeApi.getInt(place(index) + NativeLayout.HEADER_FROM);
    }

    /** Where its value ends. */
    int to(final int index) {
        return UnsafeApi.getInt(place(index) + NativeLayout.HEADER_TO);
    }
}
