package io.weir.engine;

import io.weir.capture.FrameSource;
import io.weir.packet.Frame;

/** Descriptors of frames that a member captured, and the blocks they lie in, which go back when no frame waits. */
final class MemberMemory {
    private final FrameSource source;
    private final HeldBlocks[] leaves;
    private final Frame[] free;
    private int freeCount;

    /** With so many descriptors. */
    MemberMemory(final FrameSource source, final int frames) {
        this.source = source;
        leaves = new HeldBlocks[source.leafCount()];
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            leaves[leaf] = new HeldBlocks(source.blockCount(leaf));
        }
        free = new Frame[frames];
        for (int i = 0; i < frames; i++) {
            free[i] = new Frame();
        }
        freeCount = frames;
    }

    boolean hasFree() {
        return freeCount > 0;
    }

    /** A free descriptor, that used last, for it is in the cache; {@link #giveBack} or {@link #letGo} gives it back. */
    Frame borrow() {
        return free[--freeCount];
    }

    /** Nothing was written to a descriptor, or its frame lies elsewhere now. */
    void giveBack(final Frame frame) {
        free[freeCount++] = frame;
    }

    /** The source has set a descriptor. */
    void taken(final Frame frame) {
        leaves[frame.source].open(frame.block);
    }

    /** A frame waits, and its block with it. */
    void hold(final Frame frame) {
        leaves[frame.source].hold(frame.block);
    }

    /** A frame that waited was worked on. */
    void letGo(final Frame frame) {
        leaves[frame.source].letGo(frame.block);
        giveBack(frame);
    }

    /** Gives back the blocks that nothing waits in; {@code starved} if the source had nothing ready. */
    void release(final boolean starved) {
        for (int leaf = 0; leaf < leaves.length; leaf++) {
            final long free = leaves[leaf].takeFree(starved);
            if (free >= 0) {
                source.release(leaf, free);
            }
        }
    }
}
