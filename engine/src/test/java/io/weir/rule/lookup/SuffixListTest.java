package io.weir.rule.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.rule.match.Expressions;
import io.weir.rule.match.Input;
import io.weir.rule.match.Matching;
import io.weir.rule.match.PublicSuffixes;
import io.weir.rule.match.TransformScratch;
import io.weir.rule.match.Transforms;
import io.weir.rule.model.Transform.Kind;
import io.weir.rule.model.Transform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names cut by the list of public suffixes; the examples are those of its format. */
final class SuffixListTest {
    @TempDir
    private Path folder;

    private static String cut(final PublicSuffixes suffixes, final Kind kind, final String name) {
        final byte[] given = name.getBytes(StandardCharsets.US_ASCII);
        final Input out = Transforms.of(List.of(new Transform(kind, null)), new Expressions(suffixes))
            .apply(new Input().wrap(given, 0, given.length), new TransformScratch(), new Matching());
        final byte[] got = new byte[out.length()];
        out.copyTo(0, got, 0, got.length);
        return new String(got, StandardCharsets.US_ASCII);
    }

    @Test
    void shouldFindTheLongestSuffixAndTheNameBeforeIt() throws IOException {
        final Path list = Files.writeString(folder.resolve("list"),
            "// a comment\ncom\nuk\nco.uk\n*.ck\n!www.ck\n\n\u516c\u53f8.cn\ncn trailing words\n");
        final PublicSuffixes suffixes = SuffixList.read(list);
        final String[][] names = {
            {"www.example.com", "com", "example.com"}, {"a.b.example.co.uk", "co.uk", "example.co.uk"},
            {"example.uk", "uk", "example.uk"}, {"a.b.c.ck", "c.ck", "b.c.ck"}, {"www.ck", "ck", "www.ck"},
            {"a.www.ck", "ck", "www.ck"}, {"co.uk", "co.uk", "co.uk"}, {"a.b.unknown", "unknown", "b.unknown"},
            {"x.y.xn--55qx5d.cn", "xn--55qx5d.cn", "y.xn--55qx5d.cn"}, {"localhost", "localhost", "localhost"},
            {"com", "com", "com"}, {"", "", ""}, {"..", "", "."}, {"a.".repeat(200) + "com", "com", "a.com"}};
        for (final String[] name : names) {
            assertEquals(name[1], cut(suffixes, Kind.TLD, name[0]));
            assertEquals(name[2], cut(suffixes, Kind.DOMAIN, name[0]));
        }
        assertEquals("uk", cut(PublicSuffixes.NONE, Kind.TLD, "a.example.co.uk"));
        assertEquals("co.uk", cut(PublicSuffixes.NONE, Kind.DOMAIN, "a.example.co.uk"));
    }
}
