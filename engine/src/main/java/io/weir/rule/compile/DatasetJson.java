package io.weir.rule.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.List;

/**
 * Reads the values of a data set from JSON: what a key names in each object of an array, or in objects one behind the
 * other. Texts and numbers are values; null, true and false are none. What else the objects hold is passed over. One
 * thread, one use.
 */
final class DatasetJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Dataset set;
    private final ValueSet to;
    private final JsonParser parser;
    private final List<String> key;

    private DatasetJson(final Dataset set, final ValueSet to, final JsonParser parser) {
        this.set = set;
        this.to = to;
        this.parser = parser;
        key = set.json().value();
    }

    /**
     * Adds what is in the file that a set is loaded from.
     *
     * @throws IllegalArgumentException if it is no JSON, or no object has the key, with the reason
     */
    static void load(final Dataset set, final ValueSet to) throws IOException {
        try (InputStream file = Files.newInputStream(set.load()); JsonParser parser = FACTORY.createParser(file)) {
            final DatasetJson json = new DatasetJson(set, to, parser);
            try {
                json.load();
            } catch (final JsonProcessingException e) {
                final int line = e.getLocation() == null ? json.line() : e.getLocation().getLineNr();
                throw new IllegalArgumentException(set.load() + ":" + line + ": no JSON: " + e.getOriginalMessage(), e);
            }
        }
    }

    private void load() throws IOException {
        boolean found = false;
        int begin = 1;
        if (set.json().isLines()) {
            while (parser.nextToken() != null) {
                found |= element(0);
            }
        } else {
            parser.nextToken();
            if (!array(0)) {
                throw fault(line(), (set.json().array().isEmpty() ? "no array"
                    : "no array " + String.join(".", set.json().array())) + ": correct the file, or array_key");
            }
            begin = line();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                found |= element(0);
            }
            end();
        }
        if (!found) {
            throw fault(begin, "no object from here on has the key " + String.join(".", key)
                + ": correct the file, or value_key");
        }
    }

    /** Goes to the end of what holds the array, and of the file. */
    private void end() throws IOException {
        while (!parser.getParsingContext().inRoot()) {
            parser.nextToken();
        }
        if (parser.nextToken() != null) {
            throw fault(line(), "something stands behind the list: correct the file, or take format jsonline");
        }
    }

    private int line() {
        return parser.currentLocation().getLineNr();
    }

    private IllegalArgumentException fault(final int line, final String reason) {
        return new IllegalArgumentException(set.load() + ":" + line + ": " + reason);
    }

    /** Goes to where an array begins, from the value that holds it. */
    private boolean array(final int depth) throws IOException {
        final List<String> path = set.json().array();
        if (depth == path.size()) {
            return parser.currentToken() == JsonToken.START_ARRAY;
        }
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                final boolean named = parser.currentName().equals(path.get(depth));
                parser.nextToken();
                if (named) {
                    return array(depth + 1);
                }
                parser.skipChildren();
            }
        }
        return false;
    }

    /** Adds what the key names in the object that begins here, and goes to its end; false if there is nothing. */
    private boolean element(final int depth) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            parser.skipChildren();
            return false;
        }
        boolean found = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final boolean named = parser.currentName().equals(key.get(depth));
            parser.nextToken();
            if (named && depth + 1 < key.size()) {
                found |= element(depth + 1);
            } else if (named && (parser.currentToken() == JsonToken.VALUE_STRING
                || parser.currentToken().isNumeric())) {
                DatasetFile.add(set, to, parser.getText(), parser.currentTokenLocation().getLineNr());
                found = true;
            } else {
                parser.skipChildren();
            }
        }
        return found;
    }
}
