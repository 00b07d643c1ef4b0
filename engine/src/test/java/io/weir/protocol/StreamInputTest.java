package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamInputTest {
    private final BufferPool pool = new BufferPool(1 << 20);
    private final StreamInput input = new StreamInput(pool);

    private void arrive(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        input.arrived(new Bytes().wrap(bytes, 0, bytes.length));
    }

    private static String text(final Bytes bytes) {
        if (bytes == null) {
            return null;
        }
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes.length(); i++) {
            text.append((char) bytes.u8(i));
        }
        return text.toString();
    }

    @Test
    void shouldGiveTheSameLinesWhateverTheSegmentation() {
        final String stream = "first\r\nsecond\n\r\nlast one\r\n";
        for (int size = 1; size <= stream.length(); size++) {
            final List<String> lines = new ArrayList<>();
            for (int at = 0; at < stream.length(); at += size) {
                arrive(stream.substring(at, Math.min(stream.length(), at + size)));
                for (Bytes line = input.line(100); line != null; line = input.line(100)) {
                    lines.add(text(line));
                }
                assertEquals(0, input.keepRest());
            }
            assertEquals(List.of("first", "second", "", "last one"), lines, "in pieces of " + size);
        }
        assertTrue(input.leave(), "what holds nothing is given back");
        assertEquals(0, pool.inUse(), "what is not needed was given back");
    }

    @Test
    void shouldCutALongLineAndGoOnBehindIt() {
        final String stream = "abcdefghij\nnext\n";
        for (int size = 1; size <= stream.length(); size++) {
            final List<String> lines = new ArrayList<>();
            for (int at = 0; at < stream.length(); at += size) {
                arrive(stream.substring(at, Math.min(stream.length(), at + size)));
                for (Bytes line = input.line(4); line != null; line = input.line(4)) {
                    lines.add(text(line) + input.isCut());
                }
                input.keepRest();
            }
            assertEquals(List.of("abcdtrue", "nextfalse"), lines, "in pieces of " + size);
        }
    }

    @Test
    void shouldGiveMessagesOfKnownLengthOverSegments() {
        final String stream = "3abc5hello0" + "9012345678";
        for (int size = 1; size <= stream.length(); size++) {
            final List<String> messages = new ArrayList<>();
            for (int at = 0; at < stream.length(); at += size) {
                arrive(stream.substring(at, Math.min(stream.length(), at + size)));
                for (Bytes head = input.peek(1); head != null; head = input.peek(1)) {
                    final int length = head.u8(0) - '0';
                    final Bytes message = input.take(1 + length);
                    if (message == null) {
                        break;
                    }
                    messages.add(text(message));
                }
                input.keepRest();
            }
            assertEquals(List.of("3abc", "5hello", "0", "9012345678"), messages, "in pieces of " + size);
        }
    }

    @Test
    void shouldSkipBytesThatHaveNotComeYet() {
        arrive("ab");
        input.skip(5);
        input.keepRest();
        arrive("cdef");
        assertEquals("f", text(input.take(1)));
        input.keepRest();
        input.skip(3);
        assertEquals(0, input.missing(3), "what was to be skipped may be missing");
        arrive("x");
        assertEquals("x", text(input.take(1)));
        input.skip(2);
        assertEquals(4, input.missing(6));
        assertEquals(0, input.toSkip());
        input.skipAll();
        assertEquals(0, input.missing(1000));
        arrive("nobody reads this");
        assertTrue(input.isEmpty());
    }

    @Test
    void shouldTellWhatFindsNoRoom() {
        final StreamInput crowded = new StreamInput(new BufferPool(256));
        final byte[] bytes = new byte[1000];
        crowded.arrived(new Bytes().wrap(bytes, 0, bytes.length));
        assertNull(crowded.peek(1001));
        assertEquals(1000, crowded.keepRest());
        assertTrue(crowded.isEmpty());
    }
}
