package io.weir.protocol.content;

import io.weir.protocol.Bytes;
import java.util.ArrayDeque;

/**
 * Decoders that wait for the next compressed body. A worker never has more than {@link #MOST}, about 60 KiB each with
 * zlib's own memory, and makes them when they are first needed; a body that finds none stays as it is.
 */
public final class Decoders implements AutoCloseable {
    /** Most decoders of a worker. */
    public static final int MOST = 256;

    private static final int PIECE = 4 * 1024;

    private final int layers;
    private final byte[] piece = new byte[PIECE];
    private final Bytes view = new Bytes();
    private final ArrayDeque<Inflate> free = new ArrayDeque<>();
    private int made;
    private long refused;

    /**
     * Has none at first.
     *
     * @param layers most compressions of one body that are undone
     */
    public Decoders(final int layers) {
        this.layers = layers;
    }

    /** Most compressions of one body that are undone. */
    public int layers() {
        return layers;
    }

    /** Where a piece of a body lies while it goes through its decoders. */
    byte[] piece() {
        return piece;
    }

    /** A view for whoever looks at what was unpacked. */
    public Bytes view() {
        return view;
    }

    /** A decoder, or null if there are too many in use. */
    Inflate take() {
        final Inflate pooled = free.pollLast();
        if (pooled != null) {
            return pooled;
        }
        if (made == MOST) {
            refused++;
            return null;
        }
        made++;
        return new Inflate();
    }

    void giveBack(final Inflate decoder) {
        free.addLast(decoder);
    }

    /** Decoders in use. */
    public int inUse() {
        return made - free.size();
    }

    /** Compressed bodies that found no decoder. */
    public long refused() {
        return refused;
    }

    /** Ends those that are not in use. */
    @Override
    public void close() {
        for (Inflate decoder = free.pollLast(); decoder != null; decoder = free.pollLast()) {
            decoder.end();
            made--;
        }
    }
}
