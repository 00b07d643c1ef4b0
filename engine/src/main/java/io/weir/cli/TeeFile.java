package io.weir.cli;

import io.weir.base.Counters;
import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.MergedTee;
import io.weir.capture.file.TeeWriter;
import io.weir.engine.EngineContext;
import io.weir.engine.MemberTee;
import io.weir.output.PrintableText;
import io.weir.packet.Frame;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.agrona.CloseHelper;

/**
 * The file of {@code --tee}: every dispatched frame in pcapng. Inspection never waits for it; frames it lacks because
 * the disk was too slow or full are counted and told at the end.
 */
final class TeeFile implements AutoCloseable {
    private final Path file;
    private final Counters counters = new Counters();
    /** One of the two. */
    private final TeeWriter writer;
    private final MergedTee merged;

    /**
     * Creates the file, which must not exist.
     *
     * @param members threads that capture
     */
    TeeFile(final Path file, final List<CaptureInterface> interfaces, final int members) {
        this.file = file;
        try {
            writer = members > 1 ? null : TeeWriter.create(file, interfaces, counters);
            merged = members > 1 ? MergedTee.create(file, interfaces, members) : null;
        } catch (final CaptureException e) {
            counters.close();
            throw e;
        }
    }

    /** Lets an engine fill the file. */
    void attach(final EngineContext context) {
        if (merged == null) {
            context.tee(writer::append).counters(counters);
            return;
        }
        merged.counters().forEach(context::counters);
        context.memberTee(new MemberTee() {
            @Override
            public void append(final int member, final Frame frame) {
                merged.append(member, frame);
            }

            @Override
            public void follow(final Progress progress) {
                merged.follow(progress::passedNumber);
            }
        });
    }

    /** Writes the rest once the engine has ended; answers whether the file holds every frame. */
    boolean finish(final PrintWriter err) {
        CloseHelper.closeAll(writer, merged);
        final long missing = merged == null ? writer.missing() : merged.missing();
        final String failure = merged == null ? writer.failure() : merged.failure();
        if (failure != null || missing > 0) {
            final String why = failure == null ? "the disk was too slow" : failure;
            err.println("weir: --tee " + PrintableText.of(file + " lacks " + missing + " frames: " + why));
            return false;
        }
        return true;
    }

    @Override
    public void close() {
        CloseHelper.closeAll(writer, merged);
        if (merged != null) {
            CloseHelper.closeAll(merged.counters());
        }
        counters.close();
    }
}
