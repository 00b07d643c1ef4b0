package io.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;

/** A JSON object on a line of its own, as commands print what they list with {@code --json}. */
final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private JsonLine() {
    }

    /** Writes the members of an object. */
    interface Members {
        void writeTo(JsonGenerator json) throws IOException;
    }

    /** The object with these members, without the end of the line. */
    static String of(final Members members) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartObject();
            members.writeTo(json);
            json.writeEndObject();
        }
        return text.toString();
    }
}
