package io.weir.output;

import io.weir.base.Counter;
import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.FlowFile;
import io.weir.event.FlowEvent;
import io.weir.event.PacketEvent;
import io.weir.packet.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;
import org.agrona.ErrorHandler;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * Writes the packets of each captured flow to a pcapng file of its own, named by the flow's identifier and start. Their
 * number is limited, and how many are open at once: of these the one unused longest gives way.
 *
 * <p>Packets of one file that come one after the other are written together, at the latest a second later.
 */
public final class CaptureFiles implements RecordOutput {
    /** Default of how many files are open at once. */
    public static final int OPEN_DEFAULT = 64;
    /** Default of how many files there are. */
    public static final int FILES_DEFAULT = 1_000;

    private static final int MOST_KNOWN = 64 * 1024;
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String SUFFIX = ".pcapng";

    private final Path directory;
    private final int mostFiles;
    private final int mostOpen;
    private final IntFunction<CaptureInterface> interfaces;
    private final Counters counters;
    private final Long2ObjectHashMap<FlowFile> files = new Long2ObjectHashMap<>();
    private final Map<FlowFile, Boolean> open = new LinkedHashMap<>(16, 0.75f, true);
    private final NativeMemory.Region region =
        NativeMemory.allocateLazily(NativeMemory.Tag.OUTPUT, BUFFER_BYTES, NativeMemory.CACHE_LINE);
    private final ByteBuffer buffer = region.byteBuffer();
    private final Frame frame = new Frame();
    private final Set<FlowFile> failed = new HashSet<>();
    /** Stands for all flows that found no file. */
    private final FlowFile none;
    private FlowFile pending;
    private int length;
    private int made;
    private String failure;
    private ErrorHandler faults = fault -> { };

    /**
     * Makes an output; the directory is created with the first file.
     *
     * @param interfaces what packets' interfaces are numbers of
     * @param counters   takes what is counted here; the caller's
     */
    public CaptureFiles(final Path directory, final int mostFiles, final int mostOpen,
        final IntFunction<CaptureInterface> interfaces, final Counters counters) {
        this.directory = directory;
        this.mostFiles = mostFiles;
        this.mostOpen = mostOpen;
        this.interfaces = interfaces;
        this.counters = counters;
        none = new FlowFile(directory);
    }

    /** Name of a flow's file, or null if it has none. */
    String name(final FlowEvent flow) {
        final FlowFile file = files.get(flow.flowId());
        return file == null || file == none ? null : file.path().getFileName().toString();
    }

    /** Hears of each error; to be set before the first record. */
    public void faults(final ErrorHandler value) {
        faults = value;
    }

    /** Why the first file that failed could not be written, or null. */
    public String failure() {
        return failure;
    }

    @Override
    public void captured(final FlowEvent flow) {
        if (!files.containsKey(flow.flowId())) {
            if (files.size() == MOST_KNOWN) {
                // flows whose end was not told, because the event ring was full then
                files.values().removeIf(file -> file == none);
            }
            files.put(flow.flowId(), newFile(flow));
        }
    }

    private FlowFile newFile(final FlowEvent flow) {
        if (made == mostFiles) {
            counters.increment(Counter.CAPTURE_FILES_LEFT_OUT);
            return none;
        }
        made++;
        counters.increment(Counter.CAPTURE_FILES);
        return new FlowFile(directory.resolve(flow.flowId() + "-" + flow.startNs() + SUFFIX));
    }

    @Override
    public void packet(final PacketEvent event) {
        if ((event.marks() & PacketEvent.CAPTURED) == 0) {
            return;
        }
        final FlowEvent flow = event.flow();
        if ((event.marks() & PacketEvent.CONDITIONAL) == 0) {
            captured(flow);
        }
        final FlowFile file = files.get(flow.flowId());
        if (file == null) {
            counters.increment(Counter.CAPTURED_FRAMES_WITHHELD);
        } else if (file != none && !failed.contains(file)) {
            add(file, event);
        }
    }

    private void add(final FlowFile file, final PacketEvent event) {
        frame.address = event.buffer().addressOffset() + PacketEvent.HEAD_LENGTH;
        frame.capturedLength = event.capturedLength();
        frame.wireLength = event.wireLength();
        frame.timestampNs = event.stampNs();
        frame.linkType = event.linkType();
        frame.interfaceId = event.interfaceId();
        frame.flags = event.frameFlags();
        frame.strippedVlan = event.strippedVlan();
        if (pending != file || BUFFER_BYTES - length < FlowFile.room(frame)) {
            writePending();
        }
        if (open(file)) {
            pending = file;
            length += file.encode(region.address() + length, frame, interfaces.apply(frame.interfaceId));
        }
    }

    private boolean open(final FlowFile file) {
        if (open.get(file) != null) {
            return true;
        }
        if (open.size() == mostOpen) {
            close(open.keySet().iterator().next());
        }
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(directory,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            file.open();
            open.put(file, Boolean.TRUE);
            return true;
        } catch (final IOException | CaptureException e) {
            failed(file, e);
            return false;
        }
    }

    private void writePending() {
        if (pending != null && length > 0) {
            try {
                pending.write(buffer.clear().limit(length));
            } catch (final IOException e) {
                failed(pending, e);
            }
        }
        length = 0;
        pending = null;
    }

    private void failed(final FlowFile file, final Exception reason) {
        faults.onError(reason);
        if (failed.add(file)) {
            counters.increment(Counter.CAPTURE_FILES_DAMAGED);
        }
        if (failure == null) {
            failure = file.path() + ": " + reason.getMessage();
        }
    }

    private void close(final FlowFile file) {
        if (file == pending) {
            writePending();
        }
        if (open.remove(file) != null) {
            try {
                file.close();
            } catch (final IOException e) {
                failed(file, e);
            }
        }
    }

    @Override
    public void flow(final FlowEvent event) {
        final FlowFile file = files.isEmpty() ? null : files.remove(event.flowId());
        if (file != null && file != none) {
            close(file);
            failed.remove(file);
        }
    }

    @Override
    public void advance(final long nowNs) {
        writePending();
    }

    @Override
    public void flush() {
        writePending();
    }

    @Override
    public long lost() {
        return counters.get(Counter.CAPTURE_FILES_DAMAGED);
    }

    @Override
    public void close() {
        while (!open.isEmpty()) {
            close(open.keySet().iterator().next());
        }
        region.close();
    }
}
