package io.weir.cli;

import io.weir.capture.CaptureException;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.FileTrace;
import io.weir.cli.config.Configuration;
import io.weir.output.PrintableText;
import io.weir.output.StreamDirectory;
import io.weir.output.Summary;
import io.weir.output.SummaryTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir read}: inspects capture files. */
@Command(
    name = "read",
    header = "Inspect capture files.",
    description = {
        "",
        "Reads pcap and pcapng files, plain or packed with gzip or zstd. All files are one trace, in the order of "
            + "their first stamps, as a rotated capture is; a directory stands for the captures in it, '-' for "
            + "standard input.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir read trace.pcapng                      a summary of the traffic",
        "  weir read -o out trace.pcap.gz              and a record of every flow in out/eve.json",
        "  weir read -f 'tcp port 443' -w 4 -o out ring/",
        "  weir read --each -o out a.pcap b.pcap       out/a.pcap/ and out/b.pcap/",
        "  weir read --streams streams trace.pcapng    the bytes of each TCP direction in a file of its own",
        "  tcpdump -w - | weir read -"
    })
final class ReadCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Option(names = "--each",
        description = "Start afresh for each file, and write DIR/NAME/ for each.")
    private boolean each;

    @Option(names = "--streams", paramLabel = "DIR",
        description = "Write the bytes that each side of a TCP connection sent to a file, and a line for each to "
            + "streams.jsonl. DIR is created; if it exists, it must be empty. With --each, in DIR/NAME/.")
    private Path streamsDirectory;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "Capture files, directories or '-'.")
    private List<Path> files;

    private final Set<String> usedNames = new HashSet<>();
    private Configuration configuration;
    private int workers;
    private LiveRules rules;

    @Override
    public Integer call() throws IOException, InterruptedException {
        Termination.onRequest(null);
        configuration = common.configuration();
        workers = common.workers(configuration);
        checkStreamsDirectory();
        try {
            return each ? readEach() : readAll();
        } finally {
            closeRules();
        }
    }

    private void checkStreamsDirectory() throws IOException {
        try {
            if (streamsDirectory != null && StreamDirectory.isUsed(streamsDirectory)) {
                throw CommandException.usage("--streams " + streamsDirectory
                    + ": is not empty; streams of two traces do not mix, so name another directory or empty this one");
            }
        } catch (final AccessDeniedException e) {
            throw CommandException.usage("--streams " + streamsDirectory + ": cannot be read: permission denied");
        }
    }

    private int readAll() throws IOException, InterruptedException {
        try (FrameSource source = CaptureInputs.open(
            FileTrace.of(files), common.filter(configuration), workers)) {
            return run(source, common.directory(), streamsDirectory);
        }
    }

    private int readEach() throws IOException, InterruptedException {
        final PrintWriter err = spec.commandLine().getErr();
        final FileTrace trace = FileTrace.of(files);
        int worst = trace.damages().isEmpty() ? ExitStatus.DONE : ExitStatus.IMPAIRED;
        for (final CaptureStatistics.Damage damage : trace.damages()) {
            err.println("weir: " + PrintableText.of(damage.where() + ": " + damage.what()));
        }
        for (final Path file : trace.files()) {
            if (Termination.isRequested()) {
                return ExitStatus.IMPAIRED;
            }
            if (!common.quiet()) {
                spec.commandLine().getOut().println(PrintableText.of(file.toString()));
            }
            try (FrameSource source = CaptureInputs.open(file, common.filter(configuration), workers)) {
                final String name = uniqueName(file);
                worst = Math.max(worst, run(source, below(common.directory(), name), below(streamsDirectory, name)));
            } catch (final CaptureException e) {
                if (e.kind() != CaptureException.Kind.BAD_FILE) {
                    throw e;
                }
                err.println("weir: " + PrintableText.of(e.getMessage()));
                worst = Math.max(worst, ExitStatus.USAGE);
            } finally {
                forgetSeen();
            }
        }
        return worst;
    }

    private static Path below(final Path directory, final String name) {
        return directory == null ? null : directory.resolve(name);
    }

    /** NAME, or NAME-2 and so on for files of one name from several directories. */
    private String uniqueName(final Path file) {
        final String name = file.equals(FileSource.STANDARD_INPUT) ? "stdin" : file.getFileName().toString();
        String unique = name;
        for (int number = 2; !usedNames.add(unique); number++) {
            unique = name + "-" + number;
        }
        return unique;
    }

    /** The rules of all captures: loaded for the first one, and again only if they keep what they have seen. */
    private LiveRules loadedRules() {
        if (rules == null && LiveRules.isAny(configuration)) {
            rules = LiveRules.of(configuration, spec.commandLine().getErr());
        }
        return rules;
    }

    /** What rules keep of a capture in data sets is not for the next one. */
    private void forgetSeen() {
        if (rules != null && rules.changeDatasets()) {
            closeRules();
        }
    }

    private void closeRules() {
        if (rules != null) {
            rules.close();
            rules = null;
        }
    }

    private int run(final FrameSource source, final Path directory, final Path streams)
        throws IOException, InterruptedException {
        try (StreamOutput output = streams == null ? null : new StreamOutput(streams, configuration, workers)) {
            final EngineRun run = new EngineRun(configuration, workers, directory, spec.commandLine().getErr(),
                common.quiet()).streams(output).rules(loadedRules());
            final Summary summary = run.run(source);
            final boolean whole = output == null || output.finish(summary, spec.commandLine().getErr());
            if (!common.quiet()) {
                spec.commandLine().getOut().println(SummaryTable.of(summary, Terminal.wantsColour()));
                spec.commandLine().getOut().flush();
            }
            if (Termination.isRequested()) {
                spec.commandLine().getErr().println("weir: stopped by a signal; the rest of the input was not read");
                return ExitStatus.IMPAIRED;
            }
            return summary.isImpaired() || run.lost() || !whole ? ExitStatus.IMPAIRED : ExitStatus.DONE;
        }
    }
}
