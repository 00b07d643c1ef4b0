package io.weir.rule.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Transform.Kind;
import io.weir.rule.model.Transform;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

final class TransformsTest {
    private final TransformScratch scratch = new TransformScratch();
    private final Matching matching = new Matching();

    private byte[] bytes(final String text, final Transform... transforms) {
        final byte[] given = text.getBytes(StandardCharsets.ISO_8859_1);
        final Input out = Transforms.of(List.of(transforms), new Expressions())
            .apply(new Input().wrap(given, 0, given.length), scratch, matching);
        final byte[] got = new byte[out.length()];
        out.copyTo(0, got, 0, got.length);
        return got;
    }

    private String text(final String given, final Kind kind) {
        return new String(bytes(given, new Transform(kind, null)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldChangeText() {
        assertEquals("a b\tc", text("a  \t b\t\r\nc", Kind.COMPRESS_WHITESPACE));
        assertEquals("abc", text(" a b\r\nc\t", Kind.STRIP_WHITESPACE));
        assertEquals(".example.org", text("example.org", Kind.DOTPREFIX));
        assertEquals("abc1", text("aBC1", Kind.TO_LOWERCASE));
        assertEquals("ABC1", text("aBc1", Kind.TO_UPPERCASE));
        assertEquals("a b/c%2", text("a+b%2Fc%2", Kind.URL_DECODE));
        assertEquals("example.org", text("www.a.example.org", Kind.DOMAIN));
        assertEquals("org", text("www.example.org", Kind.TLD));
        assertEquals("localhost", text("localhost", Kind.DOMAIN));
        assertEquals("host: A\r\nx-y: B: C\r\n", text("HOST: A\r\nX-Y: B: C\r\n", Kind.HEADER_LOWERCASE));
        assertEquals("host: a\r\n", text(":path: /\r\nhost: a\r\n:x: y\r\n", Kind.STRIP_PSEUDO_HEADERS));
        assertEquals("hello", text("aGVsbG8=", Kind.FROM_BASE64));
        assertEquals("", text("", Kind.TO_LOWERCASE));
        assertEquals("", text("", Kind.DOMAIN));
    }

    private String base64(final String given, final Kind kind, final int from, final int count) {
        return new String(bytes(given, new Transform(kind, null, from, count)), StandardCharsets.ISO_8859_1);
    }

    @Test
    void shouldDecodeBase64AsAsked() {
        assertEquals("hello", base64("xyaGVsbG8=zz", Kind.FROM_BASE64, 2, 0));
        assertEquals("hel", base64("xyaGVsbG8=zz", Kind.FROM_BASE64, 2, 4));
        assertEquals("hello", base64("aGV-s*bG 8=", Kind.FROM_BASE64_LENIENT, 0, 0));
        assertEquals("he", base64("aGV-s*bG 8=", Kind.FROM_BASE64, 0, 0));
        assertEquals("hello", base64("aGVsbG8=", Kind.FROM_BASE64_STRICT, 0, 0));
        assertEquals("hell", base64("aGVsbA==", Kind.FROM_BASE64_STRICT, 0, 0));
        for (final String wrong : new String[] {"aGVs bG8=", "aGVsbG8", "aGVsbG8=x===", "aGVsb===", "aGVs=bG8"}) {
            assertEquals(wrong, base64(wrong, Kind.FROM_BASE64_STRICT, 0, 0));
        }
        assertEquals("aGVs", base64("aGVs", Kind.FROM_BASE64, 4, 0));
        assertEquals("aGVs", base64("aGVs", Kind.FROM_BASE64, 0, 5));
        assertEquals("-aGVs", base64("-aGVs", Kind.FROM_BASE64, 0, 0));
    }

    @Test
    void shouldCutOutParts() {
        assertEquals("cdef", base64("abcdef", Kind.SUBSLICE, 2, 0));
        assertEquals("cd", base64("abcdef", Kind.SUBSLICE, 2, 2));
        assertEquals("ef", base64("abcdef", Kind.SUBSLICE, -2, 0));
        assertEquals("bcd", base64("abcdef", Kind.SUBSLICE, 1, -2));
        assertEquals("cd", base64("abcdef", Kind.SUBSLICE, 4, -4));
        assertEquals("", base64("abcdef", Kind.SUBSLICE, 6, 0));
        for (final int[] outside : new int[][] {{7, 0}, {-7, 0}, {2, 5}, {0, -7}}) {
            assertEquals("", base64("abcdef", Kind.SUBSLICE, outside[0], outside[1]));
        }
        assertEquals("", base64("abcdef", Kind.SUBSLICE_TRUNCATE, 7, 0));
        assertEquals("abcdef", base64("abcdef", Kind.SUBSLICE_TRUNCATE, -7, 0));
        assertEquals("cdef", base64("abcdef", Kind.SUBSLICE_TRUNCATE, 2, 5));
        assertEquals("ab", base64("abcdef", Kind.SUBSLICE_TRUNCATE, 2, -7));
    }

    @Test
    void shouldUnpackAsMuchAsAsked() {
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write("x".repeat(100_000).getBytes(StandardCharsets.ISO_8859_1));
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
        final String gzip = packed.toString(StandardCharsets.ISO_8859_1);
        assertEquals("x".repeat(1024), base64(gzip, Kind.GUNZIP, 0, 1024));
        assertEquals("x".repeat(64 * 1024), base64(gzip, Kind.GUNZIP, 0, 64 * 1024));
        assertEquals("plain", base64("plain", Kind.GUNZIP, 0, 1024));
        final byte[] zlib = new byte[100];
        final Deflater deflater = new Deflater();
        deflater.setInput("hello".getBytes(StandardCharsets.ISO_8859_1));
        deflater.finish();
        final int length = deflater.deflate(zlib);
        deflater.end();
        assertEquals("hello", base64(new String(zlib, 0, length, StandardCharsets.ISO_8859_1), Kind.ZLIB_DEFLATE, 0,
            1024));
    }

    @Test
    void shouldDigest() {
        assertEquals("900150983cd24fb0d6963f7d28e17f72",
            HexFormat.of().formatHex(bytes("abc", new Transform(Kind.TO_MD5, null))));
        assertEquals("a9993e364706816aba3e25717850c26c9cd0d89d",
            HexFormat.of().formatHex(bytes("abc", new Transform(Kind.TO_SHA1, null))));
        assertEquals("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
            HexFormat.of().formatHex(bytes("abc", new Transform(Kind.TO_SHA256, null))));
    }

    @Test
    void shouldDoOneAfterTheOther() {
        assertEquals("ab", new String(bytes(" A B ", new Transform(Kind.STRIP_WHITESPACE, null),
            new Transform(Kind.TO_LOWERCASE, null)), StandardCharsets.ISO_8859_1));
        final Literal key = Literal.of(new byte[] {1, 2});
        assertEquals("abc", new String(bytes("abc", new Transform(Kind.XOR, key), new Transform(Kind.XOR, key)),
            StandardCharsets.ISO_8859_1));
        final Literal group = Literal.of("id=(\\d+)".getBytes(StandardCharsets.ISO_8859_1));
        assertEquals("42", new String(bytes("?id=42&x", new Transform(Kind.PCREXFORM, group)),
            StandardCharsets.ISO_8859_1));
    }
}
