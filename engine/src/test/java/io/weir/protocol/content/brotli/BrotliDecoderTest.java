package io.weir.protocol.content.brotli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.brotli.dec.BrotliInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was packed by the encoder that everybody uses comes out, and whatever else comes in, nothing is thrown. */
final class BrotliDecoderTest {
    private static final String[] SAMPLES = {"empty", "text-q0-w16", "text-q1-w10", "text-q11", "class-q5",
        "mixed-q11-w24", "mixed-font-q11", "random-q9", "flushed-q4"};
    /** What Brotli's own decoder does not accept behind the last meta-block; browsers do not look there. */
    private static final Set<String> BEHIND = Set.of("Corrupted padding bits", "Unused bytes after end");
    private static final int ROUNDS = 2_000;

    private final BrotliDecoder decoder = new BrotliDecoder();
    private String fault;

    private static byte[] sample(final String name) {
        try (InputStream in = BrotliDecoderTest.class.getResourceAsStream(name + ".br")) {
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new AssertionError(name, e);
        }
    }

    /** What Brotli's own decoder makes of it; null if it finds it damaged. */
    private byte[] reference(final byte[] packed) {
        try (InputStream in = new BrotliInputStream(new ByteArrayInputStream(packed))) {
            return in.readAllBytes();
        } catch (final IOException e) {
            fault = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            return null;
        }
    }

    private byte[] decoded(final byte[] packed, final Random pieces) {
        final ByteArrayOutputStream all = new ByteArrayOutputStream();
        decoder.begin();
        for (int at = 0; at < packed.length;) {
            final int length = pieces == null ? packed.length : Math.min(packed.length - at, pieces.nextInt(40));
            decoder.setInput(packed, at, length);
            at += length;
            final byte[] out = new byte[pieces == null ? 65_536 : 1 + pieces.nextInt(500)];
            for (int count = decoder.decode(out); count > 0; count = decoder.decode(out)) {
                all.write(out, 0, count);
            }
        }
        return all.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty", "text-q0-w16", "text-q1-w10", "text-q11", "class-q5", "mixed-q11-w24",
        "mixed-font-q11", "random-q9", "flushed-q4", "zeros-q11"})
    void shouldUnpackWhatAnEncoderHasPacked(final String name) {
        final byte[] packed = sample(name);
        final byte[] expected = reference(packed);
        assertArrayEquals(expected, decoded(packed, null));
        assertTrue(decoder.isFinished());
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(expected, decoded(packed, new Random(i)));
            assertTrue(decoder.isFinished());
        }
    }

    @Test
    void shouldStopWhereMoreThanTheKeptBytesIsReferredTo() {
        final byte[] packed = sample("far-q11");
        final byte[] expected = reference(packed);
        final byte[] seen = decoded(packed, null);
        assertTrue(decoder.isExceeded());
        assertTrue(seen.length > 64 * 1024, () -> "bytes: " + seen.length);
        assertArrayEquals(Arrays.copyOf(expected, seen.length), seen);
    }

    @Test
    void shouldFindEveryWordAndWhatIsDoneToIt() {
        final Random random = new Random(7932);
        final Set<Integer> transforms = new HashSet<>();
        final byte[] word = new byte[StaticDictionary.LONGEST];
        for (int length = 4; length <= 24; length++) {
            for (int transform = 0; transform < 121; transform++) {
                final int words = StaticDictionary.words(length);
                final int place = transform * words + random.nextInt(words);
                final int written = StaticDictionary.word(length, place, word);
                if (written == 0) {
                    continue;
                }
                final byte[] packed = new DictionaryStream().word(length, place, written);
                final byte[] expected = reference(packed);
                assertArrayEquals(expected, Arrays.copyOf(word, written), "transform " + transform);
                assertArrayEquals(expected, decoded(packed, null));
                transforms.add(transform);
            }
            assertEquals(-1, StaticDictionary.word(length, 121 * StaticDictionary.words(length), word));
        }
        assertEquals(121, transforms.size());
        assertEquals(-1, StaticDictionary.word(3, 0, word));
        assertEquals(-1, StaticDictionary.word(25, 0, word));
    }

    @Test
    void shouldAgreeAboutWhatIsDamaged() {
        final Random random = new Random(Long.getLong("weir.fuzz.seed", 20_261_129));
        int good = 0;
        for (int i = 0; i < ROUNDS; i++) {
            final byte[] packed = changed(sample(SAMPLES[random.nextInt(SAMPLES.length)]), random);
            final byte[] expected = i % 8 == 0 ? reference(packed) : null;
            final byte[] whole = decoded(packed, null);
            final String end = end();
            assertArrayEquals(whole, decoded(packed, random));
            assertEquals(end, end());
            if (expected != null && !decoder.isExceeded()) {
                assertArrayEquals(expected, whole);
                assertTrue(decoder.isFinished());
                good++;
            } else if (i % 8 == 0) {
                assertTrue(!decoder.isFinished() || BEHIND.contains(fault), fault);
            }
        }
        assertTrue(good > 10, "most changes damage a stream, but not all");
    }

    private String end() {
        return decoder.isFinished() + " " + decoder.isDamaged() + " " + decoder.isExceeded();
    }

    private static byte[] changed(final byte[] sample, final Random random) {
        final int most = random.nextInt(3) == 0 ? 60 : sample.length;
        final byte[] packed = Arrays.copyOf(sample, random.nextInt(4) == 0 ? random.nextInt(sample.length + 1)
            : sample.length);
        for (int changes = random.nextInt(4); changes > 0 && packed.length > 0; changes--) {
            packed[random.nextInt(Math.min(most, packed.length))] ^= (byte) (1 << random.nextInt(8));
        }
        return packed;
    }

    @Test
    void shouldRefuseMapsWithoutEnd() {
        final byte[] packed = new DictionaryStream().contextMaps(200);
        assertTrue(packed.length < 20_000);
        decoded(packed, null);
        assertTrue(decoder.isExceeded());
    }
}
