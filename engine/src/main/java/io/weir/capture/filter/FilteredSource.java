package io.weir.capture.filter;

import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Passes on the frames of a source that a filter accepts and counts the others as {@link CaptureStatistics#filtered}.
 *
 * <p>The expression is compiled for each link type when its first frame comes. If a later link type has no such thing
 * as the expression asks for, its frames are rejected and that is noted as damage.
 */
public final class FilteredSource implements FrameSource {
    private static final int REJECTED_AT_ONCE = 65_536;

    private final FrameSource source;
    private final IntFunction<FilterProgram> compiler;
    private final Int2ObjectHashMap<FilterInterpreter> interpreters = new Int2ObjectHashMap<>();
    private final List<CaptureStatistics.Damage> damages = new ArrayList<>();
    /** Per leaf: the last block of which a frame was passed on. */
    private final long[] passedOn;
    /** Per leaf: the last block the caller gave back. */
    private final long[] givenBack;
    /** Per leaf: the last block of which a frame was rejected. */
    private final long[] rejected;
    private int linkType = -1;
    private FilterInterpreter interpreter;
    private long filtered;

    /**
     * Filters a source by an expression.
     *
     * @throws CaptureException if the expression is wrong or cannot be compiled for the interfaces known so far
     */
    public FilteredSource(final FrameSource source, final String expression) {
        this(source, type -> FilterCompiler.compileForLinkType(type, expression));
    }

    /**
     * Filters a source by programs made for each link type.
     *
     * @throws CaptureException if there is none for the interfaces known so far
     */
    FilteredSource(final FrameSource source, final IntFunction<FilterProgram> compiler) {
        this.source = source;
        this.compiler = compiler;
        passedOn = new long[source.leafCount()];
        givenBack = new long[source.leafCount()];
        rejected = new long[source.leafCount()];
        Arrays.fill(passedOn, -1);
        Arrays.fill(givenBack, -1);
        Arrays.fill(rejected, -1);
        for (final CaptureInterface known : source.interfaces()) {
            compile(known.linkType());
        }
        if (source.interfaces().isEmpty()) {
            compile(LinkType.ETHERNET);
        }
    }

    private void compile(final int type) {
        if (!interpreters.containsKey(type)) {
            interpreters.put(type, new FilterInterpreter(compiler.apply(type)));
        }
    }

    @Override
    public boolean next(final Frame frame) {
        for (int i = 0; i < REJECTED_AT_ONCE; i++) {
            if (!source.next(frame)) {
                giveBackUnfinished();
                return false;
            }
            if (frame.linkType != linkType) {
                switchTo(frame.linkType);
            }
            if (interpreter.accept(frame)) {
                passOn(frame.source, frame.block);
                return true;
            }
            filtered++;
            if (frame.block != rejected[frame.source]) {
                rejected[frame.source] = frame.block;
                giveBackRejected(frame.source);
            }
        }
        return false;
    }

    private void passOn(final int leaf, final long block) {
        passedOn[leaf] = block;
        if (block <= givenBack[leaf]) {
            // The caller was through with what the block had so far, and now there is more.
            givenBack[leaf] = block - 1;
        }
    }

    private void switchTo(final int type) {
        if (!interpreters.containsKey(type)) {
            try {
                compile(type);
            } catch (final CaptureException e) {
                damages.add(new CaptureStatistics.Damage("link type " + type, -1,
                    "frames of this link type are left out: " + e.getMessage()));
                interpreters.put(type, new FilterInterpreter(FilterProgram.acceptAll(type, 0)));
            }
        }
        interpreter = interpreters.get(type);
        linkType = type;
    }

    /** Nobody gives back blocks of which every frame was rejected: that is done here, once those before are back. */
    private void giveBackRejected(final int leaf) {
        if (givenBack[leaf] >= passedOn[leaf] && rejected[leaf] - 1 > givenBack[leaf]) {
            givenBack[leaf] = rejected[leaf] - 1;
            source.release(leaf, givenBack[leaf]);
        }
    }

    /** A file waits for a block: the one it is reading may be the only one, with rejected frames alone. */
    private void giveBackUnfinished() {
        for (int leaf = 0; leaf < rejected.length && !source.isLive(); leaf++) {
            if (givenBack[leaf] >= passedOn[leaf] && rejected[leaf] > givenBack[leaf]) {
                givenBack[leaf] = rejected[leaf];
                source.release(leaf, givenBack[leaf]);
            }
        }
    }

    @Override
    public void release(final int leaf, final long block) {
        givenBack[leaf] = Math.max(givenBack[leaf], block);
        source.release(leaf, block);
        giveBackRejected(leaf);
    }

    @Override
    public void statistics(final CaptureStatistics statistics) {
        source.statistics(statistics);
        statistics.delivered -= filtered;
        statistics.filtered += filtered;
        statistics.damages.addAll(damages);
    }

    @Override
    public boolean isExhausted() {
        return source.isExhausted();
    }

    @Override
    public void stop() {
        source.stop();
    }

    @Override
    public boolean isLive() {
        return source.isLive();
    }

    @Override
    public void await(final long timeoutNs) {
        source.await(timeoutNs);
    }

    @Override
    public void wakeup() {
        source.wakeup();
    }

    @Override
    public int blockCount(final int leaf) {
        return source.blockCount(leaf);
    }

    @Override
    public int leafCount() {
        return source.leafCount();
    }

    @Override
    public long blockTimeoutNs() {
        return source.blockTimeoutNs();
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return source.interfaces();
    }

    @Override
    public void close() {
        source.close();
    }
}
