package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** First lines as nearly all are have their words where a look at each byte finds them. */
final class FirstLineTest {
    private static final String[] PARTS = {"GET", "POST", "get", " ", " ", "\t", "/", "/a", "HTTP/1.1", "http/1.0",
        "HTTP/1.", "HTTP", "200", "99", "1000", "OK", "\r", "\u00ff", "1"};
    private static final String NONE = "none";
    private static final int ROUNDS = 50_000;

    private final Random random = new Random(55);
    private final Bytes bytes = new Bytes();

    @Test
    void shouldFindTheWordsOfARequestLine() {
        final RequestLine line = new RequestLine();
        shouldAgree(any -> told(line, line.wrapAny(any)), any -> told(line, line.wrap(any)),
            "GET", " ", "/a", " ", "HTTP/1.1");
    }

    @Test
    void shouldFindTheWordsOfAStatusLine() {
        final StatusLine line = new StatusLine();
        shouldAgree(any -> told(line, line.wrapAny(any)), any -> told(line, line.wrap(any)),
            "HTTP/1.1", " ", "200", " ", "OK");
    }

    private void shouldAgree(final Function<Bytes, String> byEachByte, final Function<Bytes, String> asUsual,
        final String... words) {
        int found = 0;
        for (int round = 0; round < ROUNDS; round++) {
            final String text = damaged(words);
            final String expected = byEachByte.apply(wrap(text));
            assertEquals(expected, asUsual.apply(wrap(text)), text);
            found += NONE.equals(expected) ? 0 : 1;
        }
        assertTrue(found > 0);
    }

    private static String told(final RequestLine line, final boolean any) {
        return any ? List.of(line.method, line.methodEnd, line.target, line.targetEnd, line.version, line.end,
            line.isVersioned, line.isKnown).toString() : NONE;
    }

    private static String told(final StatusLine line, final boolean any) {
        return any ? List.of(line.version, line.code, line.codeEnd, line.end, line.status, line.isOld).toString()
            : NONE;
    }

    /** Some words in their places, some others, or none. */
    private String damaged(final String... words) {
        final StringBuilder text = new StringBuilder();
        for (final String word : words) {
            final int what = random.nextInt(10);
            text.append(what > 1 ? word : what == 1 ? "" : PARTS[random.nextInt(PARTS.length)]);
            if (random.nextInt(20) == 0) {
                text.append(PARTS[random.nextInt(PARTS.length)]);
            }
        }
        return text.toString();
    }

    private Bytes wrap(final String text) {
        return bytes.wrap(text.getBytes(ISO_8859_1), 0, text.length());
    }
}
