package io.weir.perf;

import io.weir.capture.file.FileSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.file.Path;

/** One way through a trace, from the first frame to the last. */
interface Pass {
    /** What {@link #named} knows. */
    String NAMES = "read|decode|flow|steady|full|streams|signatures|fields";

    /**
     * Goes through the trace.
     *
     * @return frames it saw
     */
    long run(Path trace, int workers) throws IOException, InterruptedException;

    /** The pass with a name. */
    static Pass named(final String name) {
        return switch (name) {
            case "read" -> (trace, workers) -> walk(trace, false);
            case "decode" -> (trace, workers) -> walk(trace, true);
            case "flow" -> new EnginePass(false, 1);
            case "steady" -> new EnginePass(false, EnginePass.ROUNDS);
            case "full" -> new EnginePass(true, 1);
            case "streams" -> new StreamsPass();
            case "signatures" -> RulesPass.Signatures.PASS;
            case "fields" -> RulesPass.Fields.PASS;
            default -> throw new IllegalArgumentException("no pass " + name + "; there are " + NAMES);
        };
    }

    /** The file source alone, with or without the decoder. */
    private static long walk(final Path trace, final boolean decode) {
        final Frame frame = new Frame();
        final Decoder decoder = new Decoder();
        long frames = 0;
        long found = 0;
        long block = -1;
        try (FileSource source = FileSource.open(trace, FileSource.DEFAULT_BLOCKS)) {
            while (!source.isExhausted()) {
                while (source.next(frame)) {
                    if (frame.block != block) {
                        source.release(0, frame.block - 1);
                        block = frame.block;
                    }
                    if (decode) {
                        decoder.decode(frame);
                        found += frame.payloadOffset;
                    }
                    frames++;
                }
                source.release(0, block);
            }
        }
        if (decode && found == 0) {
            throw new IllegalStateException("the decoder found nothing in " + trace);
        }
        return frames;
    }
}
