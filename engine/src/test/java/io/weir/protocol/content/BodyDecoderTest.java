package io.weir.protocol.content;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What decoders make of compressed bodies. */
final class BodyDecoderTest {
    private static final int MOST = 100_000;

    private final Decoders decoders = new Decoders(3);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private boolean damaged;

    private byte[] decoded(final byte[] packed, final Random pieces, final Coding... codings) {
        final BodyDecoder decoder = new BodyDecoder();
        out.reset();
        decoder.begin(decoders, (source, offset, length) -> {
            out.write(source, offset, length);
            return out.size() < MOST;
        });
        Arrays.stream(codings).forEach(decoder::announce);
        boolean more = true;
        for (int at = 0; at < packed.length && more;) {
            final int length = Math.min(packed.length - at, pieces == null ? packed.length : 1 + pieces.nextInt(300));
            more = decoder.take(new Bytes().wrap(packed, at, length));
            at += length;
        }
        decoder.finish();
        damaged = decoder.isDamaged();
        decoder.release();
        assertEquals(0, decoders.inUse());
        return out.toByteArray();
    }

    private static byte[] packed(final byte[] plain, final int form) {
        final ByteArrayOutputStream target = new ByteArrayOutputStream();
        try (OutputStream packer = form == 0 ? new GZIPOutputStream(target)
            : new DeflaterOutputStream(target, new Deflater(Deflater.DEFAULT_COMPRESSION, form == 1))) {
            packer.write(plain);
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        return target.toByteArray();
    }

    private static byte[] text(final Random random) {
        final byte[] text = new byte[random.nextInt(20_000)];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 'a' + i % 7);
        }
        return text;
    }

    @Test
    void shouldUndoWhatWasAnnouncedInAnyPieces() {
        final Random random = new Random(41);
        for (int i = 0; i < 300; i++) {
            final byte[] plain = text(random);
            byte[] body = plain;
            final List<Coding> codings = new ArrayList<>();
            for (int layer = random.nextInt(4); layer > 0; layer--) {
                final int form = random.nextInt(3);
                body = packed(body, form);
                codings.add(form == 0 ? Coding.GZIP : Coding.DEFLATE);
            }
            assertArrayEquals(plain, decoded(body, random, codings.toArray(Coding[]::new)));
            assertFalse(damaged);
        }
    }

    @Test
    void shouldHandOnWhatIsNotCompressedAsItIs() {
        for (final Coding coding : new Coding[] {Coding.GZIP, Coding.DEFLATE}) {
            for (final String plain : new String[] {"", "X", "X5O!P%@AP", "<html>" + "x".repeat(5000)}) {
                final byte[] bytes = plain.getBytes(US_ASCII);
                assertArrayEquals(bytes, decoded(bytes, new Random(1), coding));
                assertArrayEquals(bytes, decoded(bytes, null, coding, coding));
            }
        }
        assertTrue(damaged);
    }

    private static byte[] brotli(final String name) {
        try (InputStream in = BodyDecoderTest.class.getResourceAsStream("brotli/" + name + ".br")) {
            return in.readAllBytes();
        } catch (final IOException e) {
            throw new AssertionError(name, e);
        }
    }

    @Test
    void shouldUndoBrotliAloneAndBelowGzip() {
        final byte[] body = brotli("flushed-q4");
        final String plain = new String(decoded(body, null, Coding.BROTLI), US_ASCII);
        assertTrue(plain.startsWith("data: {\"event\": 0, \"text\"") && plain.endsWith("line\"}\n\n"), plain);
        assertEquals(plain, new String(decoded(packed(body, 0), new Random(5), Coding.BROTLI, Coding.GZIP), US_ASCII));
        assertFalse(damaged);
    }

    @Test
    void shouldHandOnWhatIsNotBrotliAsItIs() {
        for (final String plain : new String[] {"", "X", "X5O!P%@AP", "<html>" + "x".repeat(5000), "{\"a\": 1}"}) {
            final byte[] bytes = plain.getBytes(US_ASCII);
            assertArrayEquals(bytes, decoded(bytes, new Random(1), Coding.BROTLI));
            assertEquals(!plain.isEmpty(), damaged);
        }
    }

    @Test
    void shouldEndBodiesOfBrotliThatGrowWithoutEnd() {
        final byte[] seen = decoded(brotli("zeros-q11"), new Random(3), Coding.BROTLI);
        assertTrue(seen.length >= MOST && seen.length < MOST + 10_000, "bytes: " + seen.length);
    }

    @Test
    void shouldReadSeveralMembersAndPassOverWhatFollows() {
        final byte[] one = packed("one ".getBytes(US_ASCII), 0);
        final byte[] two = packed("two".getBytes(US_ASCII), 0);
        final byte[] all = new byte[one.length + two.length + 3];
        System.arraycopy(one, 0, all, 0, one.length);
        System.arraycopy(two, 0, all, one.length, two.length);
        for (final Random pieces : new Random[] {null, new Random(2)}) {
            assertEquals("one two", new String(decoded(all, pieces, Coding.GZIP),
                US_ASCII));
        }
    }

    @Test
    void shouldStopWhenEnoughWasSeen() {
        final byte[] bomb = packed(packed(new byte[50_000_000], 0), 0);
        final byte[] seen = decoded(bomb, new Random(3), Coding.GZIP, Coding.GZIP);
        assertTrue(seen.length >= MOST && seen.length < MOST + 10_000, "bytes: " + seen.length);
    }

    @Test
    void shouldLeaveABodyAsItIsWhereDecodersRanOut() {
        leavesAsItIs(packed(new byte[10], 0), Coding.GZIP, Decoders.MOST);
    }

    @Test
    void shouldLeaveABodyOfBrotliAsItIsWhereItsDecodersRanOut() {
        leavesAsItIs(brotli("flushed-q4"), Coding.BROTLI, Decoders.MOST_BROTLI);
    }

    private void leavesAsItIs(final byte[] body, final Coding coding, final int most) {
        final List<BodyDecoder> holders = new ArrayList<>();
        for (int i = 0; i < most; i++) {
            final BodyDecoder holder = new BodyDecoder();
            holder.begin(decoders, (source, offset, length) -> true);
            holder.announce(coding);
            holder.take(new Bytes().wrap(body, 0, 5));
            holders.add(holder);
        }
        final BodyDecoder last = new BodyDecoder();
        last.begin(decoders, (source, offset, length) -> {
            out.write(source, offset, length);
            return true;
        });
        last.announce(coding);
        assertTrue(last.take(new Bytes().wrap(body, 0, body.length)));
        assertArrayEquals(body, out.toByteArray());
        assertEquals(1, decoders.refused());
        holders.forEach(BodyDecoder::release);
        last.release();
        assertEquals(0, decoders.inUse());
        decoders.close();
    }
}
