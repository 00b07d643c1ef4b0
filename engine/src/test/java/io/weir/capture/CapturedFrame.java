package io.weir.capture;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.weir.packet.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.UnsafeApi;

/** A copy of what a source delivered. */
public record CapturedFrame(long timestampNs, int wireLength, int flags, int strippedVlan, int source, int interfaceId,
    List<Byte> data) {
    private static final long TIME_LIMIT_NS = TimeUnit.SECONDS.toNanos(20);

    /** Copies the raw part of a frame. */
    public static CapturedFrame copy(final Frame frame) {
        final List<Byte> data = new ArrayList<>(frame.capturedLength);
        for (int i = 0; i < frame.capturedLength; i++) {
            data.add(UnsafeApi.getByte(frame.address + i));
        }
        return new CapturedFrame(frame.timestampNs, frame.wireLength, frame.flags, frame.strippedVlan, frame.source,
            frame.interfaceId, data);
    }

    /** Captured bytes. */
    public int capturedLength() {
        return data.size();
    }

    /** True if the bits of {@code flag} are set. */
    public boolean has(final int flag) {
        return (flags & flag) == flag;
    }

    /** Big-endian value of four captured bytes. */
    public int intAt(final int offset) {
        return (data.get(offset) & 0xff) << 24 | (data.get(offset + 1) & 0xff) << 16
            | (data.get(offset + 2) & 0xff) << 8 | data.get(offset + 3) & 0xff;
    }

    /** Takes {@code count} frames, giving blocks back; fails if they do not come within a bounded time. */
    public static List<CapturedFrame> take(final FrameSource source, final int count) {
        final List<CapturedFrame> taken = new ArrayList<>(count);
        final Frame frame = new Frame();
        final long end = System.nanoTime() + TIME_LIMIT_NS;
        while (taken.size() < count) {
            if (source.next(frame)) {
                taken.add(copy(frame));
                source.release(frame.source, frame.block - 1);
            } else {
                if (taken.size() > 0) {
                    source.release(frame.source, frame.block);
                }
                source.await(TimeUnit.MILLISECONDS.toNanos(50));
            }
            if (System.nanoTime() > end) {
                fail(taken.size() + " of " + count + " frames came");
            }
        }
        return taken;
    }

    /** Stops the source and takes all that is still in it; fails if it does not end within a bounded time. */
    public static List<CapturedFrame> drain(final FrameSource source) {
        final List<CapturedFrame> taken = new ArrayList<>();
        final Frame frame = new Frame();
        final long end = System.nanoTime() + TIME_LIMIT_NS;
        source.stop();
        while (true) {
            if (source.next(frame)) {
                taken.add(copy(frame));
                source.release(frame.source, frame.block - 1);
            } else if (source.isExhausted()) {
                return taken;
            } else {
                for (int leaf = 0; leaf < source.leafCount(); leaf++) {
                    source.release(leaf, Long.MAX_VALUE);
                }
                source.await(TimeUnit.MILLISECONDS.toNanos(50));
            }
            assertTrue(System.nanoTime() < end, "the source did not end");
        }
    }
}
