package io.weir.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code weir rules}: looks at rule files without running them. */
@Command(
    name = "rules",
    header = "Check, list, explain and reload rules.",
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    footerHeading = "%nExamples:%n",
    footer = {
        "  weir rules check rules/ emerging.rules    what is wrong, with its place",
        "  weir rules list --json rules/             what is loaded",
        "  weir rules explain 2010935 -r emerging.rules trace.pcapng",
        "                                            which condition stopped a rule, and where",
        "  weir rules keywords                       what signatures may ask"
    },
    subcommands = {
        RulesCheckCommand.class,
        RulesListCommand.class,
        RulesExplainCommand.class,
        RulesKeywordsCommand.class,
        RulesReloadCommand.class
    })
final class RulesCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getErr());
        throw new ParameterException(spec.commandLine(), "no command given");
    }
}
