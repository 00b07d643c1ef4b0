package io.weir.capture.file;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.FrameSource;
import io.weir.packet.Frame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.UnsafeApi;

/** What a source said about one frame, copied out of its block. */
record ReadFrame(long timestampNs, int wireLength, int linkType, int interfaceId, int flags, String data) {
    static ReadFrame of(final Frame frame) {
        final byte[] data = new byte[frame.capturedLength];
        for (int i = 0; i < data.length; i++) {
            data[i] = UnsafeApi.getByte(frame.address + i);
        }
        return new ReadFrame(frame.timestampNs, frame.wireLength, frame.linkType, frame.interfaceId, frame.flags,
            HexFormat.of().formatHex(data));
    }

    /** Reads a source to its end, giving each block back as soon as the next one begins. */
    static List<ReadFrame> all(final FrameSource source) {
        final List<ReadFrame> frames = new ArrayList<>();
        final Frame frame = new Frame();
        long block = -1;
        int idle = 0;
        while (!source.isExhausted()) {
            if (source.next(frame)) {
                idle = 0;
                frames.add(of(frame));
                if (block >= 0 && frame.block != block) {
                    source.release(0, block);
                }
                block = frame.block;
            } else if (!source.isExhausted()) {
                if (block >= 0) {
                    source.release(0, block);
                }
                if (++idle > 1000) {
                    throw new AssertionError("the source neither delivers nor ends");
                }
            }
        }
        return frames;
    }

    /** The same by {@link FrameSource#take}, several frames at a time. */
    static List<ReadFrame> inRuns(final FrameSource source, final int most, final long untilNs) {
        final List<ReadFrame> read = new ArrayList<>();
        final Frame[] frames = new Frame[most];
        Arrays.setAll(frames, i -> new Frame());
        long block = -1;
        int idle = 0;
        while (!source.isExhausted()) {
            final int end = source.take(frames, most / 2, most, untilNs);
            for (int i = most / 2; i < end; i++) {
                assertTrue(i + 1 == end || frames[i].timestampNs < untilNs, "a run goes on behind its end");
                read.add(of(frames[i]));
                block = frames[i].block;
            }
            final boolean starved = end == most / 2;
            idle = starved ? idle + 1 : 0;
            assertTrue(idle <= 1000, "the source neither delivers nor ends");
            if (block >= 0 && !source.isExhausted()) {
                source.release(0, starved ? block : block - 1);
            }
        }
        return read;
    }
}
