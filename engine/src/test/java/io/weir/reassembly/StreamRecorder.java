package io.weir.reassembly;

import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;

/** Keeps all streams of a reassembler, and checks what a sink may rely on: offsets, one end, nothing behind it. */
final class StreamRecorder implements StreamSink {
    /** In the order in which they were first heard of. */
    final List<RecordedStream> streams = new ArrayList<>();
    /** All data as hexadecimal and all gaps as lengths in brackets, in the order of the calls. */
    final StringBuilder log = new StringBuilder();
    /** How many of the first bytes it is handed it does not look at, and how many of the last. */
    int passingFirst;
    int passingLast;
    private final FlowTable flows;
    private final FlowView view = new FlowView();
    private final Map<Long, RecordedStream> open = new HashMap<>();
    private int lastLength;

    StreamRecorder(final FlowTable flows) {
        this.flows = flows;
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(offset, bytes);
        lastLength = length;
        stream(stream).data(bytes, streamOffset);
        log.append(HexFormat.of().formatHex(bytes));
    }

    @Override
    public int passedFirst() {
        return Math.min(passingFirst, lastLength);
    }

    @Override
    public int passedLast() {
        return Math.min(passingLast, lastLength - passedFirst());
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        stream(stream).gap(streamOffset, length);
        log.append('[').append(length).append(']');
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        stream(stream).end(reason);
        open.remove(stream);
    }

    private RecordedStream stream(final long stream) {
        return open.computeIfAbsent(stream, key -> {
            final RecordedStream recorded = new RecordedStream(key, StreamNames.of(view.wrap(flows, key >>> 1),
                (key & 1) != 0 == view.initiatorIsUpper()));
            streams.add(recorded);
            return recorded;
        });
    }

    /** All streams of a name, oldest first. */
    List<RecordedStream> named(final String name) {
        return streams.stream().filter(stream -> stream.name.equals(name)).toList();
    }
}
