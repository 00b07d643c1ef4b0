package io.weir.rule.yaml;

import io.weir.protocol.Field;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Effect;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads what a rule keeps and does: {@code count}, {@code first_seen}, {@code limit} and {@code do}. */
final class States {
    static final List<String> COUNT_KEYS = List.of("by", "distinct", "over", "within");
    static final List<String> FIRST_SEEN_KEYS = List.of("by", "within");
    static final List<String> LIMIT_KEYS = List.of("by", "alerts", "within");
    static final List<String> PLAIN_EFFECTS = List.of("capture", "stop_inspecting", "suppress");
    static final List<String> NAMED_EFFECTS = List.of("tag", "set", "unset");
    private static final long MAX_SECONDS = 366L * 86_400;
    private static final long MAX_COUNT = 1L << 31;
    private static final String WORD = "[A-Za-z0-9_.:-]{1,64}";

    private final Faults faults;
    private final Numbers numbers;

    States(final Faults faults, final Numbers numbers) {
        this.faults = faults;
        this.numbers = numbers;
    }

    /** What is decided across flows, in the order in which it is decided. */
    List<AcrossFlows> acrossFlows(final Map<String, Node> rule, final boolean asksTransactions) {
        final List<AcrossFlows> all = new ArrayList<>();
        if (rule.containsKey("first_seen")) {
            final Node node = rule.get("first_seen");
            final Map<String, Node> members = members(node, "first_seen", FIRST_SEEN_KEYS, FIRST_SEEN_KEYS);
            final List<AcrossFlows.Key> by = keys(members.get("by"), asksTransactions);
            final Long within = seconds(members.get("within"));
            if (by != null && within != null) {
                all.add(new AcrossFlows.FirstSeen(by, within));
            }
        }
        if (rule.containsKey("count")) {
            final Node node = rule.get("count");
            final Map<String, Node> members =
                members(node, "count", COUNT_KEYS, List.of("by", "over", "within"));
            final List<AcrossFlows.Key> by = keys(members.get("by"), asksTransactions);
            final AcrossFlows.Key distinct =
                members.containsKey("distinct") ? key(members.get("distinct"), asksTransactions) : null;
            final Long over = number(members.get("over"), "over", 0);
            final Long within = seconds(members.get("within"));
            if (by != null && over != null && within != null) {
                all.add(new AcrossFlows.Count(by, distinct, over + 1, within));
            }
        }
        if (rule.containsKey("limit")) {
            limit(rule.get("limit"), all);
        }
        return all;
    }

    private void limit(final Node node, final List<AcrossFlows> to) {
        final Map<String, Node> members = members(node, "limit", LIMIT_KEYS, LIMIT_KEYS);
        final Node by = members.get("by");
        final String word = by == null ? null : Members.text(by, "by", faults);
        final AcrossFlows.Key.Part part = word == null ? null : Vocabulary.PARTS.get(word);
        if (word != null && part == null) {
            faults.unknown(by, "by", "alerts are not limited by '" + word + "'", word, Vocabulary.PARTS.keySet());
        }
        final Long alerts = number(members.get("alerts"), "alerts", 1);
        final Long within = seconds(members.get("within"));
        if (part != null && alerts != null && within != null) {
            to.add(new AcrossFlows.Threshold(AcrossFlows.Threshold.Type.LIMIT, part, alerts, within));
        }
    }

    private Map<String, Node> members(final Node node, final String what, final List<String> keys,
        final List<String> needed) {
        final Map<String, Node> members = Members.of(node, "'" + what + "'", keys, faults);
        for (final String key : needed) {
            if (node instanceof MappingNode && !members.containsKey(key)) {
                faults.add(node, what, "'" + what + "' needs '" + key + "'");
            }
        }
        return members;
    }

    private Long seconds(final Node node) {
        return node == null ? null : numbers.number(node, "within", Numbers.Unit.SECONDS, 1, MAX_SECONDS);
    }

    private Long number(final Node node, final String key, final long least) {
        return node == null ? null : numbers.number(node, key, Numbers.Unit.NONE, least, MAX_COUNT);
    }

    private List<AcrossFlows.Key> keys(final Node node, final boolean asksTransactions) {
        if (node == null) {
            return null;
        }
        final List<AcrossFlows.Key> keys = new ArrayList<>();
        for (final Node element : Members.list(node)) {
            final AcrossFlows.Key key = key(element, asksTransactions);
            if (key == null) {
                return null;
            }
            keys.add(key);
        }
        if (keys.isEmpty()) {
            faults.add(node, "by", "'by' is an empty list");
        }
        return keys.isEmpty() ? null : keys;
    }

    private AcrossFlows.Key key(final Node node, final boolean asksTransactions) {
        final String word = Members.text(node, "by", faults);
        if (word == null) {
            return null;
        }
        final AcrossFlows.Key.Part part = Vocabulary.PARTS.get(word);
        if (part != null) {
            return part;
        }
        final List<Field> fields = Vocabulary.get().fields().get(word);
        if (fields == null) {
            final Set<String> words = new LinkedHashSet<>(Vocabulary.PARTS.keySet());
            words.addAll(Vocabulary.get().fields().keySet());
            faults.unknown(node, "by", "nothing is told apart by '" + word + "'", word, words);
            return null;
        }
        if (!asksTransactions) {
            faults.add(node, "by", "'" + word + "' is a field, and 'when' asks no field: it is not known then");
            return null;
        }
        return new AcrossFlows.Key.OfField(fields.get(0));
    }

    /** What a match does to its flow. */
    List<Effect> effects(final Node node) {
        final List<Effect> effects = new ArrayList<>();
        for (final Node element : Members.list(node)) {
            if (element instanceof ScalarNode scalar) {
                final Effect effect = plain(scalar);
                if (effect != null) {
                    effects.add(effect);
                }
            } else {
                Members.of(element, "'do'", NAMED_EFFECTS, faults).forEach((key, value) -> {
                    for (final String word : Members.texts(value, key, faults)) {
                        if (!word.matches(WORD)) {
                            faults.add(value, key, "'" + word + "' is no word of letters, digits and _ . : -");
                        }
                        effects.add(named(key, word));
                    }
                });
            }
        }
        return effects;
    }

    private Effect plain(final ScalarNode node) {
        return switch (node.getValue()) {
            case "capture" -> new Effect.Capture();
            case "stop_inspecting" -> new Effect.StopInspecting();
            case "suppress" -> new Effect.Suppress();
            default -> {
                final List<String> words = new ArrayList<>(PLAIN_EFFECTS);
                words.addAll(NAMED_EFFECTS);
                faults.unknown(node, "do", "'do' knows no '" + node.getValue() + "'", node.getValue(), words);
                yield null;
            }
        };
    }

    private static Effect named(final String key, final String word) {
        return switch (key) {
            case "tag" -> new Effect.Label(word);
            case "set" -> new Effect.FlowBits(Set.of(word), Effect.Change.SET);
            default -> new Effect.FlowBits(Set.of(word), Effect.Change.UNSET);
        };
    }
}
