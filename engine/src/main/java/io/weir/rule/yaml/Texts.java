package io.weir.rule.yaml;

import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Literal;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import io.weir.rule.model.Transform;
import io.weir.rule.model.Value;
import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexSyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * Reads what is asked of text and bytes. Each key is a choice of values, all keys must hold for one instance of the
 * buffer: this becomes every combination of one value for each key.
 */
final class Texts {
    static final Set<String> KEYS = new LinkedHashSet<>(List.of("equals", "starts", "ends", "contains", "regex",
        "domain", "in", "domain_in", "length", "case", "from", "to"));
    private static final int MAX_COMBINATIONS = 4_096;
    /** Of longer lists each value is looked up, not looked for. */
    private static final int MAX_PATTERNS = 64;
    private static final int MAX_REGEX = 8_192;
    private static final int MAX_PLACE = 1 << 16;

    private final Faults faults;
    private final ListFiles lists;
    private final Numbers numbers;

    Texts(final Faults faults, final ListFiles lists, final Numbers numbers) {
        this.faults = faults;
        this.lists = lists;
        this.numbers = numbers;
    }

    /** What is asked of a buffer; null, and told, if it cannot be. */
    Condition read(final Node node, final Map<String, Node> members, final String key, final Buffer buffer,
        final Literals literals) {
        final Reading reading = new Reading(key, literals, buffer.level() == Buffer.Level.TRANSACTION);
        final int before = faults.count();
        if (node instanceof MappingNode) {
            reading.members(members);
        } else {
            reading.oneOf(node, "equals");
        }
        if (faults.count() > before) {
            return null;
        }
        final List<Transform> transforms = reading.lowered
            ? List.of(new Transform(Transform.Kind.TO_LOWERCASE, null)) : List.of();
        final List<Condition> alternatives = new ArrayList<>();
        for (final List<Step> steps : reading.combinations) {
            alternatives.add(new Condition.BufferCondition(buffer, transforms, steps));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Condition.Any(alternatives);
    }

    /** One buffer's conditions, while they are read. */
    private final class Reading {
        private final String key;
        private final Literals literals;
        private final int faultsBefore;
        private boolean ignoresCase;
        /** Values are looked up in lower case. */
        private boolean lowered;
        private Value offset;
        private Value depth;
        private List<List<Step>> combinations = List.of(List.of());

        Reading(final String key, final Literals literals, final boolean ignoresCase) {
            this.key = key;
            this.literals = literals;
            this.ignoresCase = ignoresCase;
            faultsBefore = faults.count();
        }

        void members(final Map<String, Node> members) {
            if (members.containsKey("case")) {
                readCase(members.get("case"));
            }
            if (members.containsKey("from") || members.containsKey("to")) {
                place(members);
            }
            boolean asks = false;
            for (final Map.Entry<String, Node> member : members.entrySet()) {
                asks |= !Set.of("case", "from", "to").contains(member.getKey());
                switch (member.getKey()) {
                    case "length" -> {
                        final NumberSet lengths = numbers.set(member.getValue(), "length", Numbers.Unit.NONE);
                        if (lengths != null) {
                            combine(List.of(new Step.Length(lengths)), member.getValue());
                        }
                    }
                    case "in", "domain_in" -> listed(member.getValue(), "domain_in".equals(member.getKey()));
                    case "case", "from", "to" -> { }
                    default -> oneOf(member.getValue(), member.getKey());
                }
            }
            if (!asks && !members.isEmpty()) {
                faults.add(members.values().iterator().next(), key, "nothing is asked of '" + key + "'");
            }
        }

        private void readCase(final Node node) {
            final String word = Members.text(node, "case", faults);
            if (word != null && !Set.of("exact", "ignore").contains(word)) {
                faults.unknown(node, "case", "'case' must be exact or ignore, not '" + word + "'", word,
                    List.of("exact", "ignore"));
            }
            ignoresCase = "ignore".equals(word);
        }

        private void place(final Map<String, Node> members) {
            final Node at = members.getOrDefault("from", members.get("to"));
            if (!members.containsKey("contains")) {
                faults.add(at, key, "'from' and 'to' say where 'contains' looks");
                return;
            }
            final Long from = members.containsKey("from")
                ? numbers.number(members.get("from"), "from", Numbers.Unit.NONE, 0, MAX_PLACE) : Long.valueOf(0);
            final Long to = members.containsKey("to")
                ? numbers.number(members.get("to"), "to", Numbers.Unit.NONE, 1, MAX_PLACE) : null;
            if (from != null) {
                offset = Value.of(from);
                depth = to == null ? null : Value.of(to - from);
            }
            if (from != null && to != null && to <= from) {
                faults.add(members.get("to"), key, "'to' must be behind 'from'");
            }
        }

        /** One of some values, in one of the ways of asking. */
        void oneOf(final Node node, final String way) {
            final List<Step> steps = new ArrayList<>();
            final Set<Literal> values = new HashSet<>();
            final boolean isLong = Members.list(node).size() > MAX_PATTERNS;
            for (final Node element : Members.list(node)) {
                final String text = Members.text(element, way, faults);
                if (text == null) {
                    continue;
                }
                if ("regex".equals(way)) {
                    steps.add(regex(element, text));
                    continue;
                }
                final Literal literal = literal(element, text, ignoresCase);
                if (literal == null) {
                    continue;
                }
                if (isLong && ("equals".equals(way) || "domain".equals(way))) {
                    values.add(literal);
                } else {
                    add(element, way, text, literal, steps);
                }
            }
            if (!values.isEmpty()) {
                steps.add(oneOf(values, "domain".equals(way)));
            }
            combine(steps, node);
        }

        private Literal literal(final Node node, final String text, final boolean lower) {
            final Literal literal = literals.read(text, lower);
            if (literal == null) {
                faults.add(node, key, "'" + key + "' is asked with hexadecimal digits, not '" + text + "'");
            }
            return literal;
        }

        private void add(final Node node, final String way, final String text, final Literal literal,
            final List<Step> to) {
            switch (way) {
                case "equals" -> to.add(content(literal, true, true));
                case "starts" -> to.add(content(literal, true, false));
                case "ends" -> to.add(content(literal, false, true));
                case "domain" -> {
                    to.add(content(literal, true, true));
                    to.add(content(literal(node, "." + text, ignoresCase), false, true));
                }
                default -> {
                    if (depth != null && depth.constant() < literal.length()) {
                        faults.add(node, key, "'" + text + "' does not fit between 'from' and 'to'");
                    }
                    to.add(new Step.Content(literal, isNoCase(literal), false, offset, depth, null, null, false,
                        false, Step.FastPattern.UNSAID));
                }
            }
        }

        private Step content(final Literal literal, final boolean starts, final boolean ends) {
            return new Step.Content(literal, isNoCase(literal), false, null, null, null, null, starts, ends,
                Step.FastPattern.UNSAID);
        }

        private boolean isNoCase(final Literal literal) {
            return ignoresCase && !literals.isHex() && Literals.hasLetters(literal);
        }

        private Step regex(final Node node, final String text) {
            if (text.length() > MAX_REGEX) {
                faults.add(node, "regex", "an expression of more than " + MAX_REGEX + " characters");
                return null;
            }
            // expressions are over bytes: one character for each
            final String bytes = literals == Literals.BYTES ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            final String flags = ignoresCase || literals.isHex() ? "i" : "";
            try {
                Regex.compile(bytes, flags);
            } catch (final RegexSyntaxException e) {
                faults.add(node, "regex", "the expression cannot be used: " + e.getMessage());
            }
            return new Step.Match(bytes, flags, false, false, List.of());
        }

        private void listed(final Node node, final boolean domains) {
            final List<ListFiles.Value> read = lists.read(node, domains ? "domain_in" : "in");
            if (read == null) {
                return;
            }
            final Set<Literal> values = new HashSet<>();
            for (final ListFiles.Value value : read) {
                final Literal literal = literals.read(value.text(), ignoresCase);
                if (literal == null) {
                    faults.add(node, key, "line " + value.line() + " of the list is not hexadecimal: " + value.text());
                } else {
                    values.add(literal);
                }
            }
            combine(List.of(oneOf(values, domains)), node);
        }

        private Step oneOf(final Set<Literal> values, final boolean suffixes) {
            lowered |= ignoresCase && !literals.isHex();
            return new Step.OneOf(values, suffixes);
        }

        private void combine(final List<Step> choices, final Node node) {
            final List<List<Step>> longer = new ArrayList<>();
            if ((long) combinations.size() * choices.size() > MAX_COMBINATIONS) {
                faults.add(node, key, "more than " + MAX_COMBINATIONS + " combinations are asked of '" + key + "'");
                return;
            }
            for (final List<Step> before : combinations) {
                for (final Step choice : choices) {
                    final List<Step> steps = new ArrayList<>(before);
                    steps.add(choice);
                    longer.add(steps);
                }
            }
            if (!longer.isEmpty()) {
                combinations = longer;
            } else if (faults.count() == faultsBefore) {
                faults.add(node, key, "'" + key + "' is an empty list");
            }
        }
    }
}
