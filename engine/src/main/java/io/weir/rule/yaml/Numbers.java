package io.weir.rule.yaml;

import io.weir.rule.model.NumberSet;
import io.weir.rule.model.NumberSet.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads numbers: one, a range such as {@code 80-89}, {@code {over: 5, under: 10}}, or a list of these. */
final class Numbers {
    static final Set<String> KEYS = Set.of("over", "under");
    private static final Pattern NUMBER = Pattern.compile("(-?\\d{1,18}|0x[0-9a-fA-F]{1,15})(?: ?([A-Za-z]+))?");
    private static final Pattern RANGE = Pattern.compile("(\\d{1,18}) ?- ?(\\d{1,18})");

    /** What a number may be followed by. */
    enum Unit {
        NONE("a number"),
        BYTES("a number of bytes, such as 1500 or 10 MB"),
        SECONDS("a time, such as 90 s, 5 min, 2 h or 30 d");

        private final String description;

        Unit(final String description) {
            this.description = description;
        }

        /** What a suffix multiplies by; 0 if there is no such one. */
        private long factor(final String suffix) {
            return switch (this) {
                case NONE -> 0;
                case BYTES -> switch (suffix) {
                    case "B" -> 1;
                    case "kB" -> 1_000;
                    case "MB" -> 1_000_000;
                    case "GB" -> 1_000_000_000;
                    case "TB" -> 1_000_000_000_000L;
                    default -> 0;
                };
                case SECONDS -> switch (suffix) {
                    case "s" -> 1;
                    case "min" -> 60;
                    case "h" -> 3_600;
                    case "d" -> 86_400;
                    default -> 0;
                };
            };
        }
    }

    private final Faults faults;

    Numbers(final Faults faults) {
        this.faults = faults;
    }

    /** The numbers that are accepted; null, and told, if it is none. */
    NumberSet set(final Node node, final String key, final Unit unit) {
        final List<Range> ranges = new ArrayList<>();
        boolean whole = true;
        for (final Node element : Members.list(node)) {
            final Range range = element instanceof MappingNode ? compared(element, key, unit)
                : plain(element, key, unit);
            whole &= range != null;
            if (range != null) {
                ranges.add(range);
            }
        }
        if (whole && ranges.isEmpty()) {
            faults.add(node, key, "'" + key + "' is an empty list");
        }
        return whole && !ranges.isEmpty() ? new NumberSet(ranges, false) : null;
    }

    /** What a number that is from {@code least} to {@code most} may be; null, and told, if some of it never is. */
    NumberSet within(final NumberSet set, final Node node, final String key, final long least, final long most) {
        if (set == null) {
            return null;
        }
        boolean possible = true;
        final List<Node> elements = Members.list(node);
        for (int i = 0; i < set.ranges().size(); i++) {
            final Range range = set.ranges().get(i);
            if (range.min() > most || range.max() < least) {
                possible = false;
                final Node at = elements.get(Math.min(i, elements.size() - 1));
                faults.add(at, key, "'" + key + "' is never " + described(range)
                    + (most == Long.MAX_VALUE ? ": it is at least " + least : ": it is from " + least + " to " + most));
            }
        }
        return possible ? set : null;
    }

    private static String described(final Range range) {
        if (range.min() == Long.MIN_VALUE) {
            return "under " + (range.max() + 1);
        } else if (range.max() == Long.MAX_VALUE) {
            return "over " + (range.min() - 1);
        }
        return range.min() == range.max() ? String.valueOf(range.min())
            : range.min() + " to " + range.max();
    }

    private Range compared(final Node node, final String key, final Unit unit) {
        final Map<String, Node> members = Members.of(node, "'" + key + "'", KEYS, faults);
        return members.isEmpty() ? null : range(members, node, key, unit);
    }

    /** What {@code over} and {@code under} accept; null, and told, if it is nothing. */
    NumberSet compared(final Map<String, Node> members, final Node node, final String key, final Unit unit) {
        final Range range = range(members, node, key, unit);
        return range == null ? null : new NumberSet(List.of(range), false);
    }

    private Range range(final Map<String, Node> members, final Node node, final String key, final Unit unit) {
        Long over = Long.MIN_VALUE;
        Long under = Long.MAX_VALUE;
        if (members.containsKey("over")) {
            over = number(members.get("over"), key, unit);
        }
        if (members.containsKey("under")) {
            under = number(members.get("under"), key, unit);
        }
        if (over == null || under == null) {
            return null;
        }
        final Range range = new Range(members.containsKey("over") ? over + 1 : over,
            members.containsKey("under") ? under - 1 : under);
        if (range.min() > range.max()) {
            faults.add(node, key, "no number is over " + over + " and under " + under);
            return null;
        }
        return range;
    }

    private Range plain(final Node node, final String key, final Unit unit) {
        final Matcher range = RANGE.matcher(node instanceof ScalarNode scalar ? scalar.getValue() : "");
        if (!range.matches()) {
            final Long number = number(node, key, unit);
            return number == null ? null : new Range(number, number);
        }
        final Range read = new Range(Long.parseLong(range.group(1)), Long.parseLong(range.group(2)));
        if (read.min() > read.max()) {
            faults.add(node, key, "the range " + range.group() + " begins behind its end");
            return null;
        }
        return read;
    }

    /** A number with its unit; null, and told, if it is none. */
    Long number(final Node node, final String key, final Unit unit) {
        return number(node instanceof ScalarNode scalar ? scalar.getValue() : "", node, key, unit);
    }

    /** The same of a part of a node's text. */
    Long number(final String text, final Node node, final String key, final Unit unit) {
        final Matcher matcher = NUMBER.matcher(text);
        if (matcher.matches()) {
            final long value = Long.decode(withoutZeros(matcher.group(1)));
            final String suffix = matcher.group(2);
            if (suffix == null) {
                return value;
            }
            final long factor = unit.factor(suffix);
            if (factor > 0 && Math.abs(value) <= Long.MAX_VALUE / 2 / factor) {
                return value * factor;
            }
        }
        faults.add(node, key, "'" + key + "' must be " + unit.description + ", not " + Faults.shown(node));
        return null;
    }

    /** A number within bounds; null, and told, if it is none. */
    Long number(final Node node, final String key, final Unit unit, final long least, final long most) {
        final Long value = number(node, key, unit);
        if (value != null && (value < least || value > most)) {
            faults.add(node, key, "'" + key + "' must be from " + least + " to " + most + ", not " + value);
            return null;
        }
        return value;
    }

    private static String withoutZeros(final String digits) {
        return digits.startsWith("0x") ? digits : digits.replaceFirst("^(-?)0+(?=\\d)", "$1");
    }
}
