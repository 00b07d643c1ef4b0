package io.weir.rule.pattern;

import io.weir.base.Errno;
import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/**
 * Long blocks and pieces of streams in one native call, if none is between them that is short. Short blocks are
 * searched here: a native scan of two dozen bytes takes six times as long, most of it for tables that no cache holds.
 */
final class HyperscanScanner extends PatternScanner {
    private final HyperscanDatabase[] databases = new HyperscanDatabase[MAX_JOBS];
    private final AutomatonSearch search = new AutomatonSearch();
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
        databases[job] = (HyperscanDatabase) database;
        UnsafeApi.putLong(at + NativeLayout.JOB_DATABASE, databases[job].handle());
        UnsafeApi.putLong(at + NativeLayout.JOB_STREAM,
            streams == null ? 0 : ((HyperscanStreams) streams).handle(stream));
        UnsafeApi.putLong(at + NativeLayout.JOB_BASE, streams == null ? 0 : streams.origin(stream));
    }

    @Override
    int run(final int first, final int count) {
        final int generation = generations(count);
        search.begin(matchesAddress(), marksAddress(), 0);
        int done = 0;
        while (done < count && hasRoom(first + done)) {
            int end = done;
            while (end < count && !isShort(first + end)) {
                end++;
            }
            final int row = end - done;
            final int scanned = row == 0 ? 0 : runNative(first + done, row, generation + done);
            done += scanned;
            if (scanned == row && done < count && hasRoom(first + done)) {
                // what ended the row is short
                if (mayHold(first + done)) {
                    search.search(databases[first + done].automaton(), jobAddress(first + done), first + done,
                        generation + done);
                }
                done++;
            }
        }
        matchCount(search.found());
        return done;
    }

    private boolean hasRoom(final int job) {
        return capacity() - search.found() >= databases[job].patterns();
    }

    private boolean mayHold(final int job) {
        return databases[job].mayHold(UnsafeApi.getLong(jobAddress(job) + NativeLayout.JOB_ADDRESS),
            UnsafeApi.getInt(jobAddress(job) + NativeLayout.JOB_LENGTH));
    }

    private boolean isShort(final int job) {
        return databases[job].automaton() != null
            && UnsafeApi.getInt(jobAddress(job) + NativeLayout.JOB_LENGTH) <= library.shortBytes();
    }

    /** Scans jobs until one might not find room; answers how many it did. */
    private int runNative(final int first, final int count, final int generation) {
        final int before = search.found();
        final long at = answer.address();
        UnsafeApi.putInt(at + NativeLayout.ANSWER_GENERATION, generation);
        UnsafeApi.putLong(at + NativeLayout.ANSWER_MATCHES,
            matchesAddress() + (long) before * NativeLayout.MATCH_BYTES);
        UnsafeApi.putLong(at + NativeLayout.ANSWER_MARKS, marksAddress());
        UnsafeApi.putInt(at + NativeLayout.ANSWER_CAPACITY, capacity() - before);
        UnsafeApi.putInt(at + NativeLayout.ANSWER_FIRST_JOB, first);
        final int done = library.weir().patternScan(handle, jobAddress(first), count, at);
        if (done < 0) {
            throw new IllegalStateException("a database or stream that is closed: " + Errno.text(done));
        }
        search.begin(matchesAddress(), marksAddress(), before + UnsafeApi.getInt(at + NativeLayout.ANSWER_COUNT));
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
