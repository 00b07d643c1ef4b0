package io.weir.cli;

import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import io.weir.rule.model.UnsetBits;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code weir rules check}: says everything that is wrong with rule files. */
@Command(
    name = "check",
    header = "Say what is wrong with rule files.",
    description = {
        "",
        "Prints each fault with file, line and column. An error leaves its rule out, and so does what is not "
            + "supported; a note does not. Of each file the first " + RuleFaults.SHOWN + " are printed, with --all or "
            + "--json all of them. Exit status 2 if there are errors.",
        ""
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir rules check rules/local.yaml",
        "  weir rules check -c weir.yaml --json emerging.rules"
    })
final class RulesCheckCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(names = "--all", description = "Print all faults of a file, not the first ones.")
    private boolean all;

    @Mixin
    private RuleOptions options;

    @Override
    public Integer call() throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final RuleFiles rules = options.rules();
        final LoadedRules loaded = rules.compilable(options.load(rules));
        final List<RuleFault> faults = new ArrayList<>(loaded.faults());
        faults.addAll(UnsetBits.notes(loaded.rules()));
        if (options.json()) {
            for (final RuleFault fault : faults) {
                out.println(toJson(fault));
            }
        } else {
            RuleFaults.lines(faults, all ? Integer.MAX_VALUE : RuleFaults.SHOWN, "--all shows them")
                .forEach(out::println);
            out.println(RuleFaults.summary(loaded));
        }
        out.flush();
        return loaded.count(Severity.ERROR) > 0 ? ExitStatus.USAGE : ExitStatus.DONE;
    }

    private static String toJson(final RuleFault fault) throws IOException {
        return JsonLine.of(json -> {
            json.writeStringField("file", fault.file());
            json.writeNumberField("line", fault.line());
            json.writeNumberField("column", fault.column());
            json.writeStringField("severity", fault.severity().word());
            json.writeStringField("keyword", fault.keyword());
            json.writeStringField("fault", fault.sentence());
            if (fault.nearest() != null) {
                json.writeStringField("nearest", fault.nearest());
            }
        });
    }
}
