package io.weir.protocol.content;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/**
 * Undoes the compressions of one body after the other: {@link #begin}, what was {@link #announce announced},
 * {@link #take} for each piece, {@link #finish}. Bodies that are not compressed pass through. One thread.
 */
public final class BodyDecoder {
    private static final int MOST_LAYERS = 3;

    private final Unpacker[] layers = new Unpacker[MOST_LAYERS];
    private final Step[] steps = new Step[MOST_LAYERS];
    private final Coding[] announced = new Coding[MOST_LAYERS];
    private Decoders decoders;
    private Content target;
    private int count;
    private boolean tooMany;
    private boolean started;

    /** Takes what a layer gives and hands it to the one below. */
    private final class Step implements Content {
        private final int below;

        private Step(final int layer) {
            below = layer - 1;
        }

        @Override
        public boolean take(final byte[] source, final int offset, final int length) {
            return pass(below, source, offset, length);
        }
    }

    /** Makes one without a body. */
    public BodyDecoder() {
        for (int i = 0; i < MOST_LAYERS; i++) {
            steps[i] = new Step(i);
        }
    }

    /** Begins with a body of which nothing was announced yet. */
    public void begin(final Decoders pool, final Content into) {
        release();
        decoders = pool;
        target = into;
    }

    /** Its content was compressed like this, after all that was announced before. */
    public void announce(final Coding coding) {
        if (count == Math.min(MOST_LAYERS, decoders.layers())) {
            tooMany = true;
        } else {
            announced[count++] = coding;
        }
    }

    /** True if more compressions were announced than are undone. */
    public boolean isTooDeep() {
        return tooMany;
    }

    /** True if nothing was announced: {@link #take} would hand on what it gets. */
    public boolean isPlain() {
        return count == 0;
    }

    /** True if content was not what was announced. */
    public boolean isDamaged() {
        boolean damaged = false;
        for (int i = 0; i < count && started; i++) {
            damaged |= layers[i].isDamaged();
        }
        return damaged;
    }

    /** True if a layer has given as much as it may, and there was more. */
    public boolean isExhausted() {
        boolean exhausted = false;
        for (int i = 0; i < count && started; i++) {
            exhausted |= layers[i].isExhausted();
        }
        return exhausted;
    }

    /** Takes the next bytes; false if no more are wanted. */
    public boolean take(final Bytes bytes) {
        start();
        final byte[] piece = decoders.piece();
        for (int at = 0; at < bytes.length(); at += piece.length) {
            final int length = Math.min(piece.length, bytes.length() - at);
            bytes.copyTo(at, piece, 0, length);
            if (!pass(count - 1, piece, 0, length)) {
                return false;
            }
        }
        return true;
    }

    /** Takes decoders when the first bytes have come. What was compressed last is undone first. */
    private void start() {
        if (started || count == 0) {
            return;
        }
        started = true;
        for (int i = 0; i < count; i++) {
            layers[i] = decoders.take(announced[i]);
            if (layers[i] == null) {
                giveBack();
                count = 0;
                return;
            }
            layers[i].begin(announced[i]);
        }
    }

    /** Hands bytes to a layer; below 0 they are unpacked. */
    private boolean pass(final int layer, final byte[] source, final int offset, final int length) {
        return layer < 0 ? target.take(source, offset, length)
            : layers[layer].take(source, offset, length, steps[layer]);
    }

    /** The body has ended. */
    public void finish() {
        for (int i = count - 1; i >= 0 && started; i--) {
            layers[i].finish(steps[i]);
        }
    }

    /** Forgets the body and gives back what was taken for it. */
    public void release() {
        if (started) {
            giveBack();
        }
        count = 0;
        tooMany = false;
        started = false;
    }

    private void giveBack() {
        for (int i = 0; i < MOST_LAYERS; i++) {
            if (layers[i] != null) {
                decoders.giveBack(layers[i]);
            }
        }
        Arrays.fill(layers, null);
    }
}
