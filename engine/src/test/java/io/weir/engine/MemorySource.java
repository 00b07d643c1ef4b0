package io.weir.engine;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.util.List;
import org.agrona.UnsafeApi;

/**
 * Frames from a list, laid into a small ring of blocks as a kernel would, poisoned when a block is given back.
 *
 * <p>As a live source it has what {@link #arrive} let in, and drops what comes while no block is free.
 */
public final class MemorySource implements FrameSource {
    private static final int BLOCK_BYTES = 64 * 1024;
    private static final byte POISON = (byte) 0xdb;

    private final List<TimedFrame> frames;
    private final int framesPerBlock;
    private final int blocks;
    private final boolean live;
    private final NativeMemory.Region memory;
    private final boolean[] inUse;
    private volatile int arrived;
    private int position;
    private int inBlock;
    private int offset;
    private long block = -1;
    private long released = -1;
    private long dropped;
    private long delivered;
    private boolean stopped;
    private long blockTimeoutNs;

    /** A frame and its stamp. */
    @SuppressWarnings("ArrayRecordComponent")
    public record TimedFrame(long timestampNs, byte[] bytes) {
    }

    /** Makes a source of these frames. */
    public MemorySource(final List<TimedFrame> frames, final int blocks, final int framesPerBlock, final boolean live) {
        this.frames = frames;
        this.blocks = blocks;
        this.framesPerBlock = framesPerBlock;
        this.live = live;
        memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, (long) blocks * BLOCK_BYTES, 64);
        inUse = new boolean[blocks];
        inBlock = framesPerBlock;
        arrived = live ? 0 : frames.size();
    }

    /** Claims to hand blocks over after this long; by default at once. */
    MemorySource blockTimeoutNs(final long value) {
        blockTimeoutNs = value;
        return this;
    }

    /** Lets more frames come in; one thread. */
    void arrive(final int count) {
        arrived = Math.min(frames.size(), arrived + count);
    }

    @Override
    public boolean next(final Frame frame) {
        while (position < arrived && !stopped) {
            if (inBlock == framesPerBlock) {
                if (block + 1 - released > blocks) {
                    if (!live) {
                        return false;
                    }
                    dropped++;
                    position++;
                    continue;
                }
                block++;
                inUse[(int) (block % blocks)] = true;
                inBlock = 0;
                offset = 0;
            }
            inBlock++;
            final TimedFrame timed = frames.get(position++);
            final byte[] bytes = timed.bytes();
            frame.address = memory.address() + (block % blocks) * BLOCK_BYTES + offset;
            for (int i = 0; i < bytes.length; i++) {
                UnsafeApi.putByte(frame.address + i, bytes[i]);
            }
            offset += bytes.length;
            frame.capturedLength = bytes.length;
            frame.wireLength = bytes.length;
            frame.timestampNs = timed.timestampNs();
            frame.linkType = LinkType.ETHERNET;
            frame.interfaceId = 0;
            frame.source = 0;
            frame.block = block;
            frame.flags = 0;
            frame.strippedVlan = 0;
            delivered++;
            return true;
        }
        return false;
    }

    @Override
    public boolean isExhausted() {
        return stopped || position == frames.size();
    }

    @Override
    public void stop() {
        stopped = true;
    }

    @Override
    public boolean isLive() {
        return live;
    }

    @Override
    public void await(final long timeoutNs) {
        Thread.onSpinWait();
    }

    @Override
    public void wakeup() {
        // Nothing ever waits here.
    }

    @Override
    public void release(final int leaf, final long upTo) {
        for (long b = released + 1; b <= upTo; b++) {
            final int index = (int) (b % blocks);
            if (!inUse[index] || b > block) {
                throw new IllegalStateException("block " + b + " released while it was not out");
            }
            inUse[index] = false;
            UnsafeApi.setMemory(memory.address() + (long) index * BLOCK_BYTES, BLOCK_BYTES, POISON);
        }
        released = Math.max(released, upTo);
    }

    @Override
    public int blockCount(final int leaf) {
        return blocks;
    }

    @Override
    public int leafCount() {
        return 1;
    }

    @Override
    public long blockTimeoutNs() {
        return blockTimeoutNs;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return List.of(new CaptureInterface("memory", LinkType.ETHERNET, 0));
    }

    @Override
    public void statistics(final CaptureStatistics statistics) {
        statistics.received += delivered + dropped;
        statistics.delivered += delivered;
        statistics.kernelDropped += dropped;
    }

    @Override
    public void close() {
        memory.close();
    }
}
