package io.weir.cli;

import io.weir.capture.CaptureException;
import io.weir.capture.FrameSource;
import io.weir.capture.MergedSource;
import io.weir.capture.PolledSource;
import io.weir.capture.live.FanOutCapture;
import io.weir.capture.live.LiveContext;
import io.weir.engine.EngineContext;
import io.weir.flow.Toeplitz;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.agrona.CloseHelper;

/**
 * What a live run captures from: one source, or in a fan-out one for each worker, which together take an interface's
 * frames by the hash with this key.
 *
 * @param sources each merges all interfaces
 * @param key     of the hash, or null without fan-out
 */
@SuppressWarnings("ArrayRecordComponent")
record LiveSources(List<FrameSource> sources, byte[] key) implements AutoCloseable {
    /** One source that a dispatcher takes frames from. */
    static LiveSources single(final FrameSource source) {
        return new LiveSources(List.of(source), null);
    }

    /**
     * Opens every interface for several members.
     *
     * @param contexts gives those of all interfaces, anew each time it is asked
     * @param said     takes one line for each interface
     * @throws CaptureException if an interface or the privilege for it is missing, or a setting cannot work
     */
    static LiveSources fanOut(final Supplier<List<LiveContext>> contexts, final int members, final byte[] key,
        final Consumer<String> said) {
        final List<List<LiveContext>> all = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            all.add(contexts.get());
        }
        final int[] words = new Toeplitz(key).words();
        final List<FanOutCapture> captures = new ArrayList<>();
        try {
            for (int i = 0; i < all.get(0).size(); i++) {
                final int number = i;
                final FanOutCapture capture =
                    FanOutCapture.open(all.stream().map(member -> member.get(number)).toList(), words);
                captures.add(capture);
                said.accept(capture.how());
            }
        } catch (final CaptureException e) {
            captures.forEach(capture -> closeBackwards(capture.sources()));
            throw e;
        }
        final List<FrameSource> sources = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            final int number = member;
            final List<PolledSource> leaves =
                captures.stream().map(capture -> capture.sources().get(number)).toList();
            sources.add(leaves.size() == 1 ? leaves.get(0) : new MergedSource(leaves));
        }
        return new LiveSources(sources, key);
    }

    /** The first, which speaks for all: of their interfaces, and whether they are live. */
    FrameSource first() {
        return sources.get(0);
    }

    /** Lets an engine take frames from here. */
    EngineContext attach(final EngineContext context) {
        return key == null ? context.source(first()) : context.members(sources).toeplitzKey(key);
    }

    private static void closeBackwards(final List<? extends FrameSource> opened) {
        for (int i = opened.size() - 1; i >= 0; i--) {
            CloseHelper.close(opened.get(i));
        }
    }

    @Override
    public void close() {
        closeBackwards(sources);
    }
}
