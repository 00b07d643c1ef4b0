package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.lookup.ReputationFiles;
import io.weir.rule.lookup.SuffixList;
import io.weir.rule.match.PublicSuffixes;
import io.weir.rule.match.Reputations;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.pattern.PatternException;
import io.weir.rule.pattern.PatternLibrary;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import io.weir.rule.signature.ThresholdFile;
import io.weir.rule.yaml.YamlContext;
import io.weir.rule.yaml.YamlRules;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds and loads the rule files that a configuration names. */
final class RuleFiles {
    private static final List<String> ENDINGS = List.of(".rules", ".yaml", ".yml");

    private final Configuration configuration;

    RuleFiles(final Configuration configuration) {
        this.configuration = configuration;
    }

    /** True if there are any. */
    boolean isEmpty() {
        return configuration.get(Settings.RULES).isEmpty();
    }

    /** Loads all of them as one set; faults are told in it. */
    LoadedRules load() {
        final List<Path> files = new ArrayList<>();
        for (final String name : configuration.get(Settings.RULES)) {
            files.addAll(filesOf(Path.of(name)));
        }
        return load(files);
    }

    /** Loads these: those that end in {@code .yaml} or {@code .yml} as YAML, all others as signatures. */
    LoadedRules load(final List<Path> files) {
        final Map<Boolean, List<Path>> byLanguage =
            files.stream().collect(Collectors.partitioningBy(RuleFiles::isYaml));
        try {
            final SignatureContext context = signatures();
            final LoadedRules signatures = byLanguage.get(false).isEmpty() ? LoadedRules.NONE
                : new SignatureLoader(context).load(byLanguage.get(false).toArray(Path[]::new));
            final LoadedRules loaded = byLanguage.get(true).isEmpty() ? signatures
                : signatures.with(YamlRules.load(byLanguage.get(true), yaml()));
            final String thresholds = configuration.get(Settings.THRESHOLDS);
            return thresholds.isEmpty() ? loaded : new ThresholdFile(context).apply(loaded, Path.of(thresholds));
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    /** A compiler with the matcher that the configuration names, and no rules yet. */
    RuleCompiler compiler() {
        final PatternLibrary.Choice choice = switch (configuration.get(Settings.MATCHER)) {
            case "hyperscan" -> PatternLibrary.Choice.HYPERSCAN;
            case "java" -> PatternLibrary.Choice.JAVA;
            default -> PatternLibrary.Choice.AUTO;
        };
        try {
            return new RuleCompiler(PatternLibrary.choose(choice));
        } catch (final PatternException e) {
            throw CommandException.usage("rules.matcher: " + e.getMessage());
        }
    }

    /** What was loaded, without the rules that cannot be compiled; why is told in it. */
    LoadedRules compilable(final LoadedRules loaded) {
        final List<Rule> rules = new ArrayList<>(loaded.rules());
        final List<RuleFault> faults = new ArrayList<>(loaded.faults());
        try {
            compiler().reputations(reputations()).suffixes(suffixes()).compile(loaded.rules(), (rule, reason) -> {
                rules.remove(rule);
                faults.add(RuleFaults.of(rule, reason));
            }).close();
        } catch (final PatternException e) {
            throw CommandException.usage("rules cannot be compiled: " + e.getMessage());
        }
        return new LoadedRules(rules, faults, loaded.written(), loaded.disabled());
    }

    /** What the configuration says of addresses. */
    Reputations reputations() {
        final String categories = configuration.get(Settings.REPUTATION_CATEGORIES);
        final List<String> files = configuration.get(Settings.REPUTATIONS);
        if (categories.isEmpty() && files.isEmpty()) {
            return Reputations.NONE;
        }
        if (categories.isEmpty()) {
            throw CommandException.usage("rules.reputations.categories is missing: it names what rules ask");
        }
        try {
            return ReputationFiles.read(Path.of(categories), files.stream().map(Path::of).toList());
        } catch (final IOException e) {
            throw unreadable(e);
        } catch (final IllegalArgumentException e) {
            throw CommandException.usage("rules.reputations: " + e.getMessage());
        }
    }

    /** What the configuration says of the ends of names. */
    PublicSuffixes suffixes() {
        final String file = configuration.get(Settings.PUBLIC_SUFFIXES);
        try {
            return file.isEmpty() ? PublicSuffixes.NONE : SuffixList.read(Path.of(file));
        } catch (final IOException e) {
            throw unreadable(e);
        } catch (final IllegalArgumentException e) {
            throw CommandException.usage("rules.public-suffixes: " + e.getMessage());
        }
    }

    /** True if a file is taken for YAML. */
    static boolean isYaml(final Path file) {
        return lower(file).endsWith(".yaml") || lower(file).endsWith(".yml");
    }

    private YamlContext yaml() {
        return new YamlContext(LocalDate.now(ZoneOffset.UTC))
            .applications(new ContextFactory(configuration).applications());
    }

    /** A file itself, or the rule files in a directory, by name. */
    static List<Path> filesOf(final Path path) {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(file -> ENDINGS.stream().anyMatch(lower(file)::endsWith)).sorted().toList();
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    private static String lower(final Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private SignatureContext signatures() throws IOException {
        final SignatureContext context = new SignatureContext();
        for (final Map.Entry<String, String> variable : configuration.get(Settings.RULE_VARIABLES).entrySet()) {
            if (variable.getKey().contains("PORTS")) {
                context.port(variable.getKey(), variable.getValue());
            } else {
                context.address(variable.getKey(), variable.getValue());
            }
        }
        if (!configuration.get(Settings.CLASSIFICATIONS).isEmpty()) {
            context.classifications(Path.of(configuration.get(Settings.CLASSIFICATIONS)));
        }
        if (!configuration.get(Settings.REFERENCES).isEmpty()) {
            context.references(Path.of(configuration.get(Settings.REFERENCES)));
        }
        return context;
    }

    private static CommandException unreadable(final IOException e) {
        final String reason = e instanceof NoSuchFileException ? "no such file"
            : e instanceof AccessDeniedException ? "permission denied" : e.getMessage();
        final String file = e instanceof java.nio.file.FileSystemException failure ? failure.getFile() + ": " : "";
        return CommandException.usage(file + reason);
    }
}
