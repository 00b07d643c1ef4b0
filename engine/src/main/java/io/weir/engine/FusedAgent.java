package io.weir.engine;

import io.weir.capture.FrameSource;
import io.weir.packet.Frame;
import io.weir.reassembly.fragment.DatagramArena;
import java.util.Arrays;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** Capture, dispatch and the only worker on one thread, without a ring: each batch runs to completion. */
final class FusedAgent implements Agent {
    private static final long NONE = -1;

    private final FrameSource source;
    private final Intake intake;
    private final DatagramArena arena;
    private final Worker worker;
    private final Batch batch = new Batch(Batch.FUSED);
    private final long[] currentBlock;
    private final boolean[] isOut;

    FusedAgent(final FrameSource source, final Intake intake, final DatagramArena arena, final Worker worker) {
        this.source = source;
        this.intake = intake;
        this.arena = arena;
        this.worker = worker;
        currentBlock = new long[source.leafCount()];
        Arrays.fill(currentBlock, NONE);
        isOut = new boolean[currentBlock.length];
    }

    @Override
    public int doWork() {
        if (worker.isEnded()) {
            throw new AgentTerminationException("end of trace");
        }
        intake.fill(batch);
        if (batch.count > 0) {
            worker.work(batch.frames, batch.count);
        }
        releaseBlocks();
        arena.release(arena.block() - 1);
        return batch.count;
    }

    /**
     * Everything before the block of a leaf's newest frame is done with; that block too, if the source waits. Blocks of
     * a leaf follow each other, so its newest frame is the one that counts.
     */
    private void releaseBlocks() {
        boolean seen = false;
        for (int i = batch.count - 1; i >= 0 && !(seen && isOut.length == 1); i--) {
            final Frame frame = batch.frames[i];
            if ((frame.flags & Frame.MARKS) == 0) {
                if (frame.block > currentBlock[frame.source]) {
                    source.release(frame.source, frame.block - 1);
                    currentBlock[frame.source] = frame.block;
                }
                isOut[frame.source] = true;
                seen = true;
            }
        }
        for (int leaf = 0; leaf < isOut.length && intake.isStarved(); leaf++) {
            if (isOut[leaf]) {
                isOut[leaf] = false;
                source.release(leaf, currentBlock[leaf]);
            }
        }
    }

    @Override
    public String roleName() {
        return "weir-worker-0";
    }
}
