package io.weir.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What a check of Suricata's public cases asks of an event: a path with dots, whose parts may have an index in brackets
 * or be {@code __len}, perhaps a comparison behind it, and the value that is wanted.
 */
record EventCondition(String key, Object wanted) {
    private static final Object MISSING = new Object();
    private static final Set<String> COMPARISONS = Set.of("__find", "__contains", "__startswith", "__endswith", "__gt",
        "__gte", "__lt", "__lte");

    /** True if the event meets all of them. */
    static boolean all(final Object event, final Map<?, ?> wanted) {
        return wanted.entrySet().stream()
            .allMatch(entry -> new EventCondition(String.valueOf(entry.getKey()), entry.getValue()).holds(event));
    }

    /** True if the event meets it. */
    boolean holds(final Object event) {
        if ("has-key".equals(key)) {
            return paths().stream().allMatch(path -> exists(event, path));
        }
        if ("not-has-key".equals(key)) {
            return paths().stream().noneMatch(path -> exists(event, path));
        }
        final List<String> steps = new ArrayList<>(List.of(key.split("\\.")));
        final String last = steps.get(steps.size() - 1);
        if (COMPARISONS.contains(last)) {
            steps.remove(steps.size() - 1);
            final Object have = walk(event, steps);
            return have != MISSING && compare(last, have);
        }
        final Object have = walk(event, steps);
        return have == MISSING ? wanted == null : same(have, wanted);
    }

    private List<?> paths() {
        return wanted instanceof List<?> list ? list : List.of(wanted);
    }

    private static boolean exists(final Object event, final Object path) {
        final Object value = walk(event, List.of(String.valueOf(path).split("\\.")));
        return value != MISSING && value != null;
    }

    private boolean compare(final String comparison, final Object have) {
        if (have instanceof String text) {
            return switch (comparison) {
                case "__find", "__contains" -> text.contains(String.valueOf(wanted));
                case "__startswith" -> text.startsWith(String.valueOf(wanted));
                case "__endswith" -> text.endsWith(String.valueOf(wanted));
                default -> false;
            };
        }
        if ("__contains".equals(comparison)) {
            return have instanceof List<?> list ? list.stream().anyMatch(value -> same(value, wanted))
                : have instanceof Map<?, ?> map && map.containsKey(wanted);
        }
        if (!(have instanceof Number number && wanted instanceof Number limit)) {
            return false;
        }
        final int order = Double.compare(number.doubleValue(), limit.doubleValue());
        return switch (comparison) {
            case "__gt" -> order > 0;
            case "__gte" -> order >= 0;
            case "__lt" -> order < 0;
            case "__lte" -> order <= 0;
            default -> false;
        };
    }

    private static Object walk(final Object from, final List<String> steps) {
        Object at = from;
        for (final String step : steps) {
            at = "__len".equals(step) ? length(at) : member(at, step);
            if (at == MISSING) {
                return MISSING;
            }
        }
        return at;
    }

    private static Object length(final Object of) {
        return of instanceof List<?> list ? list.size() : of instanceof Map<?, ?> map ? map.size()
            : of instanceof String text ? text.length() : MISSING;
    }

    private static Object member(final Object of, final String step) {
        final String[] parts = step.split("[\\[\\]]+");
        Object at = of;
        if (!parts[0].isEmpty()) {
            if (!(at instanceof Map<?, ?> map) || !map.containsKey(parts[0])) {
                return MISSING;
            }
            at = map.get(parts[0]);
        }
        for (int i = 1; i < parts.length; i++) {
            final int index = Integer.parseInt(parts[i]);
            if (!(at instanceof List<?> list) || index >= list.size()) {
                return MISSING;
            }
            at = list.get(index);
        }
        return at;
    }

    /** Numbers are equal by their value, whatever holds them. */
    private static boolean same(final Object have, final Object want) {
        if (have instanceof Number a && want instanceof Number b) {
            return a.toString().equals(b.toString()) || a.doubleValue() == b.doubleValue();
        }
        if (have instanceof List<?> a && want instanceof List<?> b) {
            boolean equal = a.size() == b.size();
            for (int i = 0; equal && i < a.size(); i++) {
                equal = same(a.get(i), b.get(i));
            }
            return equal;
        }
        if (have instanceof Map<?, ?> a && want instanceof Map<?, ?> b) {
            return a.keySet().equals(b.keySet()) && a.keySet().stream().allMatch(key -> same(a.get(key), b.get(key)));
        }
        return Objects.equals(have, want);
    }
}
