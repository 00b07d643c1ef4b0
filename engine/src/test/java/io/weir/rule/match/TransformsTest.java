package io.weir.rule.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Transform.Kind;
import io.weir.rule.model.Transform;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
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
