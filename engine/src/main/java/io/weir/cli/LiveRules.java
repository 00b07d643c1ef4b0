package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.EngineContext;
import io.weir.output.PrintableText;
import io.weir.rule.action.ActionContext;
import io.weir.rule.alert.AlertContext;
import io.weir.rule.alert.AlertWriter;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.detect.ActiveRules;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.pattern.PatternException;
import io.weir.rule.pattern.PatternLibrary;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The rules of one run: loaded from the files of a configuration, in force in an engine, and replaced on request. What
 * is wrong with them is told.
 */
final class LiveRules implements AutoCloseable {
    private final Configuration configuration;
    private final PrintWriter err;
    private final ActiveRules active;
    private RuleCompiler compiler;

    private LiveRules(final Configuration configuration, final PrintWriter err, final ActiveRules active) {
        this.configuration = configuration;
        this.err = err;
        this.active = active == null ? new ActiveRules(prepare(configuration)) : active;
    }

    /** The rules that a configuration names; there may be none yet. */
    static LiveRules of(final Configuration configuration, final PrintWriter err) {
        return new LiveRules(configuration, err, null);
    }

    /** The same, with no rule in force until they are {@link #prepare prepared} and {@link #replace put in force}. */
    static LiveRules later(final Configuration configuration, final PrintWriter err) {
        return new LiveRules(configuration, err, new ActiveRules(none(), isAny(configuration)));
    }

    /** True if a configuration names rules. */
    static boolean isAny(final Configuration configuration) {
        return !new RuleFiles(configuration).isEmpty();
    }

    private static RuleSet none() {
        return new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA)).compile(List.of());
    }

    private RuleCompiler compiler() {
        if (compiler == null) {
            compiler = new RuleFiles(configuration).compiler();
        }
        return compiler;
    }

    /** Puts them into an engine that is about to be made. */
    void attach(final EngineContext engine) {
        final AlertContext alerts = new AlertContext()
            .payload(configuration.get(Settings.ALERT_PAYLOAD))
            .payloadBytes((int) (long) configuration.get(Settings.ALERT_PAYLOAD_BYTES))
            .packet(configuration.get(Settings.ALERT_PACKET))
            .actions(new ActionContext().memory(configuration.get(Settings.CAPTURE_MEMORY))
                .bytesPerFlow(configuration.get(Settings.CAPTURE_FLOW_BYTES)))
            .conclude();
        engine.rules(active, (worker, flows, classifier, events, counters) ->
                new AlertWriter(alerts, flows, classifier, events, counters))
            .ruleStates(configuration.get(Settings.RULE_STATES));
    }

    /** The word, in UTF-8, of a label with this number. */
    byte[] label(final int number) {
        return active.current().names().name(number);
    }

    /** True if one of the rules in force changes a data set. */
    boolean changeDatasets() {
        return active.current().changesDatasets();
    }

    /** True if one of the rules in force captures. */
    boolean captures() {
        return active.current().captures();
    }

    /**
     * Loads the files that a configuration names and compiles what is in them, while the engine goes on.
     *
     * @throws CommandException if they cannot be used; nothing has changed then
     */
    synchronized RuleSet prepare(final Configuration next) {
        if (!isAny(next)) {
            return none();
        }
        final RuleFiles files = new RuleFiles(next);
        final LoadedRules loaded = files.load();
        RuleFaults.tell(loaded, err);
        compiler().reputations(files.reputations()).suffixes(files.suffixes());
        return compile(loaded.rules());
    }

    /** Puts prepared rules in force, and says in one line what they are. Any thread, one at a time. */
    String replace(final RuleSet next) {
        final RuleSet before = active.current();
        final long bytes = next.nativeBytes() + next.heapBytes();
        final long bytesBefore = before.nativeBytes() + before.heapBytes();
        active.replace(next);
        saveDatasets();
        if (next.size() == 0 && before.size() == 0) {
            return "no rules";
        }
        return String.format(Locale.ROOT,
            "%d %s, %.1f MiB, beside %.1f MiB of those before while streams use them",
            next.size(), next.size() == 1 ? "rule" : "rules", mib(bytes), mib(bytesBefore));
    }

    private RuleSet compile(final List<Rule> rules) {
        try {
            return compiler().compile(rules, (rule, reason) -> RuleFaults.tell(rule, reason, err));
        } catch (final PatternException e) {
            throw CommandException.usage("rules cannot be compiled: " + e.getMessage());
        }
    }

    /** True while rules are being loaded that are to be put in force. */
    boolean areAwaited() {
        return active.isAwaited();
    }

    private static double mib(final long bytes) {
        return bytes / 1048576.0;
    }

    /** How many rules are in force. */
    int size() {
        return active.current().size();
    }

    private void saveDatasets() {
        if (compiler != null) {
            compiler.saveDatasets().forEach(fault -> err.println("weir: " + PrintableText.of(fault)));
        }
    }

    /** Writes data sets to their files, and frees the rules. The engine has ended. */
    @Override
    public void close() {
        saveDatasets();
        active.close();
    }
}
