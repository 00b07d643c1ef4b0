package io.weir.rule.yaml;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads what is asked of fields of transactions. */
final class Fields {
    /** Asked of fields of any type. */
    static final Set<String> COMMON_KEYS = ordered(List.of("present", "instances", "same_as"));
    static final Set<String> TIME_KEYS = ordered(List.of("before", "after"));
    static final Pattern NOW = Pattern.compile("now(?: ?([+-]) ?(\\d{1,9} ?[a-z]+))?");
    private static final NumberSet SOME = NumberSet.between(1, Integer.MAX_VALUE);

    private final Faults faults;
    private final Numbers numbers;
    private final Addresses addresses;
    private final Texts texts;

    Fields(final Faults faults, final Numbers numbers, final Addresses addresses, final Texts texts) {
        this.faults = faults;
        this.numbers = numbers;
        this.addresses = addresses;
        this.texts = texts;
    }

    private static Set<String> ordered(final List<String> words) {
        return new LinkedHashSet<>(words);
    }

    /** What may be asked of fields of a type. */
    static Set<String> keys(final FieldType type) {
        final Set<String> ofType = switch (type) {
            case NUMBER -> Numbers.KEYS;
            case BOOLEAN -> Set.of();
            case ADDRESS -> Set.of("in");
            case TIME -> TIME_KEYS;
            default -> Texts.KEYS;
        };
        final Set<String> keys = new LinkedHashSet<>(ofType);
        keys.addAll(COMMON_KEYS);
        return keys;
    }

    /** What is asked of a field, which several protocols may have; null, and told, if it cannot be. */
    Condition read(final String name, final List<Field> fields, final Node node) {
        final Map<FieldType, List<Field>> byType = new LinkedHashMap<>();
        for (final Field field : fields) {
            byType.computeIfAbsent(field.type(), type -> new ArrayList<>()).add(field);
        }
        final List<Condition> alternatives = new ArrayList<>();
        for (final List<Field> same : byType.values()) {
            final Condition condition = ofType(name, same, node);
            if (condition == null) {
                return null;
            }
            alternatives.add(condition);
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Condition.Any(alternatives);
    }

    private Condition ofType(final String name, final List<Field> fields, final Node node) {
        final FieldType type = fields.get(0).type();
        final Map<String, Node> members = new LinkedHashMap<>();
        if (node instanceof MappingNode) {
            members.putAll(Members.of(node, "'" + name + "'", keys(type), faults));
            if (members.isEmpty()) {
                return null;
            }
        }
        final List<Condition> all = new ArrayList<>();
        for (final String key : COMMON_KEYS) {
            final Node asked = members.remove(key);
            if (asked != null) {
                all.add(common(name, key, fields, asked));
            }
        }
        if (!(node instanceof MappingNode) || !members.isEmpty()) {
            all.add(value(name, fields, node, members));
        }
        if (all.contains(null)) {
            return null;
        }
        return all.size() == 1 ? all.get(0) : new Condition.All(all);
    }

    private Condition common(final String name, final String key, final List<Field> fields, final Node node) {
        return switch (key) {
            case "present" -> {
                final Boolean present = Members.truth(node, key, faults);
                yield present == null ? null : present ? any(fields, field -> count(field, SOME))
                    : new Condition.Not(any(fields, field -> count(field, SOME)));
            }
            case "instances" -> {
                final NumberSet counts = numbers.within(numbers.set(node, key, Numbers.Unit.NONE), node, key, 0,
                    Integer.MAX_VALUE);
                yield counts == null ? null : any(fields, field -> count(field, counts));
            }
            default -> same(name, fields, node);
        };
    }

    private static Condition count(final Field field, final NumberSet counts) {
        return new Condition.FieldCount(Buffer.of(field, Buffer.Side.EITHER), counts);
    }

    private Condition same(final String name, final List<Field> fields, final Node node) {
        final String other = Members.text(node, "same_as", faults);
        final List<Field> others = other == null ? List.of()
            : Vocabulary.get().fields().getOrDefault(other, List.of());
        if (other != null && others.isEmpty()) {
            faults.unknown(node, "same_as", "there is no field '" + other + "'", other,
                Vocabulary.get().fields().keySet());
        }
        final List<Condition> pairs = new ArrayList<>();
        for (final Field field : fields) {
            for (final Field with : others) {
                pairs.add(new Condition.SameField(field, with));
            }
        }
        if (!others.isEmpty() && others.get(0).type() != fields.get(0).type()) {
            faults.add(node, "same_as", "'" + other + "' is " + others.get(0).type().label() + " and '" + name
                + "' is " + fields.get(0).type().label());
        }
        return pairs.isEmpty() ? null : pairs.size() == 1 ? pairs.get(0) : new Condition.Any(pairs);
    }

    private Condition value(final String name, final List<Field> fields, final Node node,
        final Map<String, Node> members) {
        final Buffer buffer =
            new Buffer(name, Buffer.Level.TRANSACTION, null, fields, Buffer.Side.EITHER);
        return switch (fields.get(0).type()) {
            case NUMBER -> {
                final NumberSet set = members.isEmpty() ? numbers.set(node, name, Numbers.Unit.NONE)
                    : numbers.compared(members, node, name, Numbers.Unit.NONE);
                final long most = fields.stream().mapToLong(Field::most).max().orElse(Long.MAX_VALUE);
                final NumberSet possible = most == Long.MAX_VALUE ? set : numbers.within(set, node, name, 0, most);
                yield possible == null ? null : any(fields, field -> number(field, possible));
            }
            case BOOLEAN -> {
                final Boolean truth = Members.truth(node, name, faults);
                yield truth == null ? null : any(fields, field -> number(field, NumberSet.of(truth ? 1 : 0)));
            }
            case TIME -> time(name, fields, node, members);
            case ADDRESS -> {
                final AddressSet set = addresses.set(node, name);
                yield set == null ? null
                    : new Condition.BufferCondition(buffer, List.of(), List.of(new Step.InNetwork(set)));
            }
            default -> texts.read(node, members, name, buffer, Literals.of(fields.get(0)));
        };
    }

    private static Condition number(final Field field, final NumberSet numbers) {
        return new Condition.FieldNumber(field, Buffer.Side.EITHER, numbers);
    }

    private static Condition any(final List<Field> fields, final Function<Field, Condition> condition) {
        final List<Condition> alternatives = new ArrayList<>();
        for (final Field field : fields) {
            alternatives.add(condition.apply(field));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Condition.Any(alternatives);
    }

    private Condition time(final String name, final List<Field> fields, final Node node,
        final Map<String, Node> members) {
        if (members.isEmpty()) {
            faults.add(node, name, "'" + name + "' is a time; ask {before: now}, {after: 2026-01-31} or "
                + "{before: now + 30 d}");
            return null;
        }
        final List<Condition> all = new ArrayList<>();
        for (final Map.Entry<String, Node> member : members.entrySet()) {
            final boolean before = "before".equals(member.getKey());
            final String text = Members.text(member.getValue(), member.getKey(), faults);
            if (text == null) {
                return null;
            }
            final Matcher now = NOW.matcher(text);
            if (now.matches()) {
                final Long away = now.group(2) == null ? Long.valueOf(0)
                    : numbers.number(now.group(2), member.getValue(), member.getKey(), Numbers.Unit.SECONDS);
                if (away == null) {
                    return null;
                }
                final NumberSet seconds = side("-".equals(now.group(1)) ? -away : away, before);
                all.add(any(fields, field -> new Condition.FieldTime(field, Buffer.Side.EITHER, seconds)));
            } else {
                try {
                    final long seconds = LocalDate.parse(text).atStartOfDay().toEpochSecond(ZoneOffset.UTC);
                    all.add(any(fields, field -> number(field, side(seconds, before))));
                } catch (final DateTimeParseException e) {
                    faults.add(member.getValue(), member.getKey(), "'" + member.getKey()
                        + "' must be now, now + 30 d, now - 1 h or a date such as 2026-01-31, not '" + text + "'");
                    return null;
                }
            }
        }
        return all.size() == 1 ? all.get(0) : new Condition.All(all);
    }

    private static NumberSet side(final long value, final boolean before) {
        return before ? NumberSet.between(Long.MIN_VALUE, value - 1) : NumberSet.between(value + 1, Long.MAX_VALUE);
    }
}
