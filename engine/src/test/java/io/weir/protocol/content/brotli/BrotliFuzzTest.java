package io.weir.protocol.content.brotli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.io.InputStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a body holds, the decoder throws nothing, and gives the same in one piece as byte by byte. */
final class BrotliFuzzTest {
    private static final int MOST = 4 * 1024 * 1024;

    private final BrotliDecoder decoder = new BrotliDecoder();
    private final byte[] out = new byte[8 * 1024];

    static Stream<Arguments> bodies() {
        return Stream.of("empty", "text-q11", "text-q0-w16", "flushed-q4", "random-q9").map(name -> {
            try (InputStream in = BrotliFuzzTest.class.getResourceAsStream(name + ".br")) {
                return Arguments.of((Object) in.readAllBytes());
            } catch (final IOException e) {
                throw new AssertionError(name, e);
            }
        });
    }

    @MethodSource("bodies")
    @FuzzTest(maxDuration = "5m")
    void shouldUnpackAnything(final byte[] input) {
        assertEquals(unpacked(input, Math.max(1, input.length)), unpacked(input, 1));
    }

    private String unpacked(final byte[] input, final int piece) {
        final CRC32 checksum = new CRC32();
        long length = 0;
        decoder.begin();
        for (int at = 0; at < input.length && length < MOST; at += piece) {
            decoder.setInput(input, at, piece);
            for (int count = decoder.decode(out); count > 0 && length < MOST; count = decoder.decode(out)) {
                checksum.update(out, 0, count);
                length += count;
            }
        }
        return length >= MOST ? "bomb" : length + " " + checksum.getValue() + " " + decoder.isFinished()
            + decoder.isDamaged() + decoder.isExceeded();
    }
}
