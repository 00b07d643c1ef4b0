package io.weir.rule.signature;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Transform;
import io.weir.rule.model.Transform.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Changes of a buffer before it is asked. */
final class TransformKeywords {
    private static final int MOST_BYTES = 64 * 1024;
    private static final int DEFAULT_SIZE = 1024;
    private static final Map<String, Kind> MODES = Map.of("rfc4648", Kind.FROM_BASE64, "rfc2045",
        Kind.FROM_BASE64_LENIENT, "strict", Kind.FROM_BASE64_STRICT);

    private TransformKeywords() {
    }

    static void addTo(final KeywordTable table) {
        plain(table, "compress_whitespace", Kind.COMPRESS_WHITESPACE, "Runs of white space become one space.");
        plain(table, "strip_whitespace", Kind.STRIP_WHITESPACE, "White space is left out.");
        plain(table, "dotprefix", Kind.DOTPREFIX, "A dot is put in front.");
        plain(table, "domain", Kind.DOMAIN,
            "The registered domain of a name, by the list of rules.public-suffixes; without one its last two labels.");
        plain(table, "tld", Kind.TLD,
            "The suffix that a name is registered under, by the same list; without one its last label.");
        plain(table, "header_lowercase", Kind.HEADER_LOWERCASE, "Names of headers become lower case.");
        plain(table, "strip_pseudo_headers", Kind.STRIP_PSEUDO_HEADERS, "Pseudo headers of HTTP/2 are left out.");
        plain(table, "to_lowercase", Kind.TO_LOWERCASE, "ASCII letters become lower case.");
        plain(table, "to_uppercase", Kind.TO_UPPERCASE, "ASCII letters become upper case.");
        plain(table, "to_md5", Kind.TO_MD5, "The MD5 sum, 16 bytes.");
        plain(table, "to_sha1", Kind.TO_SHA1, "The SHA-1 sum, 20 bytes.");
        plain(table, "to_sha256", Kind.TO_SHA256, "The SHA-256 sum, 32 bytes.");
        plain(table, "url_decode", Kind.URL_DECODE, "Percent signs and plus signs are decoded.");
        table.add("from_base64", "Decodes base 64: bytes, offset, and a mode, rfc4648, rfc2045 or strict.",
            TransformKeywords::base64);
        table.add("xor", "Exclusive or with a key of hexadecimal digits.", TransformKeywords::xor);
        table.add("pcrexform", "The first group that an expression finds.", (draft, option) -> {
            final String pattern = Option.unquoted(option.need());
            Expressions.check(pattern, "");
            draft.fresh().transforms.add(new Transform(Kind.PCREXFORM,
                Literal.of(pattern.getBytes(StandardCharsets.ISO_8859_1))));
        });
        table.add("subslice", "A part: offset, length and truncate, the first two from the end if negative.",
            TransformKeywords::part);
        table.add("gunzip", "Unpacks gzip, up to max-size (1024 bytes unless given, at most 64 KiB).",
            (draft, option) -> unpack(draft, option, Kind.GUNZIP));
        table.add("zlib_deflate", "Unpacks deflate in the form of zlib, up to max-size as gunzip.",
            (draft, option) -> unpack(draft, option, Kind.ZLIB_DEFLATE));
    }

    private static void plain(final KeywordTable table, final String name, final Kind kind, final String sentence) {
        table.add(name, sentence, (draft, option) -> {
            option.needNone();
            draft.fresh().transforms.add(new Transform(kind, null));
        });
    }

    private static void base64(final Draft draft, final Option option) throws RejectedException {
        Kind mode = Kind.FROM_BASE64;
        int bytes = 0;
        int offset = 0;
        final List<String> parts = option.value() == null || option.value().isEmpty() ? List.of() : option.parts();
        for (final String part : parts) {
            final String[] words = part.split("\\s+", 2);
            final String value = words.length < 2 ? "" : words[1].strip();
            switch (words[0].toLowerCase(Locale.ROOT)) {
                case "bytes" -> bytes = (int) Numbers.number(value, 1, MOST_BYTES);
                case "offset" -> offset = (int) Numbers.number(value, 0, MOST_BYTES);
                case "mode" -> {
                    mode = MODES.get(value.toLowerCase(Locale.ROOT));
                    if (mode == null) {
                        throw RejectedException.unknown("from_base64 has no mode " + Option.shown(value), value,
                            MODES.keySet());
                    }
                }
                default -> throw RejectedException.unknown("from_base64 has no " + Option.shown(words[0]), words[0],
                    List.of("bytes", "offset", "mode"));
            }
        }
        draft.fresh().transforms.add(new Transform(mode, null, offset, bytes));
    }

    private static void part(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = new ArrayList<>(option.parts());
        final boolean truncates = parts.size() > 1 && parts.get(parts.size() - 1).equalsIgnoreCase("truncate");
        if (truncates) {
            parts.remove(parts.size() - 1);
        }
        if (parts.size() > 2) {
            throw RejectedException.error("subslice takes an offset, a number of bytes and truncate");
        }
        final int from = (int) Numbers.number(parts.get(0), -MOST_BYTES, MOST_BYTES);
        final int count = parts.size() < 2 ? 0 : (int) Numbers.number(parts.get(1), -MOST_BYTES, MOST_BYTES);
        if (parts.size() == 2 && count == 0) {
            throw RejectedException.error("subslice cuts out at least one byte");
        }
        draft.fresh().transforms.add(
            new Transform(truncates ? Kind.SUBSLICE_TRUNCATE : Kind.SUBSLICE, null, from, count));
    }

    private static void unpack(final Draft draft, final Option option, final Kind kind) throws RejectedException {
        int most = DEFAULT_SIZE;
        if (option.value() != null && !option.value().isEmpty()) {
            final String[] words = option.value().split("\\s+", 2);
            if (!"max-size".equals(words[0]) || words.length < 2) {
                throw RejectedException.error(option.name() + " takes max-size and a number of bytes");
            }
            most = (int) Numbers.number(words[1].strip(), 1, MOST_BYTES);
        }
        draft.fresh().transforms.add(new Transform(kind, null, 0, most));
    }

    private static void xor(final Draft draft, final Option option) throws RejectedException {
        final String digits = Option.unquoted(option.need());
        if (!digits.matches("(?:[0-9a-fA-F]{2}){1,255}")) {
            throw RejectedException.error("xor needs a key of pairs of hexadecimal digits");
        }
        draft.fresh().transforms.add(new Transform(Kind.XOR, Literal.of(HexFormat.of().parseHex(digits))));
    }
}
