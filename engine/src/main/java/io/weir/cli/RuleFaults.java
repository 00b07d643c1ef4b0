package io.weir.cli;

import io.weir.output.PrintableText;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says what is wrong with rule files that are about to run. */
final class RuleFaults {
    /** Faults of one file that are shown where nobody asks for more. */
    static final int SHOWN = 20;
    /** Errors that are told one by one; 'weir rules check' tells all. */
    private static final int TOLD = 5;

    private RuleFaults() {
    }

    /**
     * Faults for people, a line each, by file; of each file the first ones, and how many more there are.
     *
     * @param more how to see the others
     */
    static List<String> lines(final List<RuleFault> faults, final int shown, final String more) {
        final Map<String, List<RuleFault>> byFile = faults.stream()
            .collect(Collectors.groupingBy(RuleFault::file, LinkedHashMap::new, Collectors.toList()));
        final List<String> lines = new ArrayList<>();
        byFile.forEach((file, all) -> {
            all.stream().limit(shown).forEach(fault -> lines.add(PrintableText.of(fault.toString())));
            if (all.size() > shown) {
                final List<RuleFault> left = all.subList(shown, all.size());
                lines.add(PrintableText.of(file + ": and " + left.size() + " more (" + Stream.of(Severity.values())
                    .filter(severity -> left.stream().anyMatch(fault -> fault.severity() == severity))
                    .map(severity -> severity.word() + " "
                        + left.stream().filter(fault -> fault.severity() == severity).count())
                    .collect(Collectors.joining(", ")) + "); " + more));
            }
        });
        return lines;
    }

    /**
     * Tells the first errors, and how many rules run if not all do.
     *
     * @throws CommandException with the first of each file, if one is in a YAML file: what its owner has written must
     *     not run in half, while signatures come from others, and one that is wrong leaves the rest
     */
    static void tell(final LoadedRules loaded, final PrintWriter err) {
        final String fatal = String.join("\n", lines(loaded.faults().stream()
            .filter(fault -> fault.severity() == Severity.ERROR && RuleFiles.isYaml(Path.of(fault.file()))).toList(),
            SHOWN, "'weir rules check --all' shows them"));
        if (!fatal.isEmpty()) {
            throw CommandException.usage(fatal);
        }
        int told = 0;
        for (final RuleFault fault : loaded.faults()) {
            if (fault.severity() == Severity.ERROR && told++ < TOLD) {
                err.println("weir: " + PrintableText.of(fault.toString()));
            }
        }
        if (loaded.rules().size() < loaded.written()) {
            err.println("weir: " + summary(loaded) + "; 'weir rules check' says more");
        }
    }

    /** Tells of a rule that is left out. */
    static void tell(final Rule rule, final String reason, final PrintWriter err) {
        err.println("weir: " + PrintableText.of(of(rule, reason).toString()));
    }

    /** A rule that cannot be compiled, by its origin: a list that it names cannot be read, for one. */
    static RuleFault of(final Rule rule, final String reason) {
        final Origin origin = rule.origin();
        return new RuleFault(origin.file(), origin.line(), origin.column(), Severity.ERROR, "",
            "rule " + rule.id() + " is left out: " + reason, null);
    }

    /** How many rules of files are loaded, and why not the others; one line. */
    static String summary(final LoadedRules loaded) {
        final StringBuilder text = new StringBuilder();
        text.append(loaded.rules().size()).append(" of ").append(loaded.written()).append(" rules loaded");
        final int errors = loaded.count(Severity.ERROR);
        if (errors > 0) {
            text.append(", ").append(errors).append(" with errors");
        }
        final int unsupported = loaded.count(Severity.UNSUPPORTED);
        if (unsupported > 0) {
            text.append(", ").append(unsupported).append(" not supported (")
                .append(loaded.unsupported().entrySet().stream()
                    .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                    .map(entry -> entry.getKey() + " " + entry.getValue()).collect(Collectors.joining(", ")))
                .append(')');
        }
        if (loaded.disabled() > 0) {
            text.append(", ").append(loaded.disabled()).append(" disabled");
        }
        return text.toString();
    }
}
