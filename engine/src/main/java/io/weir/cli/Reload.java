package io.weir.cli;

import io.weir.cli.config.Configuration;
import io.weir.cli.config.Setting;
import io.weir.cli.config.Settings;
import io.weir.cli.service.OperationalLog;
import io.weir.cli.service.ServiceNotifier;
import io.weir.output.EveForm;
import io.weir.output.EveOutput;
import io.weir.protocol.application.ActiveApplications;
import io.weir.protocol.application.ApplicationFileException;
import io.weir.rule.compile.RuleSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Reads the configuration again while an engine runs: what can change then does, and what cannot is named. A file that
 * cannot be used changes nothing. Output files are opened anew in any case, for those who have moved them away.
 *
 * <p>One thread at a time.
 */
final class Reload implements Runnable {
    private static final Logger LOG = LogManager.getLogger(Reload.class);

    /** Rules are loaded anew whatever the settings say: their files may be others by now. */
    private static final Set<Setting<?>> RULES = Set.of(Settings.RULES, Settings.RULE_VARIABLES,
        Settings.CLASSIFICATIONS, Settings.REFERENCES, Settings.THRESHOLDS);
    private static final Set<Setting<?>> OUTPUTS = Set.of(Settings.FLOOD_RATE, Settings.COMMUNITY_ID_SEED,
        Settings.FULL_ADDRESSES, Settings.ETHERNET, Settings.NETFLOW, Settings.ANOMALIES,
        Settings.STATISTICS_INTERVAL);
    private static final Set<Setting<?>> LOGS = Set.of(Settings.LOG_LEVEL, Settings.LOG_PACKAGES);

    private final Supplier<Configuration> reader;
    private final LongConsumer statisticsInterval;
    private final ActiveApplications applications;
    private final LiveRules rules;
    private final EveOutput eve;
    private final Function<Configuration, EveForm> forms;
    private final ServiceNotifier notifier;
    private final ErrorHandler faults;
    private Configuration inForce;

    /**
     * Makes one.
     *
     * @param inForce what the engine was started with
     * @param reader  reads the configuration, or throws a {@link CommandException} that says what is wrong with it
     * @param applications that the engine knows
     * @param rules   of the engine
     * @param eve     its output, or null
     * @param forms   what records look like by a configuration
     * @param statisticsInterval takes the time between statistics records, in ns
     * @param faults  hears why a reload was not possible
     */
    Reload(final Configuration inForce, final Supplier<Configuration> reader, final ActiveApplications applications,
        final LiveRules rules, final EveOutput eve, final Function<Configuration, EveForm> forms,
        final LongConsumer statisticsInterval, final ServiceNotifier notifier, final ErrorHandler faults) {
        this.applications = applications;
        this.inForce = inForce;
        this.reader = reader;
        this.statisticsInterval = statisticsInterval;
        this.rules = rules;
        this.eve = eve;
        this.forms = forms;
        this.notifier = notifier;
        this.faults = faults;
    }

    /** True if a setting takes effect while the engine runs. */
    static boolean isLive(final Setting<?> setting) {
        return setting.equals(Settings.APPLICATIONS) || RULES.contains(setting) || OUTPUTS.contains(setting)
            || LOGS.contains(setting);
    }

    @Override
    public void run() {
        final long beginNs = System.nanoTime();
        notifier.reloading(beginNs);
        if (eve != null) {
            eve.reopen();
        }
        try {
            final Configuration next = reader.get();
            final RuleSet prepared = rules.prepare(next);
            try {
                replaceApplications(next);
            } catch (final CommandException e) {
                prepared.close();
                throw e;
            }
            final String now = rules.replace(prepared);
            apply(next);
            LOG.info("configuration reloaded in {} ms: {}",
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNs), now);
        } catch (final CommandException e) {
            faults.onError(e);
            e.getMessage().lines().forEach(line -> LOG.error("{}", line));
            LOG.error("configuration not reloaded; what is in force stays");
        } finally {
            notifier.reloaded();
        }
    }

    /** The file is read anew whatever the settings say; the table in the jar cannot have changed. */
    private void replaceApplications(final Configuration next) {
        if (inForce.get(Settings.APPLICATIONS).isEmpty() && next.get(Settings.APPLICATIONS).isEmpty()) {
            return;
        }
        try {
            applications.replace(new ContextFactory(next).applications());
        } catch (final ApplicationFileException e) {
            throw CommandException.usage(e.getMessage());
        }
    }

    private void apply(final Configuration next) {
        final List<Setting<?>> changed = new ArrayList<>(inForce.changes(next));
        if (eve != null && changed.stream().anyMatch(OUTPUTS::contains)) {
            eve.change(next.get(Settings.FLOOD_RATE), forms.apply(next));
        }
        statisticsInterval.accept(next.get(Settings.STATISTICS_INTERVAL));
        OperationalLog.levels(next);
        for (final Setting<?> setting : changed) {
            if (isLive(setting)) {
                LOG.info("{}: now {}", setting.path(), next.text(setting));
            } else {
                LOG.warn("{}: needs a restart: {} stays in force, not {}", setting.path(), inForce.text(setting),
                    next.text(setting));
            }
        }
        inForce = kept(next, changed);
    }

    /** What is in force now: the next reload names what still waits for a restart again. */
    private Configuration kept(final Configuration next, final List<Setting<?>> changed) {
        Configuration kept = next;
        for (final Setting<?> setting : changed) {
            if (!isLive(setting)) {
                kept = keep(kept, setting);
            }
        }
        return kept;
    }

    private <T> Configuration keep(final Configuration next, final Setting<T> setting) {
        return next.with(setting, inForce.get(setting));
    }
}
