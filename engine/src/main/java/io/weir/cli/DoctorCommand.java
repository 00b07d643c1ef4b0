package io.weir.cli;

import io.weir.capture.NetworkInterfaces;
import io.weir.cli.config.Configuration;
import io.weir.cli.config.ConfigurationException;
import io.weir.cli.config.ConfigurationReader;
import io.weir.cli.config.Settings;
import io.weir.cli.doctor.BackEndCheck;
import io.weir.cli.doctor.Check;
import io.weir.cli.doctor.CpuCheck;
import io.weir.cli.doctor.DiskCheck;
import io.weir.cli.doctor.Finding;
import io.weir.cli.doctor.Findings;
import io.weir.cli.doctor.InterfaceCheck;
import io.weir.cli.doctor.KernelCheck;
import io.weir.cli.doctor.Level;
import io.weir.cli.doctor.LibraryCheck;
import io.weir.cli.doctor.Machine;
import io.weir.cli.doctor.MemoryCheck;
import io.weir.cli.doctor.Plan;
import io.weir.cli.doctor.PrivilegeCheck;
import io.weir.cli.doctor.QueueCheck;
import io.weir.cli.doctor.TimeCheck;
import io.weir.output.PrintableText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir doctor}: is this machine set up for the job. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    header = "Say whether this machine is set up for capturing, and how to mend what is not.",
    description = {
        "",
        "Looks at NICs, queues, CPUs, memory, the kernel, privileges, disk and clocks; changes nothing (with -o a file "
            + "of 32 MiB is written and removed). Each finding says why it matters and which command mends it. Exit "
            + "status 1 if something should be mended, 3 if an interface or the privilege to capture is missing.",
        ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir doctor -i eth0                           is eth0 fit for 'weir run'?",
        "  weir doctor -c /etc/weir/weir.yaml -o /var/log/weir",
        "  weir doctor --json | jq '.findings[] | select(.level == \"problem\")'"
    })
final class DoctorCommand implements Callable<Integer> {
    private static final String INDENT = "            ";

    @Spec
    private CommandSpec spec;

    @Option(names = {"-c", "--config"}, paramLabel = "FILE", description = "Configuration that is going to be used.")
    private Path configurationFile;

    @Option(names = {"-i", "--interface"}, paramLabel = "IF",
        description = "Interface to capture from; may be repeated. Without it, those of the configuration, else all "
            + "that are up.")
    private List<String> interfaces = List.of();

    @Option(names = {"-o", "--output"}, paramLabel = "DIR", description = "Directory that records will go to.")
    private Path output;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        final Configuration configuration = configuration();
        final List<NetworkInterfaces.Entry> entries = NetworkInterfaces.list();
        final Plan plan = Plan.of(configuration, interfaces(configuration, entries), output);
        final Machine machine = new Machine(Path.of("/"));
        final Findings findings = new Findings();
        for (final Check check : List.of(new InterfaceCheck(entries), new BackEndCheck(entries, configuration),
            new QueueCheck(), new CpuCheck(), new MemoryCheck(Runtime.getRuntime().maxMemory()), new KernelCheck(),
            new PrivilegeCheck(), new DiskCheck(), new TimeCheck(), new LibraryCheck())) {
            check.look(machine, plan, findings);
        }
        final PrintWriter out = spec.commandLine().getOut();
        out.print(json ? toJson(findings) : toText(findings, Terminal.wantsColour()));
        out.flush();
        return status(plan, entries, findings);
    }

    private Configuration configuration() {
        try {
            return configurationFile == null ? Configuration.defaults() : ConfigurationReader.read(configurationFile);
        } catch (final ConfigurationException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    private List<String> interfaces(final Configuration configuration, final List<NetworkInterfaces.Entry> entries) {
        final List<String> named = interfaces.isEmpty() ? configuration.get(Settings.INTERFACES) : interfaces;
        return !named.isEmpty() ? named : entries.stream().filter(entry -> entry.up() && !entry.loopback())
            .map(NetworkInterfaces.Entry::name).toList();
    }

    private static int status(final Plan plan, final List<NetworkInterfaces.Entry> entries, final Findings findings) {
        final boolean present = plan.interfaces().stream()
            .allMatch(name -> entries.stream().anyMatch(entry -> entry.name().equals(name)));
        final boolean allowed = findings.all().stream()
            .noneMatch(finding -> "privilege".equals(finding.topic()) && finding.level() == Level.PROBLEM);
        if (!present || !allowed) {
            return ExitStatus.DEVICE;
        }
        return findings.all().stream().anyMatch(finding -> finding.level().isFault())
            ? ExitStatus.IMPAIRED : ExitStatus.DONE;
    }

    static String toText(final Findings findings, final boolean colour) {
        final StringBuilder text = new StringBuilder();
        String topic = "";
        for (final Finding finding : findings.all()) {
            if (!finding.topic().equals(topic)) {
                topic = finding.topic();
                text.append(text.isEmpty() ? "" : "\n").append(PrintableText.of(topic)).append('\n');
            }
            text.append("  ").append(level(finding.level(), colour)).append(PrintableText.of(finding.what()))
                .append('\n');
            if (!finding.why().isEmpty()) {
                text.append(INDENT).append(PrintableText.of(finding.why())).append('\n');
            }
            if (!finding.command().isEmpty()) {
                text.append(INDENT).append("-> ").append(PrintableText.of(finding.command())).append('\n');
            }
        }
        final long problems = findings.count(Level.PROBLEM);
        final long warnings = findings.count(Level.WARNING);
        return text.append('\n').append(problems == 0 && warnings == 0 ? "nothing has to be mended\n"
            : count(problems, "problem") + ", " + count(warnings, "warning") + "\n").toString();
    }

    private static String count(final long number, final String word) {
        return number + " " + word + (number == 1 ? "" : "s");
    }

    private static String level(final Level level, final boolean colour) {
        final String word = String.format("%-10s", level.word());
        final String code = switch (level) {
            case OK -> "32";
            case NOTE -> "36";
            case WARNING -> "33";
            case PROBLEM -> "1;31";
        };
        return colour ? "\u001b[" + code + "m" + word + "\u001b[0m" : word;
    }

    static String toJson(final Findings findings) throws IOException {
        return JsonLine.of(generator -> {
            generator.writeNumberField("problems", findings.count(Level.PROBLEM));
            generator.writeNumberField("warnings", findings.count(Level.WARNING));
            generator.writeArrayFieldStart("findings");
            for (final Finding finding : findings.all()) {
                generator.writeStartObject();
                generator.writeStringField("topic", finding.topic());
                generator.writeStringField("level", finding.level().word());
                generator.writeStringField("what", finding.what());
                if (!finding.why().isEmpty()) {
                    generator.writeStringField("why", finding.why());
                }
                if (!finding.command().isEmpty()) {
                    generator.writeStringField("command", finding.command());
                }
                generator.writeEndObject();
            }
            generator.writeEndArray();
        }) + '\n';
    }
}
