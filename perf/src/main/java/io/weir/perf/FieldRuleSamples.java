package io.weir.perf;

import io.weir.protocol.Field;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Action;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Header;
import io.weir.rule.model.Literal;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import io.weir.rule.model.RuleId;
import io.weir.rule.model.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Rules on fields as users write them in YAML: names in lists, endings, parts, numbers. The same in every run. */
final class FieldRuleSamples {
    private static final int NAMES_OF_A_LIST = 5;

    private final SplittableRandom random = new SplittableRandom(20);

    private FieldRuleSamples() {
    }

    /** So many rules. */
    static List<Rule> rules(final int count) {
        final FieldRuleSamples samples = new FieldRuleSamples();
        final List<Rule> rules = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final String name = "sample-" + i;
            rules.add(new Rule(new RuleId(1, 2_000_000L + i, 1), Action.ALERT, Header.ANY, samples.condition(i),
                List.of(), List.of(), Rule.Scope.EACH,
                new Metadata(name, "", "", Metadata.DEFAULT_SEVERITY, List.of(), Map.of()),
                new Origin("samples", i + 1, 1, name)));
        }
        return rules;
    }

    private Condition condition(final int kind) {
        return switch (kind % 8) {
            case 0, 1 -> anyName("http.host");
            case 2 -> ends("tls.sni", host());
            case 3 -> anyName("tls.sni");
            case 4 -> contains("dns.queries.rrname", word(8));
            case 5 -> ends("dns.queries.rrname", host());
            case 6 -> contains("http.uri", "/" + word(6) + ".php");
            default -> new Condition.All(List.of(contains("http.user_agent", word(9)),
                contains("http.uri", word(5))));
        };
    }

    private Condition anyName(final String field) {
        final List<Condition> names = new ArrayList<>();
        for (int i = 0; i < NAMES_OF_A_LIST; i++) {
            names.add(text(field, host(), true, true));
        }
        return new Condition.Any(names);
    }

    private static Condition ends(final String field, final String text) {
        return text(field, text, false, true);
    }

    private static Condition contains(final String field, final String text) {
        return text(field, text, false, false);
    }

    private static Condition text(final String field, final String text, final boolean starts, final boolean ends) {
        final Literal bytes = Literal.of(text.getBytes(StandardCharsets.ISO_8859_1));
        return new Condition.BufferCondition(Buffer.of(field(field), Buffer.Side.EITHER), List.of(),
            List.of(new Step.Content(bytes, true, false, null, null, null, null, starts, ends,
                Step.FastPattern.UNSAID)));
    }

    private static Field field(final String name) {
        return Protocols.fields().stream().filter(field -> field.name().equals(name)).findFirst().orElseThrow();
    }

    private String host() {
        return word(6 + random.nextInt(8)) + random.nextInt(100) + ".example";
    }

    private String word(final int length) {
        return new String(PatternSamples.words(random, length), StandardCharsets.ISO_8859_1)
            .toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "q");
    }
}
