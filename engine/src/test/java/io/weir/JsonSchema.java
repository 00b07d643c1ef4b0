package io.weir;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks values against a JSON schema: the part of the language that the schemas here are written in. */
public final class JsonSchema {
    private final Map<String, Object> root;

    public JsonSchema(final Map<String, Object> root) {
        this.root = root;
    }

    /** What is wrong with a value: maps, lists, strings, numbers and booleans. */
    public List<String> faults(final Object value) {
        final List<String> faults = new ArrayList<>();
        check(value, root, "", faults);
        return faults;
    }

    @SuppressWarnings("unchecked")
    private void check(
        final Object value, final Map<String, Object> schema, final String path, final List<String> faults) {
        final Object reference = schema.get("$ref");
        if (reference != null) {
            check(value, resolve((String) reference), path, faults);
            return;
        }
        if (!matches(value, schema.getOrDefault("type", "any"))) {
            faults.add(path + ": " + value + " is not of type " + schema.get("type"));
            return;
        }
        if (schema.get("enum") instanceof List<?> words && !words.contains(value)) {
            faults.add(path + ": " + value + " is none of the words there are");
        }
        if (schema.get("anyOf") instanceof List<?> choices) {
            choose(value, (List<Map<String, Object>>) choices, path, faults);
        }
        if (value instanceof Map) {
            members((Map<String, Object>) value, schema, path, faults);
        } else if (value instanceof List<?> list) {
            if (schema.get("minItems") instanceof Number least && list.size() < least.intValue()) {
                faults.add(path + ": has too few elements");
            }
            if (schema.get("items") != null) {
                list.forEach(element -> check(element, (Map<String, Object>) schema.get("items"), path + "[]", faults));
            }
        } else if (value instanceof String text && schema.get("pattern") != null
            && !Pattern.compile((String) schema.get("pattern")).matcher(text).find()) {
            faults.add(path + ": " + text + " does not match " + schema.get("pattern"));
        }
    }

    private void choose(final Object value, final List<Map<String, Object>> choices, final String path,
        final List<String> faults) {
        final List<String> all = new ArrayList<>();
        for (final Map<String, Object> choice : choices) {
            final List<String> ofChoice = new ArrayList<>();
            check(value, choice, path, ofChoice);
            if (ofChoice.isEmpty()) {
                return;
            }
            all.addAll(ofChoice);
        }
        faults.add(path + ": is none of what it may be: " + all);
    }

    @SuppressWarnings("unchecked")
    private void members(
        final Map<String, Object> value, final Map<String, Object> schema, final String path,
        final List<String> faults) {
        final Map<String, Object> properties = (Map<String, Object>) schema.getOrDefault("properties", Map.of());
        for (final Object name : (List<Object>) schema.getOrDefault("required", List.of())) {
            if (!value.containsKey(name)) {
                faults.add(path + ": lacks " + name);
            }
        }
        value.forEach((name, member) -> {
            final Object property = properties.get(name);
            if (property != null) {
                check(member, (Map<String, Object>) property, path + "/" + name, faults);
            } else if (schema.get("additionalProperties") instanceof Map<?, ?> others) {
                check(member, (Map<String, Object>) others, path + "/" + name, faults);
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                faults.add(path + ": " + name + " is unknown");
            }
        });
    }

    private static boolean matches(final Object value, final Object type) {
        if (type instanceof List<?> types) {
            return types.stream().anyMatch(one -> matches(value, one));
        }
        return switch ((String) type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "integer" -> value instanceof Integer || value instanceof Long;
            case "number" -> value instanceof Number;
            case "boolean" -> value instanceof Boolean;
            default -> true;
        };
    }

    /** True if there is something at a path of the schema, steps separated by slashes. */
    public boolean knows(final String path) {
        Object at = root;
        for (final String step : path.split("/", -1)) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at != null;
    }

    @SuppressWarnings("unchecked")
    private Map<String, Object> resolve(final String reference) {
        Map<String, Object> at = root;
        for (final String step : reference.substring(2).split("/", -1)) {
            at = (Map<String, Object>) at.get(step);
        }
        return at;
    }
}
