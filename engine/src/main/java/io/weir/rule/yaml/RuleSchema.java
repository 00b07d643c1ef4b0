package io.weir.rule.yaml;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The JSON schema of rule files, for editors: made of the same vocabulary that the loader knows. Any thread. */
public final class RuleSchema {
    private static final String NUMBER = "^(-?[0-9]+|0x[0-9a-fA-F]+|[0-9]+ ?- ?[0-9]+)( ?(B|kB|MB|GB|TB|s|min|h|d))?$";

    private final Vocabulary words = Vocabulary.get();

    private RuleSchema() {
    }

    /** The schema as JSON. */
    public static String text() {
        final StringWriter text = new StringWriter();
        final DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        final DefaultPrettyPrinter printer = new DefaultPrettyPrinter().withObjectIndenter(indenter);
        try (JsonGenerator json = new JsonFactory().createGenerator(text).setPrettyPrinter(printer)) {
            write(new RuleSchema().file(), json);
        } catch (final IOException e) {
            throw new IllegalStateException("writing to memory failed", e);
        }
        return text.append('\n').toString();
    }

    private static void write(final Object value, final JsonGenerator json) throws IOException {
        if (value instanceof Map<?, ?> map) {
            json.writeStartObject();
            for (final Map.Entry<?, ?> entry : map.entrySet()) {
                json.writeFieldName((String) entry.getKey());
                write(entry.getValue(), json);
            }
            json.writeEndObject();
        } else if (value instanceof Collection<?> list) {
            json.writeStartArray();
            for (final Object element : list) {
                write(element, json);
            }
            json.writeEndArray();
        } else if (value instanceof Boolean truth) {
            json.writeBoolean(truth);
        } else if (value instanceof Number number) {
            json.writeNumber(number.longValue());
        } else {
            json.writeString((String) value);
        }
    }

    private Map<String, Object> file() {
        final Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("$schema", "http://json-schema.org/draft-07/schema#");
        schema.put("title", "Rules of weir");
        schema.putAll(object(map("groups", map("type", "object", "description",
            "groups of networks by name, for this file", "additionalProperties", ref("addresses")),
            "rules", map("type", "array", "items", ref("rule")))));
        final Map<String, Object> definitions = new LinkedHashMap<>();
        definitions.put("rule", rule());
        definitions.put("when", when());
        definitions.put("word", map("type", List.of("string", "number", "boolean")));
        definitions.put("words", choice(ref("word"), array(ref("word"))));
        definitions.put("file", map("type", "string", "description", "a file of values, one a line"));
        definitions.put("plain_number", map("type", List.of("integer", "string"), "pattern", NUMBER));
        definitions.put("number", choice(ref("plain_number"), object(comparison())));
        definitions.put("numbers", choice(ref("number"), array(ref("number"))));
        definitions.put("addresses", choice(ref("words"), object(map("in", ref("file")))));
        final List<String> parts = new ArrayList<>(Vocabulary.PARTS.keySet());
        parts.addAll(words.fields().keySet());
        definitions.put("part", map("enum", parts));
        definitions.put("payload", object(ofText()));
        for (final FieldType type : FieldType.values()) {
            if (type != FieldType.GROUP) {
                definitions.put(name(type), field(type));
            }
        }
        schema.put("definitions", definitions);
        return schema;
    }

    private static String name(final FieldType type) {
        return switch (type) {
            case TEXT, NAME, HEX, COLON_HEX, BASE64 -> "text_field";
            default -> type.label() + "_field";
        };
    }

    private Map<String, Object> rule() {
        final Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("id", map("type", "integer", "minimum", 1, "description", "a number of its own"));
        keys.put("revision", map("type", "integer", "minimum", 0));
        keys.put("alert", map("type", "string", "description", "a match is an alert with this message"));
        keys.put("pass", map("type", "string", "description", "what matches is not asked of other rules"));
        keys.put("silent", map("type", "string", "description", "a match does what 'do' says, without an alert"));
        keys.put("severity", map("enum", Vocabulary.SEVERITIES));
        keys.put("category", map("type", "string"));
        keys.put("owner", ref("words"));
        keys.put("mitre", oneOrSeveral(map("type", "string", "pattern", "^" + RuleReader.MITRE + "$")));
        keys.put("references", oneOrSeveral(map("type", "string", "pattern", "^" + RuleReader.REFERENCE + "$")));
        keys.put("enabled", map("type", "boolean"));
        keys.put("expires", map("type", "string", "pattern", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description",
            "from this day on, in UTC, the rule is not loaded"));
        keys.put("when", ref("when"));
        keys.put("each", map("enum", List.of("flow", "match"), "description",
            "how often it may match: once a flow, or with each transaction or frame"));
        final Map<String, Object> by = oneOrSeveral(ref("part"));
        keys.put("count", object(map("by", by, "distinct", ref("part"), "over", ref("plain_number"), "within",
            ref("plain_number")), "by", "over", "within"));
        keys.put("first_seen", object(map("by", by, "within", ref("plain_number")), "by", "within"));
        keys.put("limit", object(map("by", map("enum", List.copyOf(Vocabulary.PARTS.keySet())), "alerts",
            ref("plain_number"), "within", ref("plain_number")), "by", "alerts", "within"));
        final Map<String, Object> named = new LinkedHashMap<>();
        States.NAMED_EFFECTS.forEach(effect -> named.put(effect, ref("words")));
        keys.put("do", oneOrSeveral(choice(map("enum", States.PLAIN_EFFECTS), object(named))));
        final Map<String, Object> rule = object(keys, "id", "when");
        rule.put("anyOf", RuleReader.ACTIONS.stream().map(action -> map("required", List.of(action))).toList());
        return rule;
    }

    private Map<String, Object> when() {
        final Map<String, Object> keys = new LinkedHashMap<>();
        for (final String word : Vocabulary.WORDS) {
            keys.put(word, condition(word));
        }
        words.flowNumbers().keySet().forEach(name -> keys.put(name, ref("numbers")));
        words.packetNumbers().keySet().forEach(name -> keys.put(name, ref("numbers")));
        for (final Map.Entry<String, List<Field>> fields : words.fields().entrySet()) {
            final Field field = fields.getValue().get(0);
            keys.put(fields.getKey(), map("description", field.sentence(), "$ref",
                "#/definitions/" + name(field.type())));
        }
        return object(keys);
    }

    private Map<String, Object> condition(final String word) {
        return switch (word) {
            case "all", "any" -> map("type", "array", "items", ref("when"));
            case "not" -> ref("when");
            case "protocol" -> oneOrSeveral(map("enum", List.copyOf(words.protocols().keySet())));
            case "transport" -> map("enum", List.copyOf(Vocabulary.TRANSPORTS.keySet()));
            case "source", "destination" -> ref("addresses");
            case "source.port", "destination.port" -> ref("numbers");
            case "direction" -> map("enum", List.of("to_server", "to_client"));
            case "flow.state" -> map("enum", List.of("new", "established"));
            case "tcp.flags" -> {
                final Map<String, Object> flags = oneOrSeveral(map("enum", List.copyOf(Vocabulary.TCP_FLAGS.keySet())));
                yield choice(flags, object(map("all", flags, "any", flags, "none", flags)));
            }
            case "event" -> oneOrSeveral(map("enum", List.copyOf(words.events().keySet())));
            case "payload" -> ref("payload");
            default -> ref("words");
        };
    }

    private static Map<String, Object> field(final FieldType type) {
        final Map<String, Object> keys = new LinkedHashMap<>();
        keys.put("present", map("type", "boolean"));
        keys.put("instances", ref("numbers"));
        keys.put("same_as", map("type", "string", "description", "another field with the same value"));
        final Map<String, Object> plain = switch (type) {
            case NUMBER -> {
                keys.putAll(comparison());
                yield ref("numbers");
            }
            case BOOLEAN -> map("type", "boolean");
            case ADDRESS -> ref("addresses");
            case TIME -> {
                Fields.TIME_KEYS.forEach(key -> keys.put(key, map("type", "string")));
                yield null;
            }
            default -> {
                keys.putAll(ofText());
                yield ref("words");
            }
        };
        return plain == null ? object(keys) : choice(plain, object(keys));
    }

    private static Map<String, Object> comparison() {
        return map("over", ref("plain_number"), "under", ref("plain_number"));
    }

    private static Map<String, Object> ofText() {
        final Map<String, Object> keys = new LinkedHashMap<>();
        for (final String key : Texts.KEYS) {
            final Map<String, Object> value = switch (key) {
                case "in", "domain_in" -> ref("file");
                case "length" -> ref("numbers");
                case "case" -> map("enum", List.of("exact", "ignore"));
                case "from", "to" -> ref("plain_number");
                default -> ref("words");
            };
            keys.put(key, value);
        }
        return keys;
    }

    private static Map<String, Object> ref(final String name) {
        return map("$ref", "#/definitions/" + name);
    }

    private static Map<String, Object> array(final Map<String, Object> items) {
        return map("type", "array", "minItems", 1, "items", items);
    }

    private static Map<String, Object> oneOrSeveral(final Map<String, Object> one) {
        return choice(one, array(one));
    }

    private static Map<String, Object> choice(final Object... choices) {
        return map("anyOf", List.of(choices));
    }

    private static Map<String, Object> object(final Map<String, Object> properties, final String... required) {
        final Map<String, Object> object = map("type", "object", "properties", properties, "additionalProperties",
            false);
        if (required.length > 0) {
            object.put("required", List.of(required));
        }
        return object;
    }

    private static Map<String, Object> map(final Object... pairs) {
        final Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }
}
