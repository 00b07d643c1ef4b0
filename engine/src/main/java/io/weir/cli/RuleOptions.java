package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.ConfigurationException;
import io.weir.cli.config.ConfigurationReader;
import io.weir.rule.model.LoadedRules;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands that look at rule files share. */
final class RuleOptions {
    @Option(names = {"-c", "--config"}, paramLabel = "FILE",
        description = "Configuration with variables and classes of signatures; see config/weir.yaml.")
    private Path configurationFile;

    @Option(names = "--json", description = "One JSON object for each line.")
    private boolean json;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    @Parameters(paramLabel = "FILE", arity = "0..*",
        description = "Rule files or directories of them; those of the configuration if none is named.")
    private List<Path> files = List.of();

    boolean json() {
        return json;
    }

    /** What the configuration says of rules. */
    RuleFiles rules() {
        return new RuleFiles(configuration());
    }

    /** The rules of the files that were named, or of those the configuration names. */
    LoadedRules load() {
        return load(rules());
    }

    /** The same, with what the configuration says. */
    LoadedRules load(final RuleFiles rules) {
        if (!files.isEmpty()) {
            return rules.load(files.stream().flatMap(file -> RuleFiles.filesOf(file).stream()).toList());
        }
        if (rules.isEmpty()) {
            throw CommandException.usage("no rule files: name some, or a configuration that does (-c)");
        }
        return rules.load();
    }

    private Configuration configuration() {
        try {
            return configurationFile == null ? Configuration.defaults() : ConfigurationReader.read(configurationFile);
        } catch (final ConfigurationException e) {
            throw CommandException.usage(e.getMessage());
        }
    }
}
