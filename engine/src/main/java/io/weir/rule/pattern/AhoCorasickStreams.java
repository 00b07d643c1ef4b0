package io.weir.rule.pattern;

import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/** Streams of the automaton: its state, and as many of the last bytes as a comparison may need. */
final class AhoCorasickStreams extends PatternStreams {
    private final NativeMemory.Region[] streams;
    private final int bytes;

    AhoCorasickStreams(final AhoCorasickDatabase database, final int limit) {
        super(database, limit);
        streams = new NativeMemory.Region[limit];
        bytes = database.streamBytes();
    }

    long address(final int stream) {
        return streams[stream].address();
    }

    @Override
    boolean create(final int stream) {
        streams[stream] = NativeMemory.allocate(NativeMemory.Tag.PATTERNS, bytes, Long.BYTES);
        return true;
    }

    @Override
    void restart(final int stream) {
        final long at = address(stream);
        UnsafeApi.putInt(at + AhoCorasickDatabase.STREAM_STATE, DoubleArray.ROOT);
        UnsafeApi.putInt(at + AhoCorasickDatabase.STREAM_HISTORY_LENGTH, 0);
    }

    @Override
    public void close() {
        for (final NativeMemory.Region stream : streams) {
            if (stream != null) {
                stream.close();
            }
        }
    }
}
