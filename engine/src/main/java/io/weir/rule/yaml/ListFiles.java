package io.weir.rule.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads list files: one value a line; empty lines and lines that begin with {@code #} are passed over. */
final class ListFiles {
    static final int MAX_BYTES = 64 << 20;
    static final int MAX_VALUES = 1 << 18;
    /** Of all rules of a load together: each that names a list keeps its values. */
    static final int MAX_TAKEN = 1 << 22;

    /** A value, and the line it stands in. */
    record Value(String text, int line) {
    }

    private final Faults faults;
    private final Map<Path, List<Value>> known = new HashMap<>();
    private Path folder = Path.of("");
    private long taken;

    ListFiles(final Faults faults) {
        this.faults = faults;
    }

    /** Names are relative to this folder from here on. */
    void in(final Path value) {
        folder = value == null ? Path.of("") : value;
    }

    /** Values of a file; null, and told, if it cannot be read. */
    List<Value> read(final Node node, final String key) {
        final String name = Members.text(node, key, faults);
        if (name == null) {
            return null;
        }
        try {
            final Path file = folder.resolve(name);
            if (!known.containsKey(file)) {
                known.put(file, values(file, node, key));
            }
            final List<Value> values = known.get(file);
            taken += values == null ? 0 : values.size();
            if (taken > MAX_TAKEN) {
                faults.add(node, key, "the lists of all rules together have more than " + MAX_TAKEN + " values");
                return null;
            }
            return values;
        } catch (final InvalidPathException e) {
            faults.add(node, key, "the list " + Faults.shown(node) + " is no name of a file");
        } catch (final NoSuchFileException e) {
            faults.add(node, key, "the list " + e.getFile() + " does not exist");
        } catch (final CharacterCodingException e) {
            faults.add(node, key, "the list " + name + " is not text in UTF-8");
        } catch (final IOException e) {
            faults.add(node, key, "the list " + name + " cannot be read: " + e.getMessage());
        }
        return null;
    }

    private List<Value> values(final Path file, final Node node, final String key) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            faults.add(node, key, "the list " + file + " is larger than " + (MAX_BYTES >> 20) + " MiB");
            return null;
        }
        final List<Value> values = new ArrayList<>();
        int line = 0;
        for (final String text : Files.readAllLines(file)) {
            line++;
            final String value = text.strip();
            if (!value.isEmpty() && value.charAt(0) != '#') {
                values.add(new Value(value, line));
            }
        }
        if (values.size() > MAX_VALUES) {
            faults.add(node, key, "the list " + file + " has more than " + MAX_VALUES + " values");
            return null;
        }
        return values;
    }
}
