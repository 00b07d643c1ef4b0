package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.rule.signature.LoadedRules;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    /** Loads these. */
    LoadedRules load(final List<Path> files) {
        try {
            return new SignatureLoader(signatures()).load(files.toArray(Path[]::new));
        } catch (final IOException e) {
            throw unreadable(e);
        }
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
