package io.weir.rule.compile;

import io.weir.packet.AddressText;
import io.weir.packet.Network;
import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Files that data sets begin with and are saved in: a value to a line. */
final class DatasetFile {
    private static final int MOST_SHOWN = 80;

    /** Digests that lists have. */
    private enum Digest {
        MD5(32, "filemd5 or type md5"), SHA1(40, "filesha1"), SHA256(64, "filesha256 or type sha256");

        private final int digits;
        private final String words;

        Digest(final int digits, final String words) {
            this.digits = digits;
            this.words = words;
        }

        @Override
        public String toString() {
            return name() + ", which has " + digits;
        }
    }

    /** A value is a digest, but not of the kind that rules ask for. */
    private static final class WrongDigestException extends IllegalArgumentException {
        private static final long serialVersionUID = 1;

        WrongDigestException(final Digest wanted, final String word) {
            super(word.length() + " hexadecimal digits are no " + wanted + Arrays.stream(Digest.values())
                .filter(other -> other.digits == word.length())
                .map(other -> ": a list of " + other.name() + " is asked by " + other.words)
                .findAny().orElse(": correct the line or take it out"));
        }
    }

    private DatasetFile() {
    }

    /**
     * Adds what is in the file that a set is loaded from.
     *
     * @throws IllegalArgumentException if it cannot be read or has a line that is no value, with the reason
     */
    static void load(final Dataset dataset, final ValueSet to) {
        try {
            if (dataset.json() != null) {
                DatasetJson.load(dataset, to);
                return;
            }
            int number = 0;
            for (final String line : Files.readAllLines(dataset.load(), StandardCharsets.UTF_8)) {
                number++;
                final String word = line.strip();
                // what stands behind a comma is a score
                final int comma = word.indexOf(',');
                final String text = comma < 0 ? word : word.substring(0, comma).strip();
                if (!text.isEmpty() && text.charAt(0) != '#'
                    && (dataset.scores() == null || isAccepted(dataset, text, word, comma, number))) {
                    add(dataset, to, text, number);
                }
            }
        } catch (final NoSuchFileException e) {
            throw new IllegalArgumentException("the list " + dataset.load() + " does not exist", e);
        } catch (final CharacterCodingException e) {
            throw new IllegalArgumentException("the list " + dataset.load() + " is not text in UTF-8", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("the list " + dataset.load() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static boolean isAccepted(final Dataset dataset, final String text, final String word, final int comma,
        final int line) {
        try {
            return dataset.scores().contains(score(word, comma));
        } catch (final NumberFormatException e) {
            throw noValue(dataset, text, line, e);
        }
    }

    /**
     * Adds a value.
     *
     * @param line where it stands in the file
     * @throws IllegalArgumentException if it is no value of the set, with the reason
     */
    static void add(final Dataset dataset, final ValueSet to, final String text, final int line) {
        try {
            to.add(value(dataset, text));
        } catch (final WrongDigestException e) {
            throw new IllegalArgumentException(dataset.load() + ":" + line + ": " + e.getMessage(), e);
        } catch (final IllegalArgumentException e) {
            throw noValue(dataset, text, line, e);
        }
    }

    private static IllegalArgumentException noValue(final Dataset dataset, final String text, final int line,
        final IllegalArgumentException cause) {
        return new IllegalArgumentException(dataset.load() + ":" + line + ": no "
            + dataset.type().name().toLowerCase(Locale.ROOT) + " value: " + shown(text), cause);
    }

    /** A text that a file may hold, short enough for a line. */
    private static String shown(final String text) {
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN - 3) + "...";
    }

    private static byte[] value(final Dataset dataset, final String text) {
        return switch (dataset.type()) {
            // JSON can hold any text, lines cannot
            case STRING -> dataset.json() != null ? text.getBytes(StandardCharsets.UTF_8)
                : Base64.getDecoder().decode(text);
            case MD5 -> HexFormat.of().parseHex(digits(Digest.MD5, text));
            case SHA256 -> HexFormat.of().parseHex(digits(Digest.SHA256, text));
            case IPV4, IP -> address(text);
            case MD5_DIGITS -> digits(Digest.MD5, text).getBytes(StandardCharsets.US_ASCII);
            case SHA1_DIGITS -> digits(Digest.SHA1, text).getBytes(StandardCharsets.US_ASCII);
            case SHA256_DIGITS -> digits(Digest.SHA256, text).getBytes(StandardCharsets.US_ASCII);
        };
    }

    private static long score(final String word, final int comma) {
        return Long.parseLong(word.substring(comma < 0 ? word.length() : comma + 1).strip());
    }

    /** Digits at the beginning of a text, in lower case; those of another digest would load and never match. */
    private static String digits(final Digest wanted, final String text) {
        final String word = text.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        HexFormat.of().parseHex(word);
        if (word.length() != wanted.digits) {
            throw new WrongDigestException(wanted, word);
        }
        return word;
    }

    private static byte[] address(final String text) {
        final Network network = Network.parse(text);
        // IPv4 may be written as an IPv6 address that stands for it, RFC 4291
        final boolean mapped = network.firstHi() == 0 && network.firstLo() >>> Integer.SIZE == 0xffff;
        final byte[] bytes = new byte[network.ipVersion() == 4 || mapped ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            final int fromEnd = bytes.length - 1 - i;
            final long half = fromEnd >= 8 ? network.firstHi() : network.firstLo();
            bytes[i] = (byte) (half >>> (fromEnd & 7) * Byte.SIZE);
        }
        return bytes;
    }

    /** Writes values to the file of a set, beside the old one first, so that it is whole at any time. */
    static void write(final Dataset set, final byte[][] values) throws IOException {
        final List<String> lines = new ArrayList<>(values.length);
        for (final byte[] value : values) {
            lines.add(text(set.type(), value));
        }
        Collections.sort(lines);
        final Path target = set.save().toAbsolutePath();
        // made exclusively and readable by its owner alone; a link in the target's place is replaced, not followed
        final Path written = Files.createTempFile(target.getParent(), "." + target.getFileName(), ".new");
        try {
            Files.write(written, lines, StandardCharsets.US_ASCII);
            try (FileChannel channel = FileChannel.open(written, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    private static String text(final Dataset.Type type, final byte[] value) {
        return switch (type) {
            case MD5_DIGITS, SHA1_DIGITS, SHA256_DIGITS -> new String(value, StandardCharsets.US_ASCII);
            case STRING -> Base64.getEncoder().encodeToString(value);
            case MD5, SHA256 -> HexFormat.of().formatHex(value);
            case IPV4, IP -> value.length == 4 ? AddressText.v4((int) number(value, 0, 4))
                : AddressText.v6(number(value, 0, 8), number(value, 8, 16));
        };
    }

    private static long number(final byte[] value, final int from, final int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << Byte.SIZE | value[i] & 0xff;
        }
        return number;
    }
}
