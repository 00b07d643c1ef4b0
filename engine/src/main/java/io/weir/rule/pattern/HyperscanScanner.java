package io.weir.rule.pattern;

import io.weir.base.Errno;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/** All pending jobs in one native call. */
final class HyperscanScanner extends PatternScanner {
    private final HyperscanLibrary library;
    private final NativeMemory.Region answer =
        NativeMemory.allocate(NativeMemory.Tag.PATTERNS, NativeLayout.ANSWER_BYTES, NativeMemory.CACHE_LINE);
    private long handle;
    private long scratchBytes;

    HyperscanScanner(final HyperscanLibrary library, final long handle) {
        super(library);
        this.library = library;
        this.handle = handle;
    }

    @Override
    void fit(final PatternDatabase database) {
        final long bytes = library.weir().patternScannerFit(handle, ((HyperscanDatabase) database).handle());
        if (bytes < 0) {
            throw new PatternException("no memory to scan for " + database.patterns() + " patterns", null);
        }
        NativeMemory.account(NativeMemory.Tag.PATTERNS, bytes - scratchBytes);
        scratchBytes = bytes;
    }

    @Override
    void describe(final int job, final PatternDatabase database, final PatternStreams streams, final int stream) {
        final long at = jobAddress(job);
        UnsafeApi.putLong(at + NativeLayout.JOB_DATABASE, ((HyperscanDatabase) database).handle());
        UnsafeApi.putLong(at + NativeLayout.JOB_STREAM,
            streams == null ? 0 : ((HyperscanStreams) streams).handle(stream));
        UnsafeApi.putLong(at + NativeLayout.JOB_BASE, streams == null ? 0 : streams.origin(stream));
    }

    @Override
    int run(final int first, final int count) {
        final long at = answer.address();
        UnsafeApi.putInt(at + NativeLayout.ANSWER_GENERATION, generations(count));
        UnsafeApi.putLong(at + NativeLayout.ANSWER_MATCHES, matchesAddress());
        UnsafeApi.putLong(at + NativeLayout.ANSWER_MARKS, marksAddress());
        UnsafeApi.putInt(at + NativeLayout.ANSWER_CAPACITY, capacity());
        UnsafeApi.putInt(at + NativeLayout.ANSWER_FIRST_JOB, first);
        final int done = library.weir().patternScan(handle, jobAddress(first), count, at);
        if (done < 0) {
            throw new IllegalStateException("a database or stream that is closed: " + Errno.text(done));
        }
        matchCount(UnsafeApi.getInt(at + NativeLayout.ANSWER_COUNT));
        return done;
    }

    @Override
    public long bytes() {
        return super.bytes() + answer.length() + scratchBytes;
    }

    @Override
    public void close() {
        super.close();
        answer.close();
        if (handle != 0) {
            library.weir().patternScannerClose(handle);
            handle = 0;
            NativeMemory.account(NativeMemory.Tag.PATTERNS, -scratchBytes);
            scratchBytes = 0;
        }
    }
}
