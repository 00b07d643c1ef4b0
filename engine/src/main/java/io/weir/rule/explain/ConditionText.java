package io.weir.rule.explain;

import io.weir.rule.model.Condition;
import io.weir.rule.model.Endpoint;
import io.weir.rule.model.Header;
import io.weir.rule.model.Literal;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Places;
import io.weir.rule.model.Step;
import io.weir.rule.model.Value;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.stream.Collectors;

/** Says what conditions ask, in a line for people. */
final class ConditionText {
    private static final int LONGEST_LITERAL = 48;

    private ConditionText() {
    }

    static String of(final Header header) {
        return header.traffic().word() + " " + of(header.source()) + (header.bothWays() ? " <> " : " -> ")
            + of(header.destination());
    }

    private static String of(final Endpoint endpoint) {
        return endpoint.addresses() + " " + endpoint.ports();
    }

    static String of(final Condition condition) {
        if (condition instanceof Condition.All all) {
            return all.conditions().stream().map(ConditionText::of).collect(Collectors.joining(" and ", "(", ")"));
        }
        if (condition instanceof Condition.Any any) {
            return any.conditions().stream().map(ConditionText::of).collect(Collectors.joining(" or ", "(", ")"));
        }
        if (condition instanceof Condition.Not not) {
            return "not " + of(not.condition());
        }
        if (condition instanceof Condition.BufferCondition buffer) {
            return buffer.buffer().name() + ": "
                + buffer.steps().stream().map(ConditionText::of).collect(Collectors.joining(", then "));
        }
        if (condition instanceof Condition.FieldNumber number) {
            return number.field().name() + " " + of(number.numbers());
        }
        if (condition instanceof Condition.FieldCount count) {
            return "number of " + count.buffer().name() + ' ' + of(count.counts());
        }
        if (condition instanceof Condition.FieldPlaces values) {
            return values.buffer().name() + ' ' + of(values.places()) + ' ' + of(values.numbers());
        }
        if (condition instanceof Condition.PacketFact fact) {
            return word(fact.number()) + " of the packet " + of(fact.numbers());
        }
        if (condition instanceof Condition.FlowFact fact) {
            return word(fact.number()) + " of the flow " + of(fact.numbers());
        }
        if (condition instanceof Condition.FlowState state) {
            return "flow: " + of(state);
        }
        if (condition instanceof Condition.FlowBit bit) {
            return "flow bit " + String.join(" or ", bit.names()) + (bit.negated() ? " not set" : " set");
        }
        if (condition instanceof Condition.TransactionBit bit) {
            return "transaction bit " + bit.name() + (bit.negated() ? " not set" : " set");
        }
        if (condition instanceof Condition.Event event) {
            return word(event.kind()) + " event " + event.name();
        }
        if (condition instanceof Condition.Application application) {
            return (application.negated() ? "application is not " : "application is ") + application.protocols();
        }
        // records print their own components by name
        return condition.toString();
    }

    private static String of(final Condition.FlowState state) {
        final StringJoiner words = new StringJoiner(", ");
        if (state.established() != null) {
            words.add(state.established() ? "established" : "not established");
        }
        if (state.direction() != null) {
            words.add(word(state.direction()));
        }
        if (state.stateless()) {
            words.add("stateless");
        }
        if (state.stream() != null) {
            words.add(state.stream() ? "only streams" : "no streams");
        }
        if (state.fragment() != null) {
            words.add(state.fragment() ? "only fragments" : "no fragments");
        }
        return words.toString();
    }

    static String of(final Step step) {
        if (step instanceof Step.Content content) {
            return of(content);
        }
        if (step instanceof Step.Match match) {
            return (match.negated() ? "does not match /" : "matches /") + match.pattern() + "/" + match.flags()
                + (match.relative() ? " behind the last match" : "");
        }
        if (step instanceof Step.ByteTest test) {
            return of(test.reading()) + (test.negated() ? " is not " : " is ") + word(test.operator()) + " "
                + of(test.value());
        }
        if (step instanceof Step.ByteExtract extract) {
            return extract.name() + " is the " + of(extract.reading());
        }
        if (step instanceof Step.ByteJump jump) {
            return "jump by the " + of(jump.reading())
                + (jump.multiplier() == 1 ? "" : " times " + jump.multiplier());
        }
        if (step instanceof Step.ByteMath math) {
            return math.name() + " is the " + of(math.reading()) + " " + math.operator() + " " + of(math.operand());
        }
        if (step instanceof Step.IsDataAt data) {
            return (data.negated() ? "no byte at " : "a byte at ") + of(data.offset());
        }
        if (step instanceof Step.Length length) {
            return "length " + of(length.lengths());
        }
        if (step instanceof Step.Entropy entropy) {
            return "entropy " + (entropy.negated() ? "not " : "") + "between " + entropy.least() + " and "
                + entropy.most();
        }
        return step.toString();
    }

    private static String of(final Step.Reading reading) {
        return "number of " + of(reading.bytes()) + (reading.base() == 0 ? " bytes" : " digits") + " at "
            + of(reading.offset()) + (reading.relative() ? " behind the last match" : "");
    }

    private static String of(final Step.Content content) {
        final StringBuilder text = new StringBuilder(verb(content)).append(' ').append(of(content.bytes()));
        if (content.noCase()) {
            text.append(" in either case");
        }
        place(text, " from byte ", content.offset());
        place(text, " within the first ", content.depth());
        place(text, " at least behind the last match by ", content.distance());
        place(text, " within ", content.within());
        return text.toString();
    }

    private static String verb(final Step.Content content) {
        if (content.startsWith() && content.endsWith()) {
            return content.negated() ? "is not" : "is";
        }
        if (content.startsWith()) {
            return content.negated() ? "does not begin with" : "begins with";
        }
        if (content.endsWith()) {
            return content.negated() ? "does not end with" : "ends with";
        }
        return content.negated() ? "lacks" : "has";
    }

    private static void place(final StringBuilder text, final String words, final Value value) {
        if (value != null) {
            text.append(words).append(of(value));
        }
    }

    private static String of(final Value value) {
        return value == null ? "0" : value.isConstant() ? Long.toString(value.constant()) : value.variable();
    }

    /** Printable bytes as they are, the others as signatures write them. */
    static String of(final Literal literal) {
        final StringBuilder text = new StringBuilder("\"");
        final int shown = Math.min(literal.length(), LONGEST_LITERAL);
        boolean hex = false;
        for (int i = 0; i < shown; i++) {
            final int value = literal.at(i) & 0xff;
            final boolean printable = value >= ' ' && value <= '~' && value != '"' && value != '|';
            if (printable == hex) {
                text.append('|');
            }
            text.append(printable ? String.valueOf((char) value)
                : String.format(Locale.ROOT, hex ? " %02x" : "%02x", value));
            hex = !printable;
        }
        return text.append(hex ? "|" : "").append(literal.length() > shown ? "...\"" : "\"").toString();
    }

    private static String of(final NumberSet numbers) {
        return (numbers.mask() == -1 ? "" : "and 0x" + Long.toHexString(numbers.mask()) + " ")
            + (numbers.negated() ? "is not " : "is ")
            + numbers.ranges().stream().map(ConditionText::of).collect(Collectors.joining(" or "));
    }

    private static String of(final NumberSet.Range range) {
        return range.min() == range.max() ? Long.toString(range.min())
            : range.min() == Long.MIN_VALUE ? "at most " + range.max()
            : range.max() == Long.MAX_VALUE ? "at least " + range.min() : range.min() + " to " + range.max();
    }

    private static String of(final Places places) {
        final String which = switch (places.kind()) {
            case AT -> places.index() < 0 ? "at place " + -places.index() + " from the end"
                : "at place " + (places.index() + 1);
            case ANY -> "of any";
            case ALL -> "of all";
            case TIMES -> "whose number of those accepted " + of(places.times());
        };
        return places.orAbsent() ? which + " (or none)" : which;
    }

    private static String word(final Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
