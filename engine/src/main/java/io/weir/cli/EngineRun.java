package io.weir.cli;

import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.cli.service.PacketThreads;
import io.weir.cli.service.ServiceNotifier;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.output.PrintableText;
import io.weir.output.Summary;
import io.weir.output.SummaryWriter;
import io.weir.protocol.application.ActiveApplications;
import io.weir.rule.compile.RuleSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * One engine from start to end: its outputs, its progress line, its reaction to signals.
 *
 * <p>The caller owns the source. Losses and damages go to standard error; {@link #lost()} tells whether there were any
 * beside those in the summary.
 */
final class EngineRun {
    private static final Logger LOG = LogManager.getLogger(EngineRun.class);
    private static final long SHOW_NS = TimeUnit.SECONDS.toNanos(1);
    /** Time from when nothing is waited for any more to the end of the process, whatever holds it up. */
    static final long GRACE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(200);
    /** While somebody waits to hear that capture runs. */
    private static final long FIRST_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final Configuration configuration;
    private final ContextFactory contexts;
    private final ActiveApplications applications;
    private final int workers;
    private final Path directory;
    private final PrintWriter err;
    private final boolean showProgress;
    private ServiceNotifier notifier = new ServiceNotifier(null, 0);
    private Supplier<Configuration> reader;
    private TeeFile tee;
    private StreamOutput streams;
    private CaptureOutput captures;
    private LiveRules rules;
    private boolean prepared;
    /** The rules are closed with the run. */
    private boolean ownsRules = true;
    private boolean beside;
    private volatile CommandException failure;
    private volatile long stoppedNs;
    private volatile boolean stopping;
    private long durationNs = Long.MAX_VALUE;
    private boolean lost;
    private int toldDamages;

    /**
     * Prepares a run.
     *
     * @param directory for the outputs, or null for none
     */
    EngineRun(final Configuration configuration, final int workers, final Path directory, final PrintWriter err,
        final boolean quiet) {
        this.configuration = configuration;
        contexts = new ContextFactory(configuration);
        applications = new ActiveApplications(contexts.applications());
        this.workers = workers;
        this.directory = directory;
        this.err = err;
        this.showProgress = !quiet && Terminal.showsProgress();
    }

    /** Writes every dispatched frame to a file too; null for none. */
    EngineRun tee(final TeeFile value) {
        tee = value;
        return this;
    }

    /** Tells the service manager how the run goes; by default nobody is told. */
    EngineRun notifier(final ServiceNotifier value) {
        notifier = value;
        return this;
    }

    /** Reads the configuration again when SIGHUP comes; by default the signal is left to itself. */
    EngineRun reloads(final Supplier<Configuration> value) {
        reader = value;
        return this;
    }

    /** Writes the TCP streams to files too; null for none. */
    EngineRun streams(final StreamOutput value) {
        streams = value;
        return this;
    }

    /** Runs with rules that the caller owns; null for none. By default those of the configuration are loaded. */
    EngineRun rules(final LiveRules value) {
        rules = value;
        prepared = true;
        ownsRules = false;
        return this;
    }

    /** Stops after this time. */
    EngineRun durationNs(final long value) {
        durationNs = value;
        return this;
    }

    /**
     * Does what can be done before the source is opened, so that its first frames do not wait long.
     *
     * @param warmUp {@code beside} leaves rules and warm-up for when frames are inspected already; {@code before} does
     *               both now; {@code off} loads the rules
     */
    void prepare(final String warmUp) {
        contexts.applications();
        beside = "beside".equals(warmUp);
        rules = beside ? LiveRules.later(configuration, err) : LiveRules.of(configuration, err);
        prepared = true;
        if ("before".equals(warmUp)) {
            try (WarmUp before = new WarmUp(contexts, workers, rules)) {
                before.run();
            }
        }
    }

    private void loadBeside(final Engine engine, final EveOutput eve) {
        final long beginNs = System.nanoTime();
        try {
            final RuleSet loaded = rules.prepare(configuration);
            if (stopping) {
                // The end does not wait for this.
                loaded.close();
                return;
            }
            final String now = rules.replace(loaded);
            LOG.info("rules in force {} ms after the ring was opened: {}",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs), now);
        } catch (final CommandException e) {
            failure = e;
            stop(engine, eve);
        }
    }

    /** Runs to the end of the trace, or until a signal or the time stops it. */
    Summary run(final FrameSource source) throws IOException, InterruptedException {
        return run(LiveSources.single(source));
    }

    /** The same with the sources of a live run. */
    Summary run(final LiveSources sources) throws IOException, InterruptedException {
        final FrameSource source = sources.first();
        final EngineContext context = sources.attach(contexts.engine(workers, source.isLive()))
            .applications(applications);
        if (tee != null) {
            tee.attach(context);
        }
        if (streams != null) {
            streams.attach(context);
        }
        if (!prepared && LiveRules.isAny(configuration)) {
            rules = LiveRules.of(configuration, err);
        }
        if (rules != null) {
            rules.attach(context);
        }
        if (directory != null && rules != null && rules.captures() && !source.isLive()) {
            CaptureOutput.checkUnused(directory.resolve("capture"));
        }
        final Monitoring monitoring = new Monitoring(configuration, source, applications, err);
        final EveOutput eve = outputs(source, context, monitoring);
        monitoring.attach(context);
        final CaptureOutput captured = captures;
        final LiveRules owned = ownsRules ? rules : null;
        final Summary summary;
        try (owned; captured; eve; Engine engine = newEngine(context); monitoring;
            WarmUp warmUp = new WarmUp(contexts, workers, rules)) {
            monitoring.start(engine);
            Termination.onRequest(() -> stop(engine, eve));
            final Hangup hangup = reader == null ? null : Hangup.reloads(new Reload(configuration, reader, applications,
                rules, eve, next -> form(source, next), engine::statisticsIntervalNs, notifier, monitoring));
            try (hangup) {
                if (beside) {
                    warmUp.runBeside(rules.areAwaited() ? () -> loadBeside(engine, eve) : () -> { });
                }
                summary = drive(engine, eve, source.isLive());
            }
            if (failure != null) {
                throw failure;
            }
            lost |= captures != null && !captures.finish(summary, err);
            if (engine.latencyLogFailed()) {
                lost = true;
                err.println("weir: " + PrintableText.of(directory.resolve("latency.hlog").toString())
                    + ", or latency-worst.jsonl beside it, could not be written whole");
            }
        } finally {
            Termination.onRequest(null);
        }
        tellDamages(summary.capture().damages);
        Losses.tell(summary, err);
        if (eve != null) {
            tellLostRecords(eve);
        }
        if (directory != null) {
            writeSummary(summary, directory.resolve("summary.json"));
        }
        return summary;
    }

    /** A disk that is full costs the file, not what is told of the run. */
    private void writeSummary(final Summary summary, final Path file) {
        try {
            SummaryWriter.write(summary, file);
        } catch (final IOException e) {
            lost = true;
            err.println("weir: " + PrintableText.of(file + " could not be written: " + e.getMessage()));
        }
    }

    /** True if records, latencies or the summary were lost on the way to their files. */
    boolean lost() {
        return lost;
    }

    private EveOutput outputs(final FrameSource source, final EngineContext context, final ErrorHandler faults)
        throws IOException {
        if (directory == null) {
            return null;
        }
        try {
            Files.createDirectories(directory);
            if (configuration.get(Settings.LATENCY)) {
                context.latencyLog(directory.resolve("latency.hlog"));
            }
            final EveOutput eve = !configuration.get(Settings.EVE) ? null
                : new EveOutput(directory.resolve("eve.json"), source.isLive(), configuration.get(Settings.FLOOD_RATE),
                    form(source, configuration), applications, contexts.rotation());
            if (rules != null) {
                captures = new CaptureOutput(directory.resolve("capture"), configuration, source);
                captures.attach(context, faults);
            }
            if (eve != null) {
                eve.faults(faults);
                context.output(rules == null ? eve : eve.rules(rules::label, captures.files()))
                    .counters(eve.counters());
            }
            return eve;
        } catch (final FileSystemException e) {
            throw cannotWrite(e);
        }
    }

    private static EveForm form(final FrameSource source, final Configuration configuration) {
        return new EveForm(index -> interfaceName(source.interfaces(), index),
            configuration.get(Settings.COMMUNITY_ID_SEED), configuration.get(Settings.FULL_ADDRESSES),
            configuration.get(Settings.ETHERNET), configuration.get(Settings.NETFLOW),
            Set.copyOf(configuration.get(Settings.ANOMALIES)));
    }

    private CommandException cannotWrite(final FileSystemException e) {
        final String reason = e instanceof AccessDeniedException ? "permission denied" : e.getReason();
        return CommandException.usage("-o " + directory + ": " + e.getFile() + " cannot be written"
            + (reason == null ? "" : ": " + reason));
    }

    private static String interfaceName(final List<CaptureInterface> interfaces, final int index) {
        return index < interfaces.size() ? interfaces.get(index).name() : "";
    }

    private Engine newEngine(final EngineContext context) throws IOException {
        try {
            return new Engine(context.conclude());
        } catch (final FileSystemException e) {
            throw cannotWrite(e);
        } catch (final IllegalArgumentException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    private Summary drive(final Engine engine, final EveOutput eve, final boolean live) throws InterruptedException {
        final ProgressLine progress = new ProgressLine(showProgress ? err : null, live);
        final ProgressLine status = new ProgressLine(null, live);
        final long startNs = System.nanoTime();
        long shownNs = startNs - SHOW_NS;
        engine.start();
        notifier.watch(packetThreads(engine));
        while (!engine.await(notifier.isHeard() && !notifier.isReady() ? FIRST_LOOK_NS : LOOK_NS)) {
            final long nowNs = System.nanoTime();
            if (nowNs - shownNs >= SHOW_NS) {
                shownNs = nowNs;
                final Engine.Progress now = engine.progress();
                if (live && now.capture().damages.size() > toldDamages) {
                    progress.clear();
                    tellDamages(now.capture().damages);
                }
                progress.show(now);
            }
            notifier.look(nowNs, () -> status.text(engine.progress()));
            if (!stopping && nowNs - startNs >= durationNs) {
                stop(engine, eve);
            } else if (live && stopping
                && nowNs - stoppedNs >= configuration.get(Settings.STOP_TIMEOUT)) {
                engine.hasten();
                if (eve != null) {
                    eve.hasten();
                }
            }
        }
        progress.clear();
        return engine.summary();
    }

    /** Tells, once, what has happened to the interfaces. */
    private void tellDamages(final List<CaptureStatistics.Damage> damages) {
        Losses.tell(damages.subList(Math.min(toldDamages, damages.size()), damages.size()), err);
        toldDamages = damages.size();
    }

    private static PacketThreads packetThreads(final Engine engine) {
        return new PacketThreads() {
            @Override
            public int count() {
                return engine.packetThreads();
            }

            @Override
            public long cycles(final int index) {
                return engine.cycles(index);
            }

            @Override
            public String name(final int index) {
                return engine.threadName(index);
            }
        };
    }

    private void stop(final Engine engine, final EveOutput eve) {
        notifier.stopping();
        stoppedNs = System.nanoTime();
        stopping = true;
        engine.stop();
        if (eve != null) {
            eve.captureEnded();
        }
    }

    private void tellLostRecords(final EveOutput eve) {
        if (eve.lost() > 0) {
            lost = true;
            err.println("weir: " + PrintableText.of(directory.resolve("eve.json").toString()) + ": " + eve.lost()
                + " records could not be written");
        }
    }
}
