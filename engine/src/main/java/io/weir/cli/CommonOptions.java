package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.ConfigurationException;
import io.weir.cli.config.ConfigurationReader;
import io.weir.cli.config.Settings;
import io.weir.engine.EngineContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** Options that {@code read} and {@code run} share. */
final class CommonOptions {
    @Option(names = {"-c", "--config"}, paramLabel = "FILE", description = "Configuration; see config/weir.yaml.")
    private Path configurationFile;

    @Option(names = {"-o", "--output"}, paramLabel = "DIR",
        description = "Directory for eve.json, summary.json and latency.hlog; created if missing.")
    private Path directory;

    @Option(names = {"-f", "--filter"}, paramLabel = "FILTER",
        description = "Only frames that match this expression, as of pcap-filter(7).")
    private String filter;

    @Option(names = {"-w", "--workers"}, paramLabel = "WORKERS",
        description = "Threads that inspect; with 1, the default, capture and inspection share a thread.")
    private Integer workers;

    @Option(names = {"-r", "--rules"}, paramLabel = "RULES",
        description = "Rule files, YAML or signatures in Suricata's syntax, or a directory of them; beside those of "
            + "the configuration. May be given several times.")
    private List<Path> rules = List.of();

    @Option(names = {"-q", "--quiet"}, description = "No progress and no table at the end.")
    private boolean quiet;

    @SuppressWarnings("unused")
    @Option(names = {"-h", "--help"}, usageHelp = true, description = "Show this help.")
    private boolean help;

    /** The configuration file's values, or the defaults, with the rule files of the command line added. */
    Configuration configuration() {
        final Configuration configuration = fromFile();
        if (rules.isEmpty()) {
            return configuration;
        }
        final List<String> files = new ArrayList<>(configuration.get(Settings.RULES));
        rules.forEach(file -> files.add(file.toString()));
        return configuration.with(Settings.RULES, List.copyOf(files));
    }

    private Configuration fromFile() {
        if (configurationFile == null) {
            return Configuration.defaults();
        }
        try {
            return ConfigurationReader.read(configurationFile);
        } catch (final ConfigurationException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    /** The configuration file as it was named, or what stands for it. */
    String configurationName() {
        return configurationFile == null ? "the default configuration" : configurationFile.toString();
    }

    Path directory() {
        return directory;
    }

    String filter(final Configuration configuration) {
        return (filter == null ? configuration.get(Settings.FILTER) : filter).strip();
    }

    int workers(final Configuration configuration) {
        if (workers != null && (workers < 1 || workers > EngineContext.MAX_WORKERS)) {
            throw CommandException.usage("-w " + workers + ": 1 to " + EngineContext.MAX_WORKERS + " workers");
        }
        return workers == null ? configuration.get(Settings.WORKERS) : workers;
    }

    boolean quiet() {
        return quiet;
    }
}
