package io.weir.rule.signature;

import io.weir.rule.model.AcrossFlows.Key.Part;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Reads a {@code threshold.config}: {@code suppress}, {@code threshold} and {@code event_filter} lines, which change
 * rules that are loaded. {@code rate_filter} is told as not supported. A {@code sig_id} of 0 means all rules of the
 * generator, a {@code gen_id} of 0 all generators. One thread.
 */
public final class ThresholdFile {
    private static final Map<String, Part> TRACKS = Map.of("by_src", Part.SOURCE, "by_dst", Part.DESTINATION,
        "by_either", Part.BOTH);

    private final SignatureContext context;

    /** Variables in addresses are those of the context. */
    public ThresholdFile(final SignatureContext context) {
        this.context = context;
    }

    /**
     * Changes rules by a file.
     *
     * @return the rules with its lines applied, and the faults of both
     * @throws IOException if it cannot be read
     */
    public LoadedRules apply(final LoadedRules loaded, final Path file) throws IOException {
        final String text = Files.readString(file, StandardCharsets.ISO_8859_1);
        return apply(loaded, file.toString(), List.of(text.split("\n", -1)));
    }

    /** Changes rules by lines, which faults call by this name. */
    LoadedRules apply(final LoadedRules loaded, final String name, final List<String> lines) {
        final List<Rule> rules = new ArrayList<>(loaded.rules());
        final List<RuleFault> faults = new ArrayList<>(loaded.faults());
        for (final RuleLine line : RuleLine.of(lines)) {
            final String text = line.text().strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            final String keyword = text.split("\\s+", 2)[0].toLowerCase(Locale.ROOT);
            try {
                change(rules, keyword, text.substring(keyword.length()).strip());
            } catch (final RejectedException e) {
                faults.add(new RuleFault(name, line.line(0), 1, e.severity(), keyword, e.getMessage(), e.nearest()));
            }
        }
        return new LoadedRules(rules, faults, loaded.written(), loaded.disabled());
    }

    private void change(final List<Rule> rules, final String keyword, final String text) throws RejectedException {
        switch (keyword) {
            case "suppress", "threshold", "event_filter" -> {
                final Map<String, String> words = words(text);
                final Change change = "suppress".equals(keyword) ? suppression(words) : limit(text);
                change(rules, number(words, "gen_id"), number(words, "sig_id"), change);
            }
            case "rate_filter" -> throw RejectedException.unsupported("rate_filter is not supported: actions do not "
                + "change with the rate");
            default -> throw RejectedException.unknown("there is no " + Option.shown(keyword), keyword,
                List.of("suppress", "threshold", "event_filter", "rate_filter"));
        }
    }

    /** Changes a rule. */
    private interface Change {
        Rule of(Rule rule);
    }

    /** Words and their values between commas; commas within square brackets do not count. */
    private static Map<String, String> words(final String text) throws RejectedException {
        final Map<String, String> words = new HashMap<>();
        for (final String part : text.split(",(?![^\\[]*\\])")) {
            final String[] split = part.strip().split("\\s+", 2);
            if (split.length < 2) {
                throw RejectedException.error('"' + Option.shown(part.strip()) + "\" is no word with a value");
            }
            words.put(split[0].toLowerCase(Locale.ROOT), split[1].strip());
        }
        return words;
    }

    private static long number(final Map<String, String> words, final String name) throws RejectedException {
        if (!words.containsKey(name)) {
            throw RejectedException.error(name + " is missing");
        }
        return Numbers.number(words.get(name), 0, 0xffff_ffffL);
    }

    private static void change(final List<Rule> rules, final long generator, final long signature,
        final Change change) throws RejectedException {
        boolean found = signature == 0;
        for (int i = 0; i < rules.size(); i++) {
            final Rule rule = rules.get(i);
            if ((generator == 0 || rule.id().generator() == generator)
                && (signature == 0 || rule.id().signature() == signature)) {
                rules.set(i, change.of(rule));
                found = true;
            }
        }
        if (!found) {
            throw RejectedException.error("no rule " + generator + ":" + signature + " is loaded");
        }
    }

    private Change suppression(final Map<String, String> words) throws RejectedException {
        if (!words.containsKey("track")) {
            return rule -> with(rule, rule.action() == Action.PASS ? Action.PASS : Action.SILENT, rule.acrossFlows());
        }
        final Part track = TRACKS.get(words.get("track").toLowerCase(Locale.ROOT));
        if (track == null || !words.containsKey("ip")) {
            throw RejectedException.error("suppress takes track by_src, by_dst or by_either, and ip");
        }
        final AcrossFlows suppression = new AcrossFlows.Suppression(track,
            Endpoints.addresses(words.get("ip"), context.addresses()));
        return rule -> {
            final List<AcrossFlows> all = new ArrayList<>(List.of(suppression));
            all.addAll(rule.acrossFlows());
            return with(rule, rule.action(), all);
        };
    }

    /** The limit takes the place of the one that the rule has. */
    private static Change limit(final String text) throws RejectedException {
        final AcrossFlows threshold = StateKeywords.threshold(text);
        return rule -> {
            final List<AcrossFlows> all = new ArrayList<>(rule.acrossFlows());
            all.removeIf(limit -> limit instanceof AcrossFlows.Threshold || limit instanceof AcrossFlows.Backoff);
            all.add(threshold);
            return with(rule, rule.action(), all);
        };
    }

    private static Rule with(final Rule rule, final Action action, final List<AcrossFlows> acrossFlows) {
        return new Rule(rule.id(), action, rule.header(), rule.condition(), rule.effects(), acrossFlows, rule.scope(),
            rule.metadata(), rule.origin());
    }
}
