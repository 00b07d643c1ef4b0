package io.weir.engine;

import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import org.agrona.UnsafeApi;

/** Keeps the frames that members of a fan-out are shown, by number. */
final class TeeList implements MemberTee {
    private final Map<Long, TimedFrame> frames = new ConcurrentSkipListMap<>();

    @Override
    public void append(final int member, final Frame frame) {
        final boolean rebuilt = frame.datagramBlock != Frame.NO_BLOCK;
        final byte[] bytes = new byte[rebuilt ? frame.capturedBytes : frame.capturedLength];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = UnsafeApi.getByte((rebuilt ? frame.capturedAddress : frame.address) + i);
        }
        frames.put(frame.number, new TimedFrame(frame.timestampNs, bytes));
    }

    @Override
    public void follow(final Progress progress) {
        // Looked at when all is over.
    }

    /** In the order of numbers, which must have no gaps. */
    List<TimedFrame> frames() {
        long expected = 1;
        for (final long number : frames.keySet()) {
            if (number != expected++) {
                throw new AssertionError("no frame has the number " + (expected - 1));
            }
        }
        return new ArrayList<>(frames.values());
    }
}
