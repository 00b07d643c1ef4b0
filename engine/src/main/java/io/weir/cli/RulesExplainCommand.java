package io.weir.cli;

import io.weir.capture.FrameSource;
import io.weir.capture.file.FileTrace;
import io.weir.cli.config.Configuration;
import io.weir.engine.Engine;
import io.weir.engine.EngineContext;
import io.weir.output.PrintableText;
import io.weir.rule.alert.AlertContext;
import io.weir.rule.alert.AlertWriter;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.explain.Setters;
import io.weir.rule.explain.Stage;
import io.weir.rule.explain.Stages;
import io.weir.rule.model.Action;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code weir rules explain}: says, condition by condition, why a rule does or does not match a capture. */
@Command(
    name = "explain",
    header = "Say why a rule does or does not match a capture.",
    description = {
        "",
        "Cuts the rule into its conditions and asks them one after the other: for each, how often all up to it held, "
            + "and on which frames first. The first that never held is what stopped the rule; the bytes are those "
            + "that came furthest.",
        ""
    },
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir rules explain 2010935 -r emerging.rules trace.pcapng",
        "  weir rules explain 1000003 -r rules/ -c weir.yaml trace.pcap.gz"
    })
final class RulesExplainCommand implements Callable<Integer> {
    private static final int SHOWN_BYTES = 256;
    private static final int LINE_BYTES = 16;

    @Spec
    private CommandSpec spec;

    @Mixin
    private CommonOptions common;

    @Parameters(index = "0", paramLabel = "ID", description = "Identifier of the rule: sid, or gid:sid.")
    private String id;

    @Parameters(index = "1..*", arity = "1..*", paramLabel = "CAPTURE", description = "Capture files.")
    private List<Path> captures;

    @Option(names = "--frames", paramLabel = "COUNT", defaultValue = "5",
        description = "Frames named for each condition; 5 unless said otherwise.")
    private int frames;

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Configuration configuration = common.configuration();
        final List<Rule> loaded = load(configuration);
        final Rule rule = find(loaded);
        final List<Stage> stages = Stages.of(rule);
        final StageMatches matches = new StageMatches(stages.size(), Math.max(1, frames), SHOWN_BYTES);
        final List<Rule> rules = new ArrayList<>(Setters.of(rule, loaded));
        stages.forEach(stage -> rules.add(stage.rule()));
        run(configuration, rule, rules, matches);
        print(rule, stages, matches, spec.commandLine().getOut());
        return ExitStatus.DONE;
    }

    private static List<Rule> load(final Configuration configuration) {
        final RuleFiles files = new RuleFiles(configuration);
        if (files.isEmpty()) {
            throw CommandException.usage("no rule files: name them with -r, or a configuration that does with -c");
        }
        return files.load().rules();
    }

    private Rule find(final List<Rule> loaded) {
        return loaded.stream().filter(rule -> rule.id().toString().equals(id)).findFirst()
            .orElseThrow(() -> CommandException.usage("no rule " + id
                + " is loaded; 'weir rules list' shows those that are, 'weir rules check' why others are not"));
    }

    private void run(final Configuration configuration, final Rule rule, final List<Rule> rules,
        final StageMatches matches) throws IOException, InterruptedException {
        final RuleSet set = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA))
            .compile(rules, (refused, reason) -> {
                if (refused.action() != Action.SILENT) {
                    throw CommandException.usage(RuleFaults.of(rule, reason).toString());
                }
            });
        final AlertContext alerts = new AlertContext().payload(true).conclude();
        final ContextFactory contexts = new ContextFactory(configuration);
        try (ActiveRules active = new ActiveRules(set);
            FrameSource source = CaptureInputs.open(FileTrace.of(captures),
                common.filter(configuration), 1)) {
            final EngineContext context = contexts.engine(1, false).source(source).latency(false).output(matches)
                .rules(active, (worker, flows, classifier, events, counters) ->
                    new AlertWriter(alerts, flows, classifier, events, counters));
            try (Engine engine = new Engine(context.conclude())) {
                engine.start();
                while (!engine.await(TimeUnit.SECONDS.toNanos(1))) {
                    if (Termination.isRequested()) {
                        engine.stop();
                    }
                }
            }
        }
    }

    private static void print(final Rule rule, final List<Stage> stages, final StageMatches matches,
        final PrintWriter out) {
        out.println(PrintableText.of("rule " + rule.id() + ", " + rule.origin().file() + ":" + rule.origin().line()
            + ": " + rule.metadata().message()));
        int furthest = -1;
        boolean stopped = false;
        for (int i = 0; i < stages.size(); i++) {
            final long count = matches.count(i);
            final String mark = count > 0 ? "  held  " : stopped ? "        " : "  NEVER ";
            out.println(PrintableText.of(mark + stages.get(i).text()
                + (count > 0 ? ": " + count + (count == 1 ? " time" : " times") + ", " + matches.where(i) : "")));
            stopped |= count == 0;
            furthest = count > 0 && !stopped ? i : furthest;
        }
        if (!stopped) {
            out.println("the rule matches" + (rule.acrossFlows().isEmpty() ? ""
                : "; whether that alerts is decided by thresholds or other flows, which are left out here"));
        } else if (furthest < 0) {
            out.println("no frame is of the traffic that the rule's header names");
        }
        if (furthest >= 0 && isOfPayload(stages, furthest)) {
            bytes(matches, furthest, out);
        }
        out.flush();
    }

    /** True if the stage, or the one that never held behind it, looks at payload, so that its bytes say something. */
    private static boolean isOfPayload(final List<Stage> stages, final int furthest) {
        return stages.get(furthest).isOfPayload()
            || furthest + 1 < stages.size() && stages.get(furthest + 1).isOfPayload();
    }

    private static void bytes(final StageMatches matches, final int stage, final PrintWriter out) {
        final byte[] bytes = matches.bytes(stage);
        if (bytes.length > 0) {
            out.println("bytes asked there, " + matches.firstPlace(stage) + ":");
        }
        for (int from = 0; from < bytes.length; from += LINE_BYTES) {
            final StringBuilder hex = new StringBuilder();
            final StringBuilder text = new StringBuilder();
            for (int i = from; i < Math.min(bytes.length, from + LINE_BYTES); i++) {
                hex.append(String.format(Locale.ROOT, "%02x ", bytes[i]));
                text.append(bytes[i] >= ' ' && bytes[i] <= '~' ? (char) bytes[i] : '.');
            }
            out.println(String.format(Locale.ROOT, "  %04x  %-48s %s", from, hex, text));
        }
    }
}
