package io.weir.cli;

import io.weir.capture.CaptureException;
import io.weir.capture.FrameSource;
import io.weir.capture.MergedSource;
import io.weir.capture.PolledSource;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.capture.filter.FilteredSource;
import io.weir.capture.live.LiveCapture;
import io.weir.capture.live.LiveContext;
import io.weir.capture.tpacket.TpacketContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.CloseHelper;

/** Opens what a command reads from: capture files, or interfaces. */
final class CaptureInputs {
    /** Workers behind rings hold blocks for a while; the reader goes on into others meanwhile. */
    private static final int BLOCKS_WITH_RINGS = 32;

    private CaptureInputs() {
    }

    /**
     * Opens files as one trace.
     *
     * @param filter  expression, empty for everything
     * @param workers threads that inspect the frames
     * @throws CaptureException if a file is missing, unreadable or no capture, or the filter is wrong
     */
    static FrameSource open(final FileTrace trace, final String filter, final int workers) {
        return filtered(FileSource.open(trace, blocks(workers)), filter);
    }

    /** Opens one file. */
    static FrameSource open(final Path file, final String filter, final int workers) {
        return filtered(FileSource.open(file, blocks(workers)), filter);
    }

    private static int blocks(final int workers) {
        return workers == 1 ? FileSource.DEFAULT_BLOCKS : BLOCKS_WITH_RINGS;
    }

    private static FrameSource filtered(final FrameSource source, final String filter) {
        if (filter.isEmpty()) {
            return source;
        }
        try {
            return new FilteredSource(source, filter);
        } catch (final CaptureException e) {
            source.close();
            throw e;
        }
    }

    /**
     * Opens the rings of interfaces as one trace.
     *
     * @throws CaptureException if an interface or the privilege for it is missing, or a setting cannot work
     */
    static FrameSource open(final List<TpacketContext> rings) {
        return openLive(rings.stream().map(LiveContext::of).toList(), line -> { });
    }

    /**
     * Opens interfaces as one trace.
     *
     * @param said takes one line for each, which says how it is captured from
     * @throws CaptureException if an interface or the privilege for it is missing, or a setting cannot work
     */
    static FrameSource openLive(final List<LiveContext> contexts, final Consumer<String> said) {
        final List<PolledSource> opened = new ArrayList<>();
        try {
            for (final LiveContext context : contexts) {
                final LiveCapture capture = LiveCapture.open(context);
                opened.add(capture.source());
                said.accept(capture.how());
            }
            return opened.size() == 1 ? opened.get(0) : new MergedSource(opened);
        } catch (final CaptureException e) {
            CloseHelper.quietCloseAll(opened);
            throw e;
        }
    }
}
