package io.weir.output;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/** The stream files of one worker that are open: up to a fixed number; the one unused longest gives way. One thread. */
final class OpenStreamFiles {
    private static final int BUFFER_BYTES = 32 * 1024;

    private final int most;
    private final Map<StreamFile, ByteBuffer> open = new LinkedHashMap<>(16, 0.75f, true);
    private final ArrayDeque<ByteBuffer> free = new ArrayDeque<>();
    private final Failures failures;

    /** Hears of files that cannot be written whole. */
    @FunctionalInterface
    interface Failures {
        /** A file failed; it is asked for no more. */
        void failed(StreamFile file, IOException reason);
    }

    OpenStreamFiles(final int most, final Failures failures) {
        this.most = most;
        this.failures = failures;
    }

    /** Makes sure that a file is open; false if it failed. */
    boolean open(final StreamFile file) {
        if (open.get(file) != null) {
            return true;
        }
        if (open.size() == most) {
            close(open.keySet().iterator().next());
        }
        final ByteBuffer buffer = free.isEmpty() ? ByteBuffer.allocate(BUFFER_BYTES) : free.pop();
        open.put(file, buffer);
        try {
            file.open(buffer);
            return true;
        } catch (final IOException e) {
            close(file);
            failures.failed(file, e);
            return false;
        }
    }

    /** Writes what is pending of a file and closes it, if it is open. */
    void close(final StreamFile file) {
        final ByteBuffer buffer = open.remove(file);
        if (buffer == null) {
            return;
        }
        try {
            file.close();
        } catch (final IOException e) {
            failures.failed(file, e);
        }
        free.push(buffer.clear());
    }

    void closeAll() {
        while (!open.isEmpty()) {
            close(open.keySet().iterator().next());
        }
    }
}
