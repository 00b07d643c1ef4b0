package io.weir.rule.pattern;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A compiled {@link PatternSet}. Immutable: any number of threads may scan with it at the same time. It must not be
 * closed before the last scanner and the last stream that use it are done; after that it must not be used.
 */
public abstract class PatternDatabase implements AutoCloseable {
    private static final AtomicInteger SERIALS = new AtomicInteger();

    private final int serial = SERIALS.getAndIncrement();
    private final PatternLibrary library;
    private final ScanMode mode;
    private final int patterns;

    PatternDatabase(final PatternLibrary library, final ScanMode mode, final int patterns) {
        this.library = library;
        this.mode = mode;
        this.patterns = patterns;
    }

    /** What compiled it; only scanners of the same library take it. */
    public final PatternLibrary library() {
        return library;
    }

    /** What it can scan. */
    public final ScanMode mode() {
        return mode;
    }

    /** How many patterns it finds; their numbers are 0 to this, exclusive. */
    public final int patterns() {
        return patterns;
    }

    /** One for each database there ever was in this process. */
    final int serial() {
        return serial;
    }

    /** True if it tells blocks that hold nothing from others without a scan: {@link #mayHold}. */
    public boolean hasSieve() {
        return false;
    }

    /**
     * False if a block of native memory holds no pattern; true if it may, which a scan tells. Takes a fraction of the
     * time of a scan. Any thread.
     */
    public boolean mayHold(final long address, final int length) {
        return true;
    }

    /**
     * False if a value holds no pattern; true if it may. For short ones, which are looked at where they lie. Any
     * thread.
     *
     * @param array   where it lies, or null if in native memory
     * @param address of its first byte, there or in memory; all of its bytes are there
     */
    public boolean mayHold(final byte[] array, final long address, final int length) {
        return true;
    }

    /** Bytes of native memory it holds, accounted under {@code NativeMemory.Tag.PATTERNS}. */
    public abstract long bytes();

    /** Bytes of native memory an open stream takes; 0 if it is for blocks. */
    public abstract int streamBytes();

    /** Frees it; a second call does nothing. */
    @Override
    public abstract void close();
}
