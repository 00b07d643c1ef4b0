package io.weir.perf;

import io.weir.base.Counter;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.engine.FrameTee;
import io.weir.output.Summary;
import io.weir.packet.Frame;
import io.weir.protocol.application.ApplicationTable;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.detect.MatchListener;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Replaces the rules again and again while an engine with one worker goes through a trace: {@code ReloadPass TRACE}.
 * The sets are compiled before, since a file is over sooner than they are. Fails if a frame is lost or a set that was
 * replaced is not freed in the end.
 */
public final class ReloadPass implements FrameTee {
    private static final int SWAPS = 100;
    private static final long FRAMES_BETWEEN = 50_000;
    private static final int RULES = 500;
    private static final long MAX_NS = 600_000_000_000L;

    private final RuleSet[] sets = new RuleSet[SWAPS + 1];
    private final ActiveRules active;
    private final long[] takenUpNs = new long[SWAPS];
    private Engine engine;
    private long frames;
    private int swaps;
    private boolean waits;
    private long replacedNs;
    private int mostHeld;
    private long mostBytes;

    private ReloadPass() {
        final List<Rule> rules = SignatureSamples.rules(RULES);
        final RuleCompiler compiler = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.AUTO));
        for (int i = 0; i < sets.length; i++) {
            sets[i] = compiler.compile(rules);
        }
        active = new ActiveRules(sets[0]);
    }

    /** Runs the engine and prints one line. */
    public static void main(final String[] arguments) throws Exception {
        if (arguments.length != 1) {
            System.err.println("usage: ReloadPass TRACE");
            System.exit(2);
        }
        final Path trace = Path.of(arguments[0]);
        final long frames = new RulesPass(null).run(trace, 1);
        new ReloadPass().run(trace, 1 + FRAMES_BETWEEN * SWAPS / frames);
    }

    private void run(final Path trace, final long times) throws Exception {
        try (FileSource source = FileSource.open(FileTrace.of(Collections.nCopies((int) times, trace)),
            FileSource.DEFAULT_BLOCKS)) {
            final EngineContext context = new EngineContext().source(source).workers(1).latency(false).tee(this)
                .applications(ApplicationTable.standard());
            context.rules(active, (worker, flows, classifier, events, counters) -> MatchListener.NONE);
            final Summary summary;
            try (Engine made = new Engine(context.conclude())) {
                engine = made;
                made.start();
                if (!made.await(MAX_NS)) {
                    throw new IllegalStateException("the engine did not end");
                }
                summary = made.summary();
            }
            active.close();
            report(trace, summary);
        }
    }

    @Override
    public void append(final Frame frame) {
        if (waits && engine.detection(0).rules() == sets[swaps]) {
            takenUpNs[swaps - 1] = System.nanoTime() - replacedNs;
            waits = false;
            note();
        }
        if (++frames % FRAMES_BETWEEN == 0 && swaps < SWAPS) {
            swaps++;
            waits = true;
            replacedNs = System.nanoTime();
            active.replace(sets[swaps]);
        }
    }

    /** Notes how many of the sets that were in force are held, and their memory. */
    private void note() {
        int held = 0;
        long bytes = 0;
        for (int i = 0; i <= swaps; i++) {
            if (!sets[i].isFreed()) {
                held++;
                bytes += sets[i].nativeBytes();
            }
        }
        mostHeld = Math.max(mostHeld, held);
        mostBytes = Math.max(mostBytes, bytes);
    }

    private void report(final Path trace, final Summary summary) {
        final List<Integer> left = new ArrayList<>();
        for (int i = 0; i < sets.length; i++) {
            if (!sets[i].isFreed()) {
                left.add(i);
            }
        }
        final long processed = summary.counters().get(Counter.FRAMES_PROCESSED);
        if (!summary.ledger().balanced() || summary.lostFrames() != 0 || processed != frames || swaps != SWAPS
            || waits || !left.isEmpty()) {
            throw new IllegalStateException(processed + " of " + frames + " frames, " + swaps + " reloads; not freed: "
                + left + "; " + summary.ledger());
        }
        Arrays.sort(takenUpNs);
        System.out.printf(Locale.ROOT, "weir reload %s: %d reloads of %d rules, one each %d frames: %d frames in, %d"
            + " processed, 0 lost; taken up after %.2f ms (%.2f to %.2f); all sets freed in the end, at most %d held"
            + " at once, %.1f MB (%.1f MB each)%n", trace.getFileName(), SWAPS, RULES, FRAMES_BETWEEN, frames,
            processed, takenUpNs[SWAPS / 2] / 1e6, takenUpNs[0] / 1e6, takenUpNs[SWAPS - 1] / 1e6, mostHeld,
            mostBytes / 1e6, sets[0].nativeBytes() / 1e6);
    }
}
