package io.weir.cli;

import io.weir.capture.live.BackEnd;
import io.weir.capture.live.LiveContext;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.Kind;
import io.weir.cli.config.Settings;
import io.weir.cli.service.OperationalLog;
import io.weir.cli.service.ServiceNotifier;
import io.weir.engine.EngineContext;
import io.weir.flow.Toeplitz;
import io.weir.output.PrintableText;
import io.weir.output.Summary;
import io.weir.output.SummaryTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir run}: inspects live traffic. */
@Command(
    name = "run",
    header = "Inspect live traffic until stopped.",
    description = {
        "",
        "Captures through TPACKET_V3, AF_XDP or PF_RING (capture.backend). SIGINT (Ctrl-C) and SIGTERM end it in "
            + "order: everything taken in is still inspected and written. Needs CAP_NET_RAW.",
        "",
        "SIGHUP reads configuration and rules again, and opens eve.json anew: what can change while weir runs does, "
            + "what needs a restart is named. A file that cannot be used changes nothing.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  sudo weir run -i eth0                          until Ctrl-C, then a summary",
        "  sudo weir run -i eth0 -o /var/log/weir -w 4    records to /var/log/weir/eve.json",
        "  sudo weir run -i eth0 -o out -w 4 --mode fanout    each worker captures its own flows",
        "  sudo weir run -i eth0 -f 'not port 22' --duration 60",
        "  weir run -c /etc/weir/weir.yaml --check-config",
        "  sudo weir run -i eth0 -o out --tee out/trace.pcapng",
        "  sudo weir run -i eth0 --web --metrics          watch it at http://127.0.0.1:9738/, or with 'weir top'"
    })
final class RunCommand implements Callable<Integer> {
    private static final String FAN_OUT = "fanout";

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(names = {"-i", "--interface"}, paramLabel = "IF",
        description = "Interface to capture from; may be repeated. 'weir interfaces' lists them.")
    private List<String> interfaces = List.of();

    @Option(names = "--mode", paramLabel = "MODE",
        description = "How frames are spread over several workers: dispatch, by one thread, or fanout, where each "
            + "captures itself.")
    private String mode;

    @Option(names = "--tee", paramLabel = "FILE",
        description = "Write every frame that is inspected to a new pcapng file.")
    private Path teeFile;

    @Option(names = "--duration", paramLabel = "SECONDS", description = "Stop after this time.")
    private Double durationSeconds;

    @Option(names = "--stats-interval", paramLabel = "SECONDS",
        description = "Time between 'stats' records; default 8.")
    private Double statisticsSeconds;

    @Option(names = "--web", paramLabel = "ADDRESS:PORT", arity = "0..1", fallbackValue = "127.0.0.1:9738",
        description = "Serve a web page that shows the engine at work; without an address at ${FALLBACK-VALUE}.")
    private String web;

    @Option(names = "--metrics", paramLabel = "ADDRESS:PORT", arity = "0..1", fallbackValue = "127.0.0.1:9737",
        description = "Serve metrics for Prometheus, at /metrics; without an address at ${FALLBACK-VALUE}.")
    private String metrics;

    @Option(names = "--check-config",
        description = "Only say whether a run could begin: configuration, rule files and applications.")
    private boolean checkOnly;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Configuration configuration = configuration();
        OperationalLog.levels(configuration);
        checkMode(configuration);
        final List<LiveContext> rings = rings(configuration);
        rings.forEach(LiveContext::conclude);
        if (checkOnly) {
            final String found = ConfigurationCheck.check(configuration, common.workers(configuration), rings,
                spec.commandLine().getErr());
            spec.commandLine().getOut().println(common.configurationName() + " is good: " + found);
            return ExitStatus.DONE;
        }
        if (rings.isEmpty()) {
            throw CommandException.usage("no interface named: give one with -i, or as capture.interfaces in the "
                + "configuration; 'weir interfaces' lists them");
        }
        Termination.onRequest(null);
        Termination.patienceNs(configuration.get(Settings.STOP_TIMEOUT) + EngineRun.GRACE_NS);
        final EngineRun run = new EngineRun(configuration, common.workers(configuration), common.directory(),
            spec.commandLine().getErr(), common.quiet())
            .reloads(this::configuration)
            .notifier(ServiceNotifier.of(System.getenv(), ProcessHandle.current().pid()));
        final String warmUp = configuration.get(Settings.WARM_UP);
        if (!"beside".equals(warmUp)) {
            // What is wrong with an interface is said before a second is spent.
            open(configuration, rings, line -> { }).close();
        }
        run.prepare(warmUp);
        try (LiveSources sources = open(configuration, rings, this::say);
            TeeFile tee = teeFile == null ? null
                : new TeeFile(teeFile, sources.first().interfaces(), sources.sources().size())) {
            run.tee(tee);
            if (durationSeconds != null) {
                run.durationNs(ns("--duration", durationSeconds));
            }
            final Summary summary = run.run(sources);
            final boolean whole = tee == null || tee.finish(spec.commandLine().getErr());
            if (!common.quiet()) {
                spec.commandLine().getOut().print(SummaryTable.of(summary, Terminal.wantsColour()));
                spec.commandLine().getOut().flush();
            }
            return summary.isImpaired() || run.lost() || !whole ? ExitStatus.IMPAIRED : ExitStatus.DONE;
        }
    }

    private LiveSources open(final Configuration configuration, final List<LiveContext> rings,
        final Consumer<String> said) {
        final int members = common.workers(configuration);
        if (members == 1 || !configuration.get(Settings.MODE).equals(FAN_OUT)) {
            return LiveSources.single(CaptureInputs.openLive(rings, said));
        }
        final byte[] key = "symmetric".equals(configuration.get(Settings.HASH_KEY)) ? Toeplitz.symmetricKey()
            : Toeplitz.randomKey();
        return LiveSources.fanOut(() -> rings(configuration), members, key, said);
    }

    private void checkMode(final Configuration configuration) {
        final int members = common.workers(configuration);
        if (!configuration.get(Settings.MODE).equals(FAN_OUT)) {
            return;
        }
        if (members > EngineContext.MAX_MEMBERS) {
            throw CommandException.usage("workers.mode: fanout takes at most " + EngineContext.MAX_MEMBERS
                + " workers, not " + members);
        }
        if (members > 1 && BackEnd.of(configuration.get(Settings.BACK_END)) == BackEnd.PF_RING) {
            throw CommandException.usage("PF_RING has no fan-out: set workers.mode: dispatch, or capture.backend:"
                + " tpacket_v3");
        }
    }

    private void say(final String line) {
        if (!common.quiet()) {
            spec.commandLine().getErr().println("weir: " + PrintableText.of(line));
        }
    }

    private Configuration configuration() {
        Configuration configuration = common.configuration();
        if (statisticsSeconds != null) {
            configuration =
                configuration.with(Settings.STATISTICS_INTERVAL, ns("--stats-interval", statisticsSeconds));
        }
        if (mode != null) {
            if (!mode.equals(FAN_OUT) && !mode.equals("dispatch")) {
                throw CommandException.usage("--mode " + mode + ": must be dispatch or fanout");
            }
            configuration = configuration.with(Settings.MODE, mode);
        }
        if (web != null) {
            configuration = configuration.with(Settings.WEB_LISTEN, listen("--web", web));
        }
        return metrics == null ? configuration
            : configuration.with(Settings.METRICS_LISTEN, listen("--metrics", metrics));
    }

    private static String listen(final String option, final String address) {
        if (address.isEmpty() || !Kind.isListenAddress(address)) {
            throw CommandException.usage(option + " " + address + ": must be an address and a port, as 127.0.0.1:9738");
        }
        return address;
    }

    private static long ns(final String option, final double seconds) {
        if (!(seconds > 0 && seconds <= 1e9)) {
            throw CommandException.usage(option + " " + seconds + ": must be more than 0 seconds");
        }
        return Math.max(1, (long) (seconds * TimeUnit.SECONDS.toNanos(1)));
    }

    private List<LiveContext> rings(final Configuration configuration) {
        final List<String> names = interfaces.isEmpty() ? configuration.get(Settings.INTERFACES) : interfaces;
        final ContextFactory contexts = new ContextFactory(configuration);
        return names.stream().map(name -> contexts.live(name, common.filter(configuration))).toList();
    }
}
