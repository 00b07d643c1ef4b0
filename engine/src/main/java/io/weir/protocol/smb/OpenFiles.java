package io.weir.protocol.smb;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import java.util.Arrays;

/**
 * Names of open files by their identifiers, so that what is done to a file can be told with its name. The newest
 * {@link #MOST} of a connection are kept, in memory of the pool; a name that is longer than {@link #LONGEST} is not.
 * One thread.
 */
final class OpenFiles {
    static final int MOST = 16;
    static final int LONGEST = 320;

    private final long[] persistent = new long[MOST];
    private final long[] volatiles = new long[MOST];
    /** Lengths of names; 0 where there is none. */
    private final int[] lengths = new int[MOST];
    private final Bytes view = new Bytes();
    private BufferPool pool;
    private byte[] names;
    private int next;

    /** Forgets all, and takes memory from this pool when it is needed. */
    void begin(final BufferPool buffers) {
        pool = buffers;
        Arrays.fill(lengths, 0);
        next = 0;
    }

    /** A file was opened: keeps the name that its record has. The identifier of 16 bytes is at that place. */
    void opened(final Transaction record, final Bytes b, final int at) {
        if (!b.has(at, 2 * Long.BYTES)
            || !record.find(Smb.FILENAME, view) && !record.find(Smb.DIRECTORY, view)) {
            return;
        }
        final int length = view.length();
        closed(b, at);
        if (length == 0 || length > LONGEST || view.matches(0, SmbNames.SHARE_ROOT)) {
            return;
        }
        names = names == null ? pool.take(MOST * LONGEST) : names;
        if (names == null) {
            return;
        }
        persistent[next] = b.u64le(at);
        volatiles[next] = b.u64le(at + Long.BYTES);
        lengths[next] = length;
        view.copyTo(0, names, next * LONGEST, length);
        next = (next + 1) % MOST;
    }

    /** A file was closed. */
    void closed(final Bytes b, final int at) {
        final int file = indexOf(b, at);
        if (file >= 0) {
            lengths[file] = 0;
        }
    }

    /**
     * Looks at the name of a file.
     *
     * @param creating what was opened in the same chain of commands, which the identifier of all ones stands for; null
     *                 if nothing was
     * @return null if it is not known; else valid until the next call
     */
    Bytes name(final Bytes b, final int at, final Transaction creating) {
        if (b.u64le(at) == -1 && b.u64le(at + Long.BYTES) == -1 && creating != null) {
            return creating.find(Smb.FILENAME, view) || creating.find(Smb.DIRECTORY, view) ? view : null;
        }
        final int file = indexOf(b, at);
        return file < 0 ? null : view.wrap(names, file * LONGEST, lengths[file]);
    }

    private int indexOf(final Bytes b, final int at) {
        if (names == null || !b.has(at, 2 * Long.BYTES)) {
            return -1;
        }
        final long first = b.u64le(at);
        final long second = b.u64le(at + Long.BYTES);
        for (int i = 0; i < MOST; i++) {
            if (lengths[i] > 0 && persistent[i] == first && volatiles[i] == second) {
                return i;
            }
        }
        return -1;
    }

    /** Gives the memory back. */
    void release() {
        if (names != null) {
            pool.giveBack(names);
            names = null;
        }
    }
}
