package io.weir.protocol.content;

import io.weir.protocol.Bytes;
import io.weir.protocol.content.brotli.BrotliDecoder;
import java.util.ArrayDeque;

/**
 * Decoders that wait for the next compressed body. A worker never has more than {@link #MOST}, about 60 KiB each with
 * zlib's own memory, and {@link #MOST_BROTLI} of 440 KiB, and makes them when they are first needed; a body that finds
 * none stays as it is.
 */
public final class Decoders implements AutoCloseable {
    /** Most decoders of a worker for gzip and deflate. */
    public static final int MOST = 256;
    /** Most decoders of a worker for Brotli. */
    public static final int MOST_BROTLI = 32;

    private static final int PIECE = 4 * 1024;

    private final int layers;
    private final byte[] piece = new byte[PIECE];
    private final Bytes view = new Bytes();
    private final ArrayDeque<Inflate> free = new ArrayDeque<>();
    private final ArrayDeque<Unbrotli> freeBrotli = new ArrayDeque<>();
    private int made;
    private int madeBrotli;
    private long refused;

    /**
     * Has none at first.
     *
     * @param layers most compressions of one body that are undone
     */
    public Decoders(final int layers) {
        this.layers = layers;
        BrotliDecoder.prepare();
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
    Unpacker take(final Coding coding) {
        final boolean brotli = coding == Coding.BROTLI;
        final Unpacker pooled = brotli ? freeBrotli.pollLast() : free.pollLast();
        if (pooled != null) {
            return pooled;
        }
        if (brotli ? madeBrotli == MOST_BROTLI : made == MOST) {
            refused++;
            return null;
        }
        if (brotli) {
            madeBrotli++;
            return new Unbrotli();
        }
        made++;
        return new Inflate();
    }

    void giveBack(final Unpacker decoder) {
        if (decoder instanceof Unbrotli brotli) {
            freeBrotli.addLast(brotli);
        } else {
            free.addLast((Inflate) decoder);
        }
    }

    /** Decoders in use. */
    public int inUse() {
        return made - free.size() + madeBrotli - freeBrotli.size();
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
        madeBrotli -= freeBrotli.size();
        freeBrotli.clear();
    }
}
