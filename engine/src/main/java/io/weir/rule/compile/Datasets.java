package io.weir.rule.compile;

import io.weir.packet.Network;
import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** The values of named sets, kept over reloads: a name is loaded once. One thread. */
final class Datasets {
    private final Map<String, ValueSet> sets = new HashMap<>();

    /**
     * The values of a set, loaded from its file if it is new.
     *
     * @throws IllegalArgumentException if the file cannot be read or has a line that is no value, with the reason
     */
    ValueSet of(final Dataset dataset) {
        final ValueSet known = sets.get(dataset.name());
        if (known != null) {
            return known;
        }
        final ValueSet made = new ValueSet(dataset.limit());
        if (dataset.load() != null) {
            load(dataset, made);
        }
        sets.put(dataset.name(), made);
        return made;
    }

    private static void load(final Dataset dataset, final ValueSet to) {
        try {
            int number = 0;
            for (final String line : Files.readAllLines(dataset.load(), StandardCharsets.UTF_8)) {
                number++;
                final String word = line.strip();
                // what stands behind a comma is a reputation, which sets do not have
                final String text = word.indexOf(',') < 0 ? word : word.substring(0, word.indexOf(','));
                if (!text.isEmpty() && text.charAt(0) != '#') {
                    try {
                        to.add(value(dataset.type(), text));
                    } catch (final IllegalArgumentException e) {
                        throw new IllegalArgumentException(dataset.load() + ":" + number + ": no "
                            + dataset.type().name().toLowerCase(Locale.ROOT) + " value: " + text, e);
                    }
                }
            }
        } catch (final IOException e) {
            throw new IllegalArgumentException("data set " + dataset.name() + " cannot be read: " + e, e);
        }
    }

    private static byte[] value(final Dataset.Type type, final String text) {
        return switch (type) {
            case STRING -> Base64.getDecoder().decode(text);
            case MD5, SHA256 -> HexFormat.of().parseHex(text.toLowerCase(Locale.ROOT));
            case IPV4, IP -> address(text);
        };
    }

    private static byte[] address(final String text) {
        final Network network = Network.parse(text);
        final byte[] bytes = new byte[network.ipVersion() == 4 ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            final int fromEnd = bytes.length - 1 - i;
            final long half = fromEnd >= 8 ? network.firstHi() : network.firstLo();
            bytes[i] = (byte) (half >>> (fromEnd & 7) * Byte.SIZE);
        }
        return bytes;
    }

    /** True if rules change one of them. */
    boolean areChanged() {
        return sets.values().stream().anyMatch(ValueSet::isMutable);
    }

    long heapBytes() {
        return sets.values().stream().mapToLong(ValueSet::heapBytes).sum();
    }
}
