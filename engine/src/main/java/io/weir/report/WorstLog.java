package io.weir.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.stats.Pause;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The file with the slowest frames and longest pauses beside an interval log. Lines that make no sense are counted. */
public final class WorstLog {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int MOST_FRAMES = 1_000;
    private static final int MOST_PAUSES = 200_000;
    private static final int US_PER_MS = 1_000;
    private static final Comparator<Frame> SLOWEST_FIRST =
        Comparator.comparingLong((Frame frame) -> frame.number("ns")).reversed();

    private final List<Frame> frames = new ArrayList<>();
    private final List<Held> pauses = new ArrayList<>();
    private long damaged;

    /**
     * A frame, or a batch, that was slow.
     *
     * @param fields all that is said of it
     */
    record Frame(Map<String, String> fields) {
        boolean isBatch() {
            return "batch".equals(fields.get("kind"));
        }

        long number(final String name) {
            final String text = fields.get(name);
            try {
                return text == null ? 0 : Long.parseLong(text);
            } catch (final NumberFormatException e) {
                return 0;
            }
        }

        String text(final String name) {
            return fields.getOrDefault(name, "");
        }
    }

    /**
     * A pause.
     *
     * @param thread it held up, or empty for all
     */
    record Held(Pause kind, String thread, long fromUs, long toUs, long durationNs) {
    }

    private WorstLog() {
    }

    /** A log of nothing. */
    static WorstLog none() {
        return new WorstLog();
    }

    /**
     * Reads what falls into a stretch of time.
     *
     * @throws IOException if the file is there and cannot be read
     */
    public static WorstLog read(final Path file, final long startMs, final long endMs) throws IOException {
        final WorstLog log = new WorstLog();
        if (Files.exists(file)) {
            try (Lines lines = new Lines(file)) {
                for (String line = lines.next(); line != null; line = lines.next()) {
                    log.take(line, startMs * US_PER_MS, endMs * US_PER_MS);
                }
            }
        }
        log.frames.sort(SLOWEST_FIRST);
        return log;
    }

    private void take(final String line, final long fromUs, final long toUs) {
        final Frame entry = new Frame(parse(line));
        final long endUs = entry.number("to_us");
        if (endUs == 0) {
            damaged++;
        } else if (endUs >= fromUs && endUs <= toUs) {
            if ("pause".equals(entry.text("kind"))) {
                hold(entry);
            } else {
                frames.add(entry);
                if (frames.size() == 2 * MOST_FRAMES) {
                    frames.sort(SLOWEST_FIRST);
                    frames.subList(MOST_FRAMES, frames.size()).clear();
                }
            }
        }
    }

    private void hold(final Frame entry) {
        for (final Pause kind : Pause.values()) {
            if (kind.label().equals(entry.text("pause")) && pauses.size() < MOST_PAUSES) {
                pauses.add(new Held(kind, entry.text("thread"), entry.number("from_us"), entry.number("to_us"),
                    entry.number("ns")));
            }
        }
    }

    /** Fields of a flat object; none if it is none. */
    private static Map<String, String> parse(final String line) {
        final Map<String, String> fields = new HashMap<>();
        try (JsonParser parser = FACTORY.createParser(line)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return Map.of();
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final String name = parser.currentName();
                if (!parser.nextToken().isScalarValue()) {
                    return Map.of();
                }
                fields.put(name, parser.getText());
            }
            return parser.currentToken() == JsonToken.END_OBJECT ? fields : Map.of();
        } catch (final IOException e) {
            return Map.of();
        }
    }

    /** Frames and batches, slowest first. */
    List<Frame> frames() {
        return frames;
    }

    /** Pauses, in order of time. */
    List<Held> pauses() {
        return pauses;
    }

    /** Lines that make no sense. */
    public long damagedLines() {
        return damaged;
    }
}
