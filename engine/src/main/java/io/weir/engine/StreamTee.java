package io.weir.engine;

import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import org.agrona.DirectBuffer;

/** Gives each stream to two sinks, one after the other. One thread, the worker's. */
final class StreamTee implements StreamSink {
    private final StreamSink first;
    private final StreamSink second;

    StreamTee(final StreamSink first, final StreamSink second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        first.data(stream, buffer, offset, length, streamOffset, timestampNs);
        second.data(stream, buffer, offset, length, streamOffset, timestampNs);
    }

    @Override
    public int passedFirst() {
        return Math.min(first.passedFirst(), second.passedFirst());
    }

    @Override
    public int passedLast() {
        return Math.min(first.passedLast(), second.passedLast());
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        first.gap(stream, streamOffset, length, timestampNs);
        second.gap(stream, streamOffset, length, timestampNs);
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        first.end(stream, reason, timestampNs);
        second.end(stream, reason, timestampNs);
    }
}
