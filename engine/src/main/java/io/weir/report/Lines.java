package io.weir.report;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The lines of a text file, whatever it is in truth: one that is too long is cut. */
final class Lines implements AutoCloseable {
    private static final int LONGEST = 4 << 20;

    private final BufferedReader reader;
    private final StringBuilder line = new StringBuilder();
    private long number;

    Lines(final Path file) throws IOException {
        reader = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1);
    }

    /** The next line, or null. */
    String next() throws IOException {
        line.setLength(0);
        int read = reader.read();
        if (read < 0) {
            return null;
        }
        number++;
        while (read >= 0 && read != '\n') {
            if (line.length() < LONGEST) {
                line.append((char) read);
            }
            read = reader.read();
        }
        return line.toString();
    }

    /** Number of the line read last, from 1. */
    long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
