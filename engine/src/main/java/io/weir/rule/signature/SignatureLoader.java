package io.weir.rule.signature;

import io.weir.rule.model.Dataset;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Loads signature files in Suricata's syntax. Every fault is told, and a rule with one does not keep the others from
 * loading; no text makes it throw. One thread; it may load several times.
 */
public final class SignatureLoader {
    private static final Pattern DISABLED =
        Pattern.compile("[#\\s]+(?:alert|pass|drop|reject|rejectsrc|rejectdst|rejectboth)\\s.*\\(.*sid\\s*:.*");
    /** Of one rule; what is wrong beyond that is not told. */
    private static final int MOST_FAULTS = 32;

    private final SignatureContext context;
    private final Keywords keywords;

    /** A loader for this context, which must not change while it loads. */
    public SignatureLoader(final SignatureContext context) {
        this.context = context;
        this.keywords = new Keywords(context.fields());
    }

    /**
     * Loads files as one set.
     *
     * @throws IOException if one cannot be read
     */
    public LoadedRules load(final Path... files) throws IOException {
        final Load load = new Load();
        for (final Path file : files) {
            final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            load.folder = context.folder() != null ? context.folder() : file.toAbsolutePath().getParent();
            load.file(file.toString(), Arrays.asList(text.split("\n", -1)));
        }
        return load.result();
    }

    /**
     * Loads lines.
     *
     * @param name what they are called in faults
     */
    public LoadedRules load(final String name, final List<String> lines) {
        final List<String> bytes = new ArrayList<>(lines.size());
        for (final String line : lines) {
            bytes.add(new String(line.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
        }
        final Load load = new Load();
        load.folder = context.folder() != null ? context.folder() : Path.of("").toAbsolutePath();
        load.file(name, bytes);
        return load.result();
    }

    /** One load: rules and faults so far. */
    private final class Load {
        private final List<Rule> rules = new ArrayList<>();
        private final List<RuleFault> faults = new ArrayList<>();
        private final Map<String, Integer> places = new HashMap<>();
        private final Map<String, Dataset> datasets = new HashMap<>();
        private Path folder;
        private int written;
        private int disabled;

        LoadedRules result() {
            rules.removeIf(rule -> rule == null);
            return new LoadedRules(rules, faults, written, disabled);
        }

        void file(final String name, final List<String> lines) {
            for (final RuleLine line : RuleLine.of(lines)) {
                final String text = line.text().strip();
                if (text.startsWith("#")) {
                    disabled += DISABLED.matcher(text).matches() ? 1 : 0;
                } else if (!text.isEmpty()) {
                    written++;
                    rule(name, line);
                }
            }
        }

        private void rule(final String name, final RuleLine line) {
            final int before = faults.size();
            final FaultSink sink = (at, keyword, fault) -> fault(name, line, at, keyword, fault.severity(), fault);
            final Draft draft = new Draft(context, datasets, folder,
                (at, keyword, fault) -> fault(name, line, at, keyword, Severity.NOTE, fault));
            try {
                final RuleText text = RuleText.of(line.text());
                new HeaderReader(text, context, sink).into(draft);
                for (int i = 0; i < text.options().size() && faults.size() - before < MOST_FAULTS; i++) {
                    option(draft, text.options().get(i), sink);
                }
                if (isLoadable(before)) {
                    needKeywords(draft);
                    StateKeywords.note(draft);
                    add(Assembly.rule(draft, new Origin(name, line.line(0), 1,
                        DescriptionKeywords.decoded(line.text().strip()))));
                }
            } catch (final RejectedException e) {
                sink.told(0, "rule", e);
            }
        }

        private void option(final Draft draft, final Option option, final FaultSink sink) {
            try {
                keywords.find(option.name()).handler().apply(draft, option);
            } catch (final RejectedException e) {
                sink.told(option.at(), option.name(), e);
            }
        }

        private void needKeywords(final Draft draft) throws RejectedException {
            for (final String name : draft.neededKeywords) {
                if (keywords.find(name).support() == Keyword.Support.NOT) {
                    throw RejectedException.unsupported("the rule requires the keyword " + Option.shown(name));
                }
            }
        }

        /** True if nothing but notes were told since. */
        private boolean isLoadable(final int before) {
            for (int i = before; i < faults.size(); i++) {
                if (faults.get(i).severity() != Severity.NOTE) {
                    return false;
                }
            }
            return true;
        }

        private void fault(final String name, final RuleLine line, final int at, final String keyword,
            final Severity severity, final RejectedException fault) {
            faults.add(new RuleFault(name, line.line(at), line.column(at), severity, keyword, fault.getMessage(),
                fault.nearest()));
        }

        /** Of rules with one number the one with the latest revision is kept, the first of equal ones. */
        private void add(final Rule rule) {
            final String key = rule.id().toString();
            final Integer place = places.get(key);
            if (place == null) {
                places.put(key, rules.size());
                rules.add(rule);
                return;
            }
            final Rule other = rules.get(place);
            final boolean newer = rule.id().revision() > other.id().revision();
            final Rule loser = newer ? other : rule;
            final Origin at = loser.origin();
            faults.add(new RuleFault(at.file(), at.line(), at.column(), Severity.NOTE, "sid",
                "rule " + key + " revision " + loser.id().revision() + " is left out for revision "
                    + (newer ? rule : other).id().revision() + " at " + (newer ? rule : other).origin(), null));
            if (newer) {
                rules.set(place, null);
                places.put(key, rules.size());
                rules.add(rule);
            }
        }
    }
}
