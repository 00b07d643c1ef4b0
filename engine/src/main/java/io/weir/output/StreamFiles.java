package io.weir.output;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.event.EventType;
import io.weir.event.FlowEvent;
import io.weir.event.StreamEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.reassembly.StreamEnd;
import io.weir.reassembly.StreamSink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.agrona.DirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes the streams of one worker to files, on its thread: for traces from files, which may wait. A record of each
 * stream goes to the worker's event ring when it ends.
 */
final class StreamFiles implements StreamSink {
    private final Path directory;
    private final int mostFiles;
    private final OpenStreamFiles open;
    private final Consumer<IOException> failure;
    private final FlowTable flows;
    private final EventRing events;
    private final Counters counters;
    private final Long2ObjectHashMap<StreamFile> files = new Long2ObjectHashMap<>();
    private final Set<StreamFile> failed = new HashSet<>();
    private final Map<String, Integer> streamsOfEndpoints = new HashMap<>();
    private final FlowView view = new FlowView();
    private final FlowEvent identity = new FlowEvent().wrap(new UnsafeBuffer(new byte[FlowEvent.LENGTH]), 0);
    private final StreamEvent event = new StreamEvent();
    /** Stands for every stream that found no file. */
    private final StreamFile none;
    private int made;

    /**
     * Makes a sink.
     *
     * @param mostFiles the worker's share of the files
     * @param mostOpen  how many of them may be open at once
     * @param failure   hears why a file cannot be written
     */
    StreamFiles(final Path directory, final int mostFiles, final int mostOpen, final Consumer<IOException> failure,
        final FlowTable flows, final EventRing events, final Counters counters) {
        this.directory = directory;
        this.mostFiles = mostFiles;
        this.open = new OpenStreamFiles(mostOpen, this::failed);
        this.failure = failure;
        this.flows = flows;
        this.events = events;
        this.counters = counters;
        none = new StreamFile(directory, 0, 0);
    }

    @Override
    public void data(final long stream, final DirectBuffer buffer, final int offset, final int length,
        final long streamOffset, final long timestampNs) {
        final StreamFile file = fileOf(stream, timestampNs);
        if (isWritable(file)) {
            try {
                file.write(buffer, offset, length);
            } catch (final IOException e) {
                failed(file, e);
            }
        }
    }

    @Override
    public void gap(final long stream, final long streamOffset, final long length, final long timestampNs) {
        final StreamFile file = fileOf(stream, timestampNs);
        file.skip(length);
    }

    private boolean isWritable(final StreamFile file) {
        return file != none && !failed.contains(file) && open.open(file);
    }

    private StreamFile fileOf(final long stream, final long timestampNs) {
        StreamFile file = files.get(stream);
        if (file == null) {
            file = newFile(stream, timestampNs);
            files.put(stream, file);
            // Created even if nothing but gaps follows: what the index names is there.
            isWritable(file);
        }
        return file;
    }

    private StreamFile newFile(final long stream, final long timestampNs) {
        if (made == mostFiles) {
            counters.increment(Counter.STREAM_FILES_LEFT_OUT);
            return none;
        }
        made++;
        counters.increment(Counter.STREAM_FILES);
        view.wrap(flows, stream >>> 1).identify(identity, (stream & 1) != 0);
        final String endpoints = StreamName.endpoints(identity);
        final int number = streamsOfEndpoints.merge(endpoints, 1, Integer::sum);
        return new StreamFile(directory.resolve(StreamName.of(endpoints, number)), number, timestampNs);
    }

    @Override
    public void end(final long stream, final StreamEnd reason, final long timestampNs) {
        final StreamFile file = files.remove(stream);
        if (file == null || file == none) {
            return;
        }
        open.close(file);
        failed.remove(file);
        if (file.isCreated()) {
            write(stream, file);
        }
    }

    private void write(final long stream, final StreamFile file) {
        view.wrap(flows, stream >>> 1);
        final int body =
            events.claim(EventType.STREAM, StreamEvent.LENGTH, events.causeSequence(), view.firstFrame());
        if (body < 0) {
            counters.increment(Counter.RECORDS_REFUSED);
            return;
        }
        event.wrap(events.buffer(), body);
        view.identify(event.flow(), (stream & 1) != 0);
        event.began(file.startNs(), file.number());
        event.wrote(file.bytes(), file.hash(), file.gapBytes());
        events.commit();
    }

    private void failed(final StreamFile file, final IOException reason) {
        if (failed.add(file)) {
            counters.increment(Counter.STREAM_FILES_DAMAGED);
            failure.accept(reason);
        }
    }

    /** Closes what is still open. */
    void close() {
        open.closeAll();
    }
}
