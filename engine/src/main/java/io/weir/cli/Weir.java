package io.weir.cli;

import io.weir.cli.service.LogWriter;
import io.weir.cli.service.OperationalLog;
import io.weir.cli.watch.StatCommand;
import io.weir.cli.watch.TopCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The root command: {@code weir COMMAND}. */
@Command(
    name = "weir",
    mixinStandardHelpOptions = true,
    versionProvider = Weir.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Measures every flow that passes over it.",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir demo                          see the whole engine at work",
        "  weir read -o out trace.pcapng      inspect a capture, records to out/eve.json",
        "  sudo weir run -i eth0 -o out       inspect live traffic until Ctrl-C",
        "",
        "'weir COMMAND --help' shows the options of a command, with examples."
    },
    exitCodeListHeading = "%nExit status:%n",
    exitCodeList = {
        "0:done",
        "1:done, but some input was damaged or something was lost",
        "2:wrong usage, configuration or rule",
        "3:device or privilege missing",
        "70:a fault in weir itself"
    },
    subcommands = {
        DecodeCommand.class,
        DemoCommand.class,
        ReadCommand.class,
        RunCommand.class,
        TopCommand.class,
        StatCommand.class,
        RecordCommand.class,
        ReportCommand.class,
        InterfacesCommand.class,
        DoctorCommand.class,
        ProtocolsCommand.class,
        RulesCommand.class
    })
public final class Weir implements Runnable {
    @Spec
    private CommandSpec spec;

    /** Runs a command and ends the process with its status. */
    public static void main(final String[] arguments) {
        Termination.ownProcess();
        final boolean journal = OperationalLog.open();
        try {
            Termination.exit((journal ? journalled() : commandLine()).execute(arguments));
        } catch (final OutOfMemoryError e) {
            System.err.println("weir: the system has no memory for this: lower flow.memory, or raise WEIR_HEAP ("
                + e.getMessage() + ")");
            Termination.exit(ExitStatus.DEVICE);
        } catch (final LinkageError | StackOverflowError e) {
            System.err.println("weir: " + Failures.internal(e, e.getCause() == null ? "no cause is told"
                : "because of " + e.getCause()));
            Failures.debug(e, new PrintWriter(System.err, true, Charset.defaultCharset()));
            Termination.exit(ExitStatus.INTERNAL);
        }
    }

    /** What it says on standard error becomes entries of the log. */
    private static CommandLine journalled() {
        final LogWriter log = new LogWriter();
        return commandLine(log::failure).setErr(new PrintWriter(log, true));
    }

    /** The whole command line, ready to be executed. */
    public static CommandLine commandLine() {
        return commandLine(() -> { });
    }

    private static CommandLine commandLine(final Runnable failed) {
        final CommandLine commandLine = new CommandLine(new Weir());
        final Failures failures = new Failures(failed);
        commandLine.setParameterExceptionHandler(failures);
        commandLine.setExecutionExceptionHandler(failures);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setAbbreviatedSubcommandsAllowed(false);
        commandLine.setUsageHelpAutoWidth(true);
        return commandLine;
    }

    /** Version from the jar's manifest. */
    static String version() {
        final String version = Weir.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }

    @Override
    public void run() {
        final PrintWriter err = spec.commandLine().getErr();
        spec.commandLine().usage(err);
        throw new ParameterException(spec.commandLine(), "no command given");
    }

    /** What {@code --version} prints. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {
                "weir " + version(),
                "Java " + Runtime.version() + ", " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
            };
        }
    }
}
