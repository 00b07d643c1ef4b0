package io.weir.rule.pattern;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The contents of a file of signatures, taken out with a regular expression: enough to have patterns people write. */
final class SignatureContents {
    private static final Pattern CONTENT =
        Pattern.compile("content:\\s*!?\"((?:[^\"\\\\]|\\\\.)+)\"([^;]*);\\s*(\\w*)");

    private SignatureContents() {
    }

    static PatternSet read(final Path file) throws IOException {
        final PatternSet set = new PatternSet();
        final Matcher content = CONTENT.matcher(Files.readString(file, ISO_8859_1));
        while (content.find()) {
            set.add(bytes(content.group(1)), "nocase".equals(content.group(3)));
        }
        return set;
    }

    private static byte[] bytes(final String text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '|') {
                final int end = text.indexOf('|', i + 1);
                bytes.writeBytes(HexFormat.of().parseHex(text.substring(i + 1, end).replace(" ", "")));
                i = end;
            } else {
                i += text.charAt(i) == '\\' ? 1 : 0;
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }
}
