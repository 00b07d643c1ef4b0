package io.weir.monitor;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A status that was read: an object of JSON, asked by names. What is missing, or of another kind, is 0, an empty text
 * or an empty list, so that a status of an older or newer weir is shown as far as it is understood. Immutable.
 */
public final class StatusTree {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final StatusTree EMPTY = new StatusTree(Map.of());

    private final Map<String, Object> members;

    private StatusTree(final Map<String, Object> members) {
        this.members = members;
    }

    /**
     * Parses an object.
     *
     * @throws IOException if it is none
     */
    public static StatusTree parse(final byte[] json) throws IOException {
        try (JsonParser parser = FACTORY.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new IOException("no JSON object");
            }
            return object(parser);
        }
    }

    private static StatusTree object(final JsonParser parser) throws IOException {
        final Map<String, Object> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            final String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(parser));
        }
        return new StatusTree(members);
    }

    private static Object value(final JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                final List<Object> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield elements;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> parser.getText();
        };
    }

    /** Names of its members, in order. */
    public List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** A whole number. */
    public long number(final String name) {
        return members.get(name) instanceof Number number ? number.longValue() : 0;
    }

    /** A number. */
    public double real(final String name) {
        return members.get(name) instanceof Number number ? number.doubleValue() : 0;
    }

    /** A flag. */
    public boolean flag(final String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** A text; not fit for a terminal. */
    public String text(final String name) {
        return members.get(name) instanceof String text ? text : "";
    }

    /** An object. */
    public StatusTree in(final String name) {
        return members.get(name) instanceof StatusTree tree ? tree : EMPTY;
    }

    /** The objects of an array. */
    public List<StatusTree> rows(final String name) {
        final List<StatusTree> rows = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (final Object element : list) {
                if (element instanceof StatusTree tree) {
                    rows.add(tree);
                }
            }
        }
        return rows;
    }

    /** The texts of an array. */
    public List<String> texts(final String name) {
        final List<String> texts = new ArrayList<>();
        if (members.get(name) instanceof List<?> list) {
            for (final Object element : list) {
                if (element instanceof String text) {
                    texts.add(text);
                }
            }
        }
        return texts;
    }
}
