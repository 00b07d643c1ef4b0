package io.weir.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.weir.packet.Frame;
import io.weir.packet.describe.FrameDescriber;
import java.io.IOException;
import java.io.PrintWriter;

/** Prints decoded frames as text or as one JSON object per line. */
final class FramePrinter {
    private static final int ASK_EVERY = 64;

    private final FrameDescriber describer = new FrameDescriber();
    private final StringBuilder text = new StringBuilder();
    private final PrintWriter out;
    private final JsonGenerator json;
    private final boolean hexDump;
    private final boolean colours;
    private int printed;

    FramePrinter(final PrintWriter out, final boolean asJson, final boolean hexDump, final boolean colours)
        throws IOException {
        this.out = out;
        this.hexDump = hexDump;
        this.colours = colours;
        json = asJson ? new JsonFactory().createGenerator(out) : null;
        if (asJson) {
            json.setPrettyPrinter(new MinimalPrettyPrinter(""));
            json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
            json.disable(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM);
        }
    }

    void print(final Frame frame) throws IOException {
        printed++;
        if (json != null) {
            describer.json(frame, json, hexDump);
            json.writeRaw('\n');
        } else {
            text.setLength(0);
            describer.text(frame, text, hexDump, colours);
            out.append(text);
        }
    }

    /** Hands on what was printed so far. */
    void flush() throws IOException {
        if (json != null) {
            json.flush();
        }
        out.flush();
    }

    /** True once the reader of the output has gone away, as {@code head} does. */
    boolean isBroken() {
        // asking flushes, so it is asked now and then
        return printed % ASK_EVERY == 0 && out.checkError();
    }
}
