package io.weir.rule.pattern;

import io.weir.base.NativeMemory;

/** Streams of Hyperscan: handles that are opened once and reset for the next user. */
final class HyperscanStreams extends PatternStreams {
    private final HyperscanDatabase database;
    private final long[] handles;

    HyperscanStreams(final HyperscanDatabase database, final int limit) {
        super(database, limit);
        this.database = database;
        this.handles = new long[limit];
    }

    long handle(final int stream) {
        return handles[stream];
    }

    @Override
    boolean create(final int stream) {
        final long handle = database.hyperscan().weir().patternStreamOpen(database.handle());
        if (handle < 0) {
            return false;
        }
        handles[stream] = handle;
        NativeMemory.account(NativeMemory.Tag.PATTERNS, database.streamBytes());
        return true;
    }

    @Override
    void restart(final int stream) {
        database.hyperscan().weir().patternStreamReset(database.handle(), handles[stream]);
    }

    @Override
    public void close() {
        for (int i = 0; i < handles.length; i++) {
            if (handles[i] != 0) {
                database.hyperscan().weir().patternStreamClose(database.handle(), handles[i]);
                handles[i] = 0;
                NativeMemory.account(NativeMemory.Tag.PATTERNS, -database.streamBytes());
            }
        }
    }
}
