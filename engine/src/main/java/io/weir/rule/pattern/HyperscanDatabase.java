package io.weir.rule.pattern;

import io.weir.base.NativeMemory;
import java.util.concurrent.atomic.AtomicLong;

/** A database of Hyperscan: a handle of libweir. */
final class HyperscanDatabase extends PatternDatabase {
    private final HyperscanLibrary library;
    private final AtomicLong handle;
    private final long bytes;
    private final int streamBytes;

    HyperscanDatabase(final HyperscanLibrary library, final ScanMode mode, final int patterns, final long handle,
        final long bytes, final int streamBytes) {
        super(library, mode, patterns);
        this.library = library;
        this.handle = new AtomicLong(handle);
        this.bytes = bytes;
        this.streamBytes = streamBytes;
        NativeMemory.account(NativeMemory.Tag.PATTERNS, bytes);
    }

    long handle() {
        return handle.getPlain();
    }

    HyperscanLibrary hyperscan() {
        return library;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public int streamBytes() {
        return streamBytes;
    }

    @Override
    public void close() {
        final long open = handle.getAndSet(0);
        if (open != 0) {
            library.weir().patternFree(open);
            NativeMemory.account(NativeMemory.Tag.PATTERNS, -bytes);
        }
    }
}
