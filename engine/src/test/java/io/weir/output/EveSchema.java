package io.weir.output;

import io.weir.Json;
import io.weir.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks records against the part of JSON Schema that EVE's schema uses. */
public final class EveSchema {
    private final Map<String, Object> root;

    private EveSchema(final Map<String, Object> root) {
        this.root = root;
    }

    /** EVE's schema, where it exists. */
    public static Optional<EveSchema> find() {
        return SharedFolder.find("eve/schema.json").map(file -> {
            try {
                return new EveSchema(Json.object(Files.readString(file)));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What is wrong with a record; our own object {@code weir} is left out. */
    public List<String> faults(final Map<String, Object> record) {
        final List<String> faults = new ArrayList<>();
        record.remove("weir");
        check(record, root, "", faults);
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
        final String type = (String) schema.getOrDefault("type", "any");
        if (!matches(value, type)) {
            faults.add(path + ": " + value + " is not of type " + type);
        } else if (value instanceof Map) {
            members((Map<String, Object>) value, schema, path, faults);
        } else if (value instanceof List && schema.get("items") != null) {
            ((List<Object>) value)
                .forEach(element -> check(element, (Map<String, Object>) schema.get("items"), path + "[]", faults));
        } else if (value instanceof String text && schema.get("pattern") != null
            && !Pattern.compile((String) schema.get("pattern")).matcher(text).find()) {
            faults.add(path + ": " + text + " does not match " + schema.get("pattern"));
        }
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
            } else if (Boolean.FALSE.equals(schema.get("additionalProperties"))) {
                faults.add(path + ": " + name + " is unknown");
            }
        });
    }

    private static boolean matches(final Object value, final String type) {
        return switch (type) {
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
    boolean knows(final String path) {
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
