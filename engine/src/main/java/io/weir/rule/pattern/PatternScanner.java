package io.weir.rule.pattern;

import io.weir.base.NativeLayout;
import io.weir.base.NativeMemory;
import java.util.BitSet;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;

/**
 * Scans for one thread. Scans are collected as jobs and answered together, since a crossing to native code costs as
 * much as scanning a short field:
 *
 * <pre>{@code
 * scanner.add(uris, address, length);
 * scanner.add(hosts, address2, length2);
 * do {
 *     final int matches = scanner.scan();
 *     for (int i = 0; i < matches; i++) {
 *         candidate(scanner.job(i), scanner.pattern(i), scanner.end(i));
 *     }
 * } while (scanner.pending() > 0);
 * scanner.clear();
 * }</pre>
 *
 * <p>A job tells each pattern at most once, with the end of its first match within the bounds. The piece of a stream is
 * a job. Matches of jobs come in the order of the jobs; within one, in no particular order. Nothing is lost when there
 * are more matches than {@link #capacity()}: the jobs they belong to stay pending.
 *
 * <p>Owns an array of matches and the state the library needs. Allocates nothing while it scans. Closed before the
 * databases it was used with.
 */
public abstract class PatternScanner implements AutoCloseable {
    /** Most jobs at a time. */
    public static final int MAX_JOBS = 64;

    /** A job is begun while all of its database's patterns find room, so at least this many matches fit before it. */
    private static final int ROOM = 4096;
    private static final int FIRST_COPY_BYTES = 16 * 1024;

    private final PatternLibrary library;
    private final NativeMemory.Region jobs;
    private NativeMemory.Region matches;
    private NativeMemory.Region marks;
    private NativeMemory.Region copies;
    private int capacity;
    private int generation;
    private int copied;
    private final BitSet prepared = new BitSet();
    private int jobCount;
    private int jobsDone;
    private int matchCount;

    PatternScanner(final PatternLibrary library) {
        this.library = library;
        jobs = NativeMemory.allocate(NativeMemory.Tag.PATTERNS, (long) MAX_JOBS * NativeLayout.JOB_BYTES,
            NativeMemory.CACHE_LINE);
        copies = NativeMemory.allocateLazily(NativeMemory.Tag.PATTERNS, FIRST_COPY_BYTES, NativeMemory.CACHE_LINE);
        resize(ROOM);
    }

    /** What it scans with. */
    public final PatternLibrary library() {
        return library;
    }

    /** Most matches of one answer: more than any database introduced to it has patterns. */
    public final int capacity() {
        return capacity;
    }

    /**
     * Makes this scanner fit for a database; must come before the first scan with it. Allocates; done when a database
     * is loaded or first met, not for each scan.
     *
     * @throws IllegalArgumentException if another library compiled it
     */
    public final void prepare(final PatternDatabase database) {
        if (database.library() != library) {
            throw new IllegalArgumentException("compiled by " + database.library().description() + ", not by "
                + library.description());
        }
        if (database.patterns() > capacity - ROOM) {
            resize(database.patterns() + ROOM);
        }
        fit(database);
        prepared.set(database.serial());
    }

    /**
     * Adds a scan of native memory, which must stay as it is until it was answered.
     *
     * @param database for blocks, introduced by {@link #prepare}
     * @return the number of the job, or -1 if there are {@link #MAX_JOBS} already
     */
    public final int add(final PatternDatabase database, final long address, final int length) {
        return jobCount == MAX_JOBS ? -1 : put(database, null, 0, address, length);
    }

    /**
     * Adds a scan of a piece of something longer.
     *
     * @param place of its first byte there: ends and bounds of patterns are counted from 0
     */
    public final int add(final PatternDatabase database, final long address, final int length, final long place) {
        final int job = add(database, address, length);
        if (job >= 0) {
            UnsafeApi.putLong(jobAddress(job) + NativeLayout.JOB_BASE, place);
        }
        return job;
    }

    /** The same, of part of a buffer; what lies in an array is copied aside at once. */
    public final int add(final PatternDatabase database, final DirectBuffer buffer, final int offset,
        final int length, final long place) {
        final int job = add(database, buffer, offset, length);
        if (job >= 0) {
            UnsafeApi.putLong(jobAddress(job) + NativeLayout.JOB_BASE, place);
        }
        return job;
    }

    /**
     * Adds a scan of part of a buffer, which must contain it. Native memory is scanned in place and must stay as it is;
     * what lies in an array is copied aside at once.
     *
     * @return the number of the job, or -1 if there are {@link #MAX_JOBS} already
     */
    public final int add(final PatternDatabase database, final DirectBuffer buffer, final int offset,
        final int length) {
        if (jobCount == MAX_JOBS) {
            return -1;
        }
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        final long position = buffer.addressOffset() + offset;
        return put(database, null, 0, array == null ? position : copy(array, position, length), length);
    }

    /**
     * Adds the next piece of a stream. Several pieces of one stream may be added; they are scanned in order.
     *
     * @return the number of the job, or -1 if there are {@link #MAX_JOBS} already
     */
    public final int add(final PatternStreams streams, final int stream, final long address, final int length) {
        if (jobCount == MAX_JOBS) {
            return -1;
        }
        final int job = put(streams.database(), streams, stream, address, length);
        streams.advance(stream, length);
        return job;
    }

    /** As {@link #add(PatternStreams, int, long, int)}, from a buffer; what lies in an array is copied aside. */
    public final int add(final PatternStreams streams, final int stream, final DirectBuffer buffer, final int offset,
        final int length) {
        if (jobCount == MAX_JOBS) {
            return -1;
        }
        buffer.boundsCheck(offset, length);
        final byte[] array = buffer.byteArray();
        final long position = buffer.addressOffset() + offset;
        return add(streams, stream, array == null ? position : copy(array, position, length), length);
    }

    /** Jobs that were not answered yet. */
    public final int pending() {
        return jobCount - jobsDone;
    }

    /**
     * Scans pending jobs, as many as there is room for their matches, and at least one; answers the number of matches,
     * which replace those of the call before.
     */
    public final int scan() {
        matchCount = 0;
        if (jobsDone < jobCount) {
            jobsDone += run(jobsDone, jobCount - jobsDone);
        }
        return matchCount;
    }

    /** Forgets all jobs and matches. */
    public final void clear() {
        jobCount = 0;
        jobsDone = 0;
        matchCount = 0;
        copied = 0;
    }

    /** Scans native memory at once, alone; what was added before is forgotten. Answers the number of matches. */
    public final int scan(final PatternDatabase database, final long address, final int length) {
        clear();
        add(database, address, length);
        return scan();
    }

    /** Scans the next piece of a stream at once, alone; what was added before is forgotten. */
    public final int scan(final PatternStreams streams, final int stream, final long address, final int length) {
        clear();
        add(streams, stream, address, length);
        return scan();
    }

    /** Number of the pattern of a match. */
    public final int pattern(final int match) {
        return UnsafeApi.getInt(entry(match) + NativeLayout.MATCH_PATTERN);
    }

    /** Number of the job of a match. */
    public final int job(final int match) {
        return UnsafeApi.getInt(entry(match) + NativeLayout.MATCH_JOB);
    }

    /** Offset behind the last byte of a match, from the beginning of the scanned bytes or of the stream. */
    public final long end(final int match) {
        return UnsafeApi.getLong(entry(match) + NativeLayout.MATCH_END);
    }

    /** Bytes of native memory it holds. */
    public long bytes() {
        return jobs.length() + matches.length() + marks.length() + copies.length();
    }

    /** Frees what it owns; a second call does nothing. */
    @Override
    public void close() {
        jobs.close();
        matches.close();
        marks.close();
        copies.close();
    }

    /** Gets the library's own memory ready. */
    abstract void fit(PatternDatabase database);

    /** Scans jobs in order until one might not find room; answers how many it did. */
    abstract int run(int first, int count);

    /** Notes for {@link #run} what a job scans with, and its base; {@code streams} is null for a block. */
    abstract void describe(int job, PatternDatabase database, PatternStreams streams, int stream);

    final long jobAddress(final int job) {
        return jobs.address() + (long) job * NativeLayout.JOB_BYTES;
    }

    final long matchesAddress() {
        return matches.address();
    }

    /** One mark of 32 bits for each pattern: the generation of the job that told it last. */
    final long marksAddress() {
        return marks.address();
    }

    final void matchCount(final int count) {
        matchCount = count;
    }

    /** The first of as many generations as there are jobs; never 0 and never one that a mark still holds. */
    final int generations(final int count) {
        if (generation > Integer.MAX_VALUE - count) {
            UnsafeApi.setMemory(marks.address(), marks.length(), (byte) 0);
            generation = 0;
        }
        final int first = generation + 1;
        generation += count;
        return first;
    }

    private long entry(final int match) {
        if (match < 0 || match >= matchCount) {
            throw new IndexOutOfBoundsException(match);
        }
        return matches.address() + (long) match * NativeLayout.MATCH_BYTES;
    }

    private int put(final PatternDatabase database, final PatternStreams streams, final int stream, final long address,
        final int length) {
        if (length < 0 || !prepared.get(database.serial()) || streams == null && database.mode() != ScanMode.BLOCK) {
            throw new IllegalArgumentException(length + " bytes for " + database.mode() + ", or not prepared for it");
        }
        final long job = jobAddress(jobCount);
        UnsafeApi.putLong(job + NativeLayout.JOB_ADDRESS, address);
        UnsafeApi.putInt(job + NativeLayout.JOB_LENGTH, length);
        describe(jobCount, database, streams, stream);
        return jobCount++;
    }

    private long copy(final byte[] array, final long position, final int length) {
        if (length > copies.length() - copied) {
            growCopies(length);
        }
        final long to = copies.address() + copied;
        UnsafeApi.copyMemory(array, position, null, to, length);
        copied += length;
        return to;
    }

    /** Jobs that point into the old memory move along. */
    private void growCopies(final int length) {
        final NativeMemory.Region old = copies;
        final long needed = Math.max(2 * old.length(), Math.addExact((long) copied, length));
        copies = NativeMemory.allocateLazily(NativeMemory.Tag.PATTERNS, needed, NativeMemory.CACHE_LINE);
        UnsafeApi.copyMemory(old.address(), copies.address(), copied);
        for (int i = 0; i < jobCount; i++) {
            final long at = jobAddress(i) + NativeLayout.JOB_ADDRESS;
            final long offset = UnsafeApi.getLong(at) - old.address();
            if (offset >= 0 && offset < old.length()) {
                UnsafeApi.putLong(at, copies.address() + offset);
            }
        }
        old.close();
    }

    private void resize(final int newCapacity) {
        if (matches != null) {
            matches.close();
            marks.close();
        }
        capacity = newCapacity;
        matchCount = 0;
        generation = 0;
        matches = NativeMemory.allocateLazily(NativeMemory.Tag.PATTERNS, (long) newCapacity * NativeLayout.MATCH_BYTES,
            NativeMemory.CACHE_LINE);
        marks = NativeMemory.allocate(NativeMemory.Tag.PATTERNS, (long) newCapacity * Integer.BYTES,
            NativeMemory.CACHE_LINE);
    }
}
