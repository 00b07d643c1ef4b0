package io.weir.packet.describe;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Layers as objects of a JSON array that is open already. */
final class JsonSink implements FieldSink {
    private final JsonGenerator json;

    JsonSink(final JsonGenerator json) {
        this.json = json;
    }

    @Override
    public void beginLayer(final String type) {
        write(() -> {
            json.writeStartObject();
            json.writeStringField("type", type);
        });
    }

    @Override
    public void endLayer() {
        write(json::writeEndObject);
    }

    @Override
    public void number(final String name, final long value) {
        write(() -> json.writeNumberField(name, value));
    }

    @Override
    public void hex(final String name, final long value, final int digits) {
        number(name, value);
    }

    @Override
    public void truth(final String name, final boolean value) {
        write(() -> json.writeBooleanField(name, value));
    }

    @Override
    public void text(final String name, final String value) {
        write(() -> json.writeStringField(name, value));
    }

    @Override
    public void beginList(final String name) {
        write(() -> json.writeArrayFieldStart(name));
    }

    @Override
    public void beginItem() {
        write(json::writeStartObject);
    }

    @Override
    public void endItem() {
        write(json::writeEndObject);
    }

    @Override
    public void endList() {
        write(json::writeEndArray);
    }

    private static void write(final Step step) {
        try {
            step.run();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One step of writing. */
    @FunctionalInterface
    private interface Step {
        void run() throws IOException;
    }
}
