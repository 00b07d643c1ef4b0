package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Native;
import io.weir.base.NativeMemory;
import io.weir.protocol.Bytes;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Header lines found by libweir are those that are found without it. */
final class TextLinesTest {
    private static final int MOST_BYTES = 2_000;
    private static final String[] PARTS = {"Host", "hOST: ", "User-Agent:", "Content-Type: ", "CONTENT-DISPOSITION:a",
        "Sec-WebSocket-Protocol: b", "Upgrade: c", "Accept: */*", "Set-Cookie: ", "X", ":", " ", "\t", "\r", "\n",
        "\0", "\u007f", "\u009f", "\u00a0", "\u00ff", "abcdefghijklmnop", "\r\n", "\r\n", "\r\n", "\r\n"};

    private final NativeMemory.Region memory =
        NativeMemory.allocate(NativeMemory.Tag.OTHER, MOST_BYTES, NativeMemory.CACHE_LINE);
    private final TextLines lines = new TextLines();
    private final Bytes text = new Bytes();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void shouldBeTheSameByWhateverMeans() {
        assertNotNull(Native.library());
        final Random random = new Random(34);
        int found = 0;
        for (int round = 0; round < 50_000; round++) {
            wrap(text(random));
            final int from = Math.min(text.length(), random.nextInt(3));
            final int most = 1 + random.nextInt(12);
            final int mostBytes = random.nextInt(8) == 0 ? random.nextInt(200) : MOST_BYTES;
            final String expected =
                told(lines.findHere(text, from, most, from + Math.min(text.length() - from, mostBytes)));
            final int count = lines.find(text, from, most, mostBytes);
            assertEquals(expected, told(count));
            found += count;
            final String head = told(lines.findHeadHere(text, most, Math.min(text.length(), mostBytes)));
            assertEquals(head, told(lines.findHead(text, most, mostBytes)));
        }
        assertTrue(found > 0);
    }

    @Test
    void shouldFindThemBehindAFirstLineThatIsOneForEverybody() {
        wrap("GET / HTTP/1.1\r\nHost: a.example\r\n\r\n");
        assertHead("14, 33 in 1 to HOST: HOST 22-31");
        wrap("HTTP/1.1 200 OK\r\nReferer : a.example\r\n\r\n");
        assertHead("15, 17 in 0 to OTHER:");
        for (final String odd
            : new String[] {" GET / HTTP/1.1\r\n", "GET /\tHTTP/1.1\r\n", "GET / HTTP/1.1\n", "\r\n"}) {
            wrap(odd + "Host: a.example\r\nHost: a.example\r\n\r\n");
            assertHead("0, 0 in 0 to OTHER:");
        }
        wrap("GET / HTTP/1.1\r\nHost: a.ex\r\n\r");
        assertHead("0, 0 in 0 to OTHER:");
        wrap("G".repeat(64));
        assertHead("0, 0 in 0 to OTHER:");
    }

    private void assertHead(final String expected) {
        assertEquals(expected, told(lines.findHead(text, 9, MOST_BYTES)));
        assertEquals(expected, told(lines.findHeadHere(text, 9, text.length())));
    }

    @Test
    void shouldFindHeadersWithWhatStandsAroundThem() {
        wrap("GET\r\nhost:  a.example \r\nAccept: */*\r\nReferer:\r\n\r\nbody");
        for (final boolean here : new boolean[] {true, false}) {
            final int found = here ? lines.findHere(text, 5, 9, text.length()) : lines.find(text, 5, 9, MOST_BYTES);
            assertEquals("0, 42 in 3 to REFERER: HOST 7-16 REFERER 40-40", told(found));
        }
    }

    private static String text(final Random random) {
        final StringBuilder made = new StringBuilder();
        for (int i = random.nextInt(40); i > 0; i--) {
            made.append(random.nextInt(3) > 0 ? "Host: a.example\r\n" : PARTS[random.nextInt(PARTS.length)]);
        }
        return made.toString();
    }

    private void wrap(final String value) {
        final byte[] bytes = value.getBytes(ISO_8859_1);
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(memory.address() + i, bytes[i]);
        }
        text.wrap(memory.address(), bytes.length);
    }

    private String told(final int found) {
        final StringBuilder told = new StringBuilder().append(lines.first()).append(", ").append(lines.length())
            .append(" in ").append(lines.count())
            .append(" to ").append(lines.last()).append(':');
        for (int i = 0; i < found; i++) {
            told.append(' ').append(lines.header(i)).append(' ').append(lines.from(i)).append('-').append(lines.to(i));
        }
        return told.toString();
    }
}
