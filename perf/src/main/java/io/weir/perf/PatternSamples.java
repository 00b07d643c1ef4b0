package io.weir.perf;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.weir.rule.pattern.PatternSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Sets of patterns to measure with; the same in every run. */
final class PatternSamples {
    private static final String[] PIECES = {"ad", "min", "con", "fig", "log", "in", "php", "index", ".asp", "cmd",
        "exe", "/up", "load", "User", "Agent", "Moz", "illa", "=", "&id", "?q=", ".dll", "svc", "get", "key", "tok",
        "en", "win", "32", "\\sys", "tem", "http", "://", "xml", "json", "Bot", "bin", "/gate", ".jsp", "-data",
        "ver", "_x", "zz"};
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final Pattern CONTENT =
        Pattern.compile("content:\\s*!?\"((?:[^\"\\\\]|\\\\.)+)\"([^;]*);\\s*(\\w*)");

    private PatternSamples() {
    }

    /** Patterns of 4 to 40 bytes like those of signatures: six of seven of words of the web, others of any bytes. */
    static PatternSet likeSignatures(final int patterns) {
        final SplittableRandom random = new SplittableRandom(17);
        final PatternSet set = new PatternSet();
        while (set.size() < patterns) {
            final int length = 4 + random.nextInt(37);
            final byte[] literal = random.nextInt(7) == 0 ? anything(random, length) : words(random, length);
            set.add(literal, random.nextInt(10) < 6);
        }
        return set;
    }

    /** Patterns of 4 to 40 bytes of any value, of which hardly one occurs. */
    static PatternSet ofAnyBytes(final int patterns) {
        final SplittableRandom random = new SplittableRandom(18);
        final PatternSet set = new PatternSet();
        while (set.size() < patterns) {
            set.add(anything(random, 4 + random.nextInt(37)), false);
        }
        return set;
    }

    /** All contents of a file of signatures of at least so many bytes. */
    static PatternSet contents(final Path signatures, final int shortest) throws IOException {
        final PatternSet set = new PatternSet();
        final Matcher content = CONTENT.matcher(Files.readString(signatures, ISO_8859_1));
        while (content.find()) {
            final byte[] literal = bytes(content.group(1));
            if (literal.length >= shortest) {
                set.add(literal, "nocase".equals(content.group(3)));
            }
        }
        return set;
    }

    private static byte[] anything(final SplittableRandom random, final int length) {
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) random.nextInt();
        }
        return bytes;
    }

    /** Bytes as they are in addresses and names of files on the web. */
    static byte[] words(final SplittableRandom random, final int length) {
        final StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            if (random.nextInt(10) < 7) {
                text.append(PIECES[random.nextInt(PIECES.length)]);
            } else {
                text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }
        }
        return Arrays.copyOf(text.toString().getBytes(ISO_8859_1), length);
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
