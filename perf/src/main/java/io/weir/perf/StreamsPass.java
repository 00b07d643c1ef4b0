package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.engine.EngineContext;
import io.weir.output.Summary;
import io.weir.perf.trace.TraceFacts;
import io.weir.protocol.classify.ClassifierContext;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;

/**
 * A whole engine that puts the streams of a trace back together and counts their bytes. It fails unless they are
 * exactly as many as the generator put into the trace, without a gap, and every stream came to its FIN.
 */
record StreamsPass() implements Pass {
    /** Counts. One for each worker. */
    private static final class ByteCounter implements StreamSink {
        private long bytes;
        private long gaps;
        private long closed;

        @Override
        public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
            final long streamOffset, final long timestampNs) {
            bytes += length;
        }

        @Override
        public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
            gaps++;
        }

        @Override
        public void end(final long stream, final StreamEnd reason, final long timestampNs) {
            closed += reason == StreamEnd.FIN ? 1 : 0;
        }
    }

    @Override
    public long run(final Path trace, final int workers) throws IOException, InterruptedException {
        final int blocks = workers == 1 ? FileSource.DEFAULT_BLOCKS : FileSource.MAX_BLOCKS;
        final List<ByteCounter> sinks = new ArrayList<>();
        try (FileSource source = FileSource.open(FileTrace.of(List.of(trace)), blocks)) {
            final EngineContext context = new EngineContext().source(source).workers(workers).latency(false)
                .classifier(new ClassifierContext().inspect(false))
                .streamSinks((worker, flows, events, counters) -> {
                    final ByteCounter sink = new ByteCounter();
                    sinks.add(sink);
                    return sink;
                });
            final Summary summary = EnginePass.run(context);
            check(TraceFacts.of(trace), sinks);
            return summary.count(Counter.FRAMES_PROCESSED);
        }
    }

    private static void check(final TraceFacts facts, final List<ByteCounter> sinks) {
        final long bytes = sinks.stream().mapToLong(sink -> sink.bytes).sum();
        final long gaps = sinks.stream().mapToLong(sink -> sink.gaps).sum();
        final long closed = sinks.stream().mapToLong(sink -> sink.closed).sum();
        if (bytes != facts.streamBytes() || gaps != 0 || closed != facts.streams()) {
            throw new IllegalStateException(bytes + " bytes, " + gaps + " gaps and " + closed
                + " streams to their FIN, but the trace has " + facts);
        }
    }
}
