package io.weir.rule.pattern;

import io.weir.base.NativeMemory;
import java.util.concurrent.atomic.AtomicLong;

/** A database of Hyperscan: a handle of libweir, and in Java an automaton for what is short. */
final class HyperscanDatabase extends PatternDatabase {
    private final HyperscanLibrary library;
    private final AtomicLong handle;
    private final AhoCorasickDatabase automaton;
    private final long bytes;
    private final int streamBytes;
    private final boolean hasSieve;

    /**
     * Takes a handle.
     *
     * @param automaton finds the same in short blocks; null where there are streams
     */
    HyperscanDatabase(final HyperscanLibrary library, final ScanMode mode, final int patterns, final long handle,
        final AhoCorasickDatabase automaton, final long bytes, final int streamBytes) {
        super(library, mode, patterns);
        this.automaton = automaton;
        this.library = library;
        this.handle = new AtomicLong(handle);
        this.bytes = bytes;
        this.streamBytes = streamBytes;
        hasSieve = library.weir().patternMayHold(handle, 0, 0) == 0;
        NativeMemory.account(NativeMemory.Tag.PATTERNS, bytes);
    }

    @Override
    public boolean hasSieve() {
        return hasSieve;
    }

    @Override
    public boolean mayHold(final long address, final int length) {
        return !hasSieve || library.weir().patternMayHold(handle(), address, length) != 0;
    }

    @Override
    public boolean mayHold(final byte[] array, final long address, final int length) {
        return automaton == null || automaton.mayHold(array, address, length);
    }

    long handle() {
        return handle.getPlain();
    }

    AhoCorasickDatabase automaton() {
        return automaton;
    }

    HyperscanLibrary hyperscan() {
        return library;
    }

    @Override
    public long bytes() {
        return bytes + (automaton == null ? 0 : automaton.bytes());
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
            if (automaton != null) {
                automaton.close();
            }
        }
    }
}
