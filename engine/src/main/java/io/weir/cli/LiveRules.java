package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Settings;
import io.weir.engine.EngineContext;
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
import java.util.concurrent.TimeUnit;

/**
 * The rules of one run: loaded from the files of a configuration, in force in an engine, and reloaded from the same
 * files on request. What is wrong with them is told; what is wrong with a reload leaves the rules that are in force.
 */
final class LiveRules implements AutoCloseable {
    private final Configuration configuration;
    private final PrintWriter err;
    private final RuleCompiler compiler;
    private final ActiveRules active;
    private Hangup hangup;

    private LiveRules(final Configuration configuration, final PrintWriter err) {
        this.configuration = configuration;
        this.err = err;
        try {
            compiler = new RuleCompiler(PatternLibrary.choose(matcher(configuration)));
        } catch (final PatternException e) {
            throw CommandException.usage("rules.matcher: " + e.getMessage());
        }
        final LoadedRules loaded = new RuleFiles(configuration).load();
        RuleFaults.tell(loaded, err);
        active = new ActiveRules(compile(loaded.rules()));
    }

    /** The rules that a configuration names, or null if it names none. */
    static LiveRules of(final Configuration configuration, final PrintWriter err) {
        return new RuleFiles(configuration).isEmpty() ? null : new LiveRules(configuration, err);
    }

    private static PatternLibrary.Choice matcher(final Configuration configuration) {
        return switch (configuration.get(Settings.MATCHER)) {
            case "hyperscan" -> PatternLibrary.Choice.HYPERSCAN;
            case "java" -> PatternLibrary.Choice.JAVA;
            default -> PatternLibrary.Choice.AUTO;
        };
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

    /** From now on SIGHUP reloads them, until they are closed. */
    void reloadOnHangup() {
        hangup = Hangup.reloads(this::reload);
    }

    /** The word, in UTF-8, of a label with this number. */
    byte[] label(final int number) {
        return active.current().names().name(number);
    }

    /** True if one of the rules in force captures. */
    boolean captures() {
        return active.current().captures();
    }

    /**
     * Loads the files again and puts them in force, while the engine goes on. Any thread, one at a time.
     *
     * @return false if the files cannot be used: then nothing has changed
     */
    synchronized boolean reload() {
        final long beginNs = System.nanoTime();
        try {
            final LoadedRules loaded = new RuleFiles(configuration).load();
            RuleFaults.tell(loaded, err);
            final RuleSet next = compile(loaded.rules());
            final RuleSet before = active.current();
            final long bytes = next.nativeBytes() + next.heapBytes();
            final long bytesBefore = before.nativeBytes() + before.heapBytes();
            active.replace(next);
            err.println(String.format(Locale.ROOT,
                "weir: rules reloaded: %d rules in %d ms, %.1f MiB, beside %.1f MiB of those before while streams use "
                    + "them",
                next.size(), TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs), mib(bytes), mib(bytesBefore)));
            return true;
        } catch (final CommandException e) {
            e.getMessage().lines().forEach(line -> err.println("weir: " + line));
            err.println("weir: rules not reloaded; those in force stay");
            return false;
        }
    }

    private RuleSet compile(final List<Rule> rules) {
        try {
            return compiler.compile(rules, (rule, reason) -> RuleFaults.tell(rule, reason, err));
        } catch (final PatternException e) {
            throw CommandException.usage("rules cannot be compiled: " + e.getMessage());
        }
    }

    private static double mib(final long bytes) {
        return bytes / 1048576.0;
    }

    @Override
    public void close() {
        if (hangup != null) {
            hangup.close();
        }
        active.close();
    }
}
