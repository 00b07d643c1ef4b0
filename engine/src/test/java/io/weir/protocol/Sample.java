package io.weir.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Samples of what is sent, as short text: hexadecimal words, {@code 5a*3} for three of them, {@code [text]}. */
public final class Sample {
    private Sample() {
    }

    /** The bytes of a sample. */
    public static byte[] of(final String sample) {
        final StringBuilder hex = new StringBuilder();
        final String[] parts = sample.split("[\\[\\]]");
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                hex.append(HexFormat.of().formatHex(parts[i].getBytes(StandardCharsets.ISO_8859_1)));
            } else {
                for (final String word : parts[i].trim().split(" +")) {
                    final int star = word.indexOf('*');
                    hex.append(star < 0 ? word
                        : word.substring(0, star).repeat(Integer.parseInt(word.substring(star + 1))));
                }
            }
        }
        return HexFormat.of().parseHex(hex);
    }
}
