package io.weir.rule.signature;

import io.weir.rule.model.Literal;
import io.weir.rule.model.Transform;
import io.weir.rule.model.Transform.Kind;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Changes of a buffer before it is asked. */
final class TransformKeywords {
    private TransformKeywords() {
    }

    static void addTo(final KeywordTable table) {
        plain(table, "compress_whitespace", Kind.COMPRESS_WHITESPACE, "Runs of white space become one space.");
        plain(table, "strip_whitespace", Kind.STRIP_WHITESPACE, "White space is left out.");
        plain(table, "dotprefix", Kind.DOTPREFIX, "A dot is put in front.");
        plain(table, "domain", Kind.DOMAIN, "The registered domain of a name.");
        plain(table, "tld", Kind.TLD, "The top-level domain of a name.");
        plain(table, "header_lowercase", Kind.HEADER_LOWERCASE, "Names of headers become lower case.");
        plain(table, "strip_pseudo_headers", Kind.STRIP_PSEUDO_HEADERS, "Pseudo headers of HTTP/2 are left out.");
        plain(table, "to_lowercase", Kind.TO_LOWERCASE, "ASCII letters become lower case.");
        plain(table, "to_uppercase", Kind.TO_UPPERCASE, "ASCII letters become upper case.");
        plain(table, "to_md5", Kind.TO_MD5, "The MD5 sum, 16 bytes.");
        plain(table, "to_sha1", Kind.TO_SHA1, "The SHA-1 sum, 20 bytes.");
        plain(table, "to_sha256", Kind.TO_SHA256, "The SHA-256 sum, 32 bytes.");
        plain(table, "url_decode", Kind.URL_DECODE, "Percent signs and plus signs are decoded.");
        table.partly("from_base64", "Decodes base 64; without offset, bytes or another mode.", (draft, option) -> {
            if (option.value() != null && !option.value().isEmpty()) {
                throw RejectedException.unsupported("from_base64 decodes the whole buffer: no "
                    + Option.shown(option.value()));
            }
            draft.fresh().transforms.add(new Transform(Kind.FROM_BASE64, null));
        });
        table.partly("xor", "Exclusive or with a key of hexadecimal digits; keys from the traffic are not read.",
            TransformKeywords::xor);
        table.add("pcrexform", "The first group that an expression finds.", (draft, option) -> {
            final String pattern = Option.unquoted(option.need());
            Expressions.check(pattern, "");
            draft.fresh().transforms.add(new Transform(Kind.PCREXFORM,
                Literal.of(pattern.getBytes(StandardCharsets.ISO_8859_1))));
        });
        table.not("casechange", "there is to_lowercase and to_uppercase");
        table.not("subslice", "parts of a buffer are not cut out");
        table.not("gunzip", "buffers are not inflated by rules");
        table.not("zlib_deflate", "buffers are not inflated by rules");
    }

    private static void plain(final KeywordTable table, final String name, final Kind kind, final String sentence) {
        table.add(name, sentence, (draft, option) -> {
            option.needNone();
            draft.fresh().transforms.add(new Transform(kind, null));
        });
    }

    private static void xor(final Draft draft, final Option option) throws RejectedException {
        final String digits = Option.unquoted(option.need());
        if (digits.startsWith("offset") || digits.startsWith("extract")) {
            throw RejectedException.unsupported("xor takes its key from the rule, not from the traffic");
        }
        if (!digits.matches("(?:[0-9a-fA-F]{2}){1,255}")) {
            throw RejectedException.error("xor needs a key of pairs of hexadecimal digits");
        }
        draft.fresh().transforms.add(new Transform(Kind.XOR, Literal.of(HexFormat.of().parseHex(digits))));
    }
}
