package io.weir.rule.pattern;

/**
 * Where scans of bytes that arrive in pieces stand, for one database. A stream is a number from {@link #open()} to
 * {@link #close(int)}; its memory is kept and used again, so that only more streams at a time than ever before take new
 * memory: {@link PatternDatabase#streamBytes()} for each, at most {@link #limit()} times.
 *
 * <p>One thread, the one of the scanner it is used with. Pieces that were added to a scanner must be scanned before
 * their stream is skipped, reset or closed. Closed before its database.
 */
public abstract class PatternStreams implements AutoCloseable {
    private final PatternDatabase database;
    /** Where in each stream its state began, and where its next piece begins. */
    private final long[] origins;
    private final long[] offsets;
    private final int[] free;
    private int freeCount;
    private int used;
    private int open;

    PatternStreams(final PatternDatabase database, final int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("at least one stream, not " + limit);
        }
        if (database.mode() != ScanMode.STREAM) {
            throw new IllegalArgumentException("a database for blocks has no streams");
        }
        this.database = database;
        this.origins = new long[limit];
        this.offsets = new long[limit];
        this.free = new int[limit];
    }

    /** Opens a stream at its beginning; answers its number, or -1 if there are as many as may be. */
    public final int open() {
        final int stream;
        if (freeCount > 0) {
            stream = free[--freeCount];
            restart(stream);
        } else if (used < offsets.length) {
            if (!create(used)) {
                return -1;
            }
            stream = used++;
        } else {
            return -1;
        }
        origins[stream] = 0;
        offsets[stream] = 0;
        open++;
        return stream;
    }

    /**
     * Says that {@code bytes} of the stream are missing here, or are not scanned: no match spans them. Bounds of
     * patterns go on counting from the stream's beginning.
     */
    public final void skip(final int stream, final long bytes) {
        restart(stream);
        offsets[stream] += bytes;
        origins[stream] = offsets[stream];
    }

    /** Begins anew at offset 0. */
    public final void reset(final int stream) {
        restart(stream);
        origins[stream] = 0;
        offsets[stream] = 0;
    }

    /** Gives a stream back. */
    public final void close(final int stream) {
        free[freeCount++] = stream;
        open--;
    }

    /** The database that is scanned with. */
    public final PatternDatabase database() {
        return database;
    }

    /** How many are open. */
    public final int openCount() {
        return open;
    }

    /** How many may be open. */
    public final int limit() {
        return offsets.length;
    }

    /** Bytes of native memory taken so far. */
    public final long bytes() {
        return (long) used * database.streamBytes();
    }

    /** Where in the stream its state began. */
    final long origin(final int stream) {
        return origins[stream];
    }

    /** Where in the stream the next piece begins. */
    final long offset(final int stream) {
        return offsets[stream];
    }

    final void advance(final int stream, final int length) {
        offsets[stream] += length;
    }

    /** Makes a new stream with this number; false if there is no memory. */
    abstract boolean create(int stream);

    /** Forgets what the stream has seen. */
    abstract void restart(int stream);

    /** Frees all of it, open streams as well; a second call does nothing. */
    @Override
    public abstract void close();
}
