package io.weir.cli;

import io.weir.capture.CaptureException;
import io.weir.capture.NetworkInterfaces;
import io.weir.capture.live.LiveContext;
import io.weir.cli.config.Configuration;
import io.weir.output.PrintableText;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code weir run --check-config}: whether a run could begin with this configuration, without beginning it. */
final class ConfigurationCheck {
    private ConfigurationCheck() {
    }

    /**
     * Looks at what a run would look at, but for the interfaces themselves: they may come later, so that one that is
     * missing is told and nothing more.
     *
     * @return what is configured, in one line
     * @throws CommandException if a file cannot be used
     */
    static String check(final Configuration configuration, final int workers, final List<LiveContext> rings,
        final PrintWriter err) {
        final ContextFactory contexts = new ContextFactory(configuration);
        try {
            contexts.engine(workers, true);
        } catch (final IllegalArgumentException e) {
            throw CommandException.usage(e.getMessage());
        }
        final Set<String> known = knownInterfaces(err);
        for (final LiveContext ring : rings) {
            if (!known.isEmpty() && !known.contains(ring.interfaceName())) {
                err.println("weir: interface " + PrintableText.of(ring.interfaceName()) + " is not here now");
            }
        }
        if (rings.isEmpty()) {
            err.println("weir: no interface is named: give one with -i, or as capture.interfaces");
        }
        try (LiveRules rules = LiveRules.of(configuration, err)) {
            return rings.size() + (rings.size() == 1 ? " interface, " : " interfaces, ") + workers
                + (workers == 1 ? " worker, " : " workers, ") + (rules == null ? 0 : rules.size()) + " rules, "
                + contexts.applications().all().size() + " applications";
        }
    }

    private static Set<String> knownInterfaces(final PrintWriter err) {
        try {
            return NetworkInterfaces.list().stream().map(NetworkInterfaces.Entry::name).collect(Collectors.toSet());
        } catch (final CaptureException e) {
            err.println("weir: interfaces are not checked: " + e.getMessage());
            return Set.of();
        }
    }
}
