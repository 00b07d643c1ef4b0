package io.weir.rule.signature;

import io.weir.rule.model.Dataset;
import io.weir.rule.model.Step;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code dataset}. A set is described where it is first named; rules behind may name it alone. */
final class DatasetText {
    private static final int LIMIT = 1 << 20;
    private static final long BYTES = 100L << 20;
    private static final long MOST_BYTES = 4L << 30;
    private static final long MOST_SCORE = 65_535;
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})\\s*(?:([kmg])i?b?)?", Pattern.CASE_INSENSITIVE);
    private static final Map<String, Dataset.Command> COMMANDS = Map.of("set", Dataset.Command.SET,
        "unset", Dataset.Command.UNSET, "isset", Dataset.Command.IS_SET, "isnotset", Dataset.Command.IS_NOT_SET);
    private static final Map<String, Dataset.Type> TYPES = Map.of("string", Dataset.Type.STRING,
        "md5", Dataset.Type.MD5, "sha256", Dataset.Type.SHA256, "ipv4", Dataset.Type.IPV4, "ip", Dataset.Type.IP,
        "ipv6", Dataset.Type.IP);
    /** Options that only data sets from JSON have. */
    private static final Set<String> JSON_KEYS = Set.of("value_key", "array_key", "enrichment_key", "context_key",
        "remove_key");
    private static final Map<String, Dataset.Type> HASHES = Map.of("filemd5", Dataset.Type.MD5_DIGITS,
        "filesha1", Dataset.Type.SHA1_DIGITS, "filesha256", Dataset.Type.SHA256_DIGITS);

    private final Path folder;
    private Dataset.Type type;
    private Path load;
    private Path save;
    private int limit = LIMIT;
    private long bytes = BYTES;
    /** Whether values stand in lines of JSON, or in one array; null if they do not stand in JSON. */
    private Boolean jsonLines;
    private List<String> valueKey = List.of();
    private List<String> arrayKey = List.of();

    private DatasetText(final Path folder) {
        this.folder = folder;
    }

    static void add(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        final Dataset.Command command = COMMANDS.get(parts.get(0));
        if (command == null || parts.size() < 2) {
            throw RejectedException.unknown("dataset needs a command and a name: dataset:isset,name", parts.get(0),
                COMMANDS.keySet());
        }
        if (!draft.isSticky()) {
            throw RejectedException.error("dataset asks a buffer, and none is named before it");
        }
        final String name = parts.get(1);
        final DatasetText text = new DatasetText(draft.folder);
        for (final String part : parts.subList(2, parts.size())) {
            final String[] words = part.split("\\s+", 2);
            text.set(words[0].toLowerCase(Locale.ROOT), words.length < 2 ? "" : words[1].strip());
        }
        final Dataset known = draft.datasets.get(name);
        if (known == null && text.type == null) {
            throw RejectedException.error("the data set " + Option.shown(name) + " has no type: type string");
        }
        if (known != null && text.type != null && known.type() != text.type) {
            throw RejectedException.error("the data set " + Option.shown(name) + " has another type elsewhere");
        }
        final Dataset set = known != null ? known
            : new Dataset(name, text.type, text.load, text.save, text.limit, text.bytes, null, text.json());
        if (set.json() != null && (command == Dataset.Command.SET || command == Dataset.Command.UNSET)) {
            throw RejectedException.error("a data set from JSON is asked with isset or isnotset, not changed");
        }
        draft.datasets.put(name, set);
        draft.current.steps.add(new Step.InDataset(set, command));
    }

    /** Values whose score is accepted: the set has those alone, and is a set of its own for each question. */
    static void addScored(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts();
        if (parts.size() < 4) {
            throw RejectedException.error("datarep needs a name, an operator, a score and a file: "
                + "datarep:name,>,100,load file,type string");
        }
        final String operator = "==".equals(parts.get(1)) ? "=" : parts.get(1);
        if (!Set.of("<", "<=", ">", ">=", "=").contains(operator)) {
            throw RejectedException.error("datarep has no operator " + Option.shown(operator));
        }
        if (!draft.isSticky()) {
            throw RejectedException.error("datarep asks a buffer, and none is named before it");
        }
        final DatasetText text = new DatasetText(draft.folder);
        for (final String part : parts.subList(3, parts.size())) {
            final String[] words = part.split("\\s+", 2);
            final String word = words[0].toLowerCase(Locale.ROOT);
            text.set(word, words.length < 2 ? "" : words[1].strip());
            // scores stand behind commas
            if (JSON_KEYS.contains(word) || text.jsonLines != null) {
                throw RejectedException.unsupported("datarep has no " + Option.shown(part));
            }
        }
        if (text.type == null || text.load == null || text.save != null) {
            throw RejectedException.error("datarep needs a type and a file that is loaded");
        }
        final long score = Numbers.number(parts.get(2), 0, MOST_SCORE);
        draft.current.steps.add(new Step.InDataset(new Dataset(parts.get(0) + ' ' + operator + ' ' + score, text.type,
            text.load, null, text.limit, text.bytes, Numbers.compare(operator, score)), Dataset.Command.IS_SET));
    }

    /** A list of hashes of files, one at the beginning of each line. */
    static void addHashes(final Draft draft, final Option option, final BufferWord word) throws RejectedException {
        final String value = option.need();
        final boolean negated = value.startsWith("!");
        final Path list = new DatasetText(draft.folder).file(negated ? value.substring(1).strip() : value);
        final String name = option.name() + ' ' + list.toAbsolutePath().normalize();
        final Dataset set = new Dataset(name, HASHES.get(option.name()), list, null, 0, MOST_BYTES);
        draft.find(word).steps.add(new Step.InDataset(set,
            negated ? Dataset.Command.IS_NOT_SET : Dataset.Command.IS_SET));
    }

    private Dataset.Json json() throws RejectedException {
        if (jsonLines == null) {
            if (!valueKey.isEmpty() || !arrayKey.isEmpty()) {
                throw RejectedException.error("value_key and array_key need format json or format jsonline");
            }
            return null;
        }
        if (load == null || save != null || valueKey.isEmpty() || jsonLines && !arrayKey.isEmpty()) {
            throw RejectedException.error("a data set from JSON needs load and value_key, is not saved, and has an "
                + "array_key only with format json");
        }
        return new Dataset.Json(jsonLines, valueKey, arrayKey);
    }

    private static List<String> path(final String keys) {
        return List.of(keys.split("\\.", -1));
    }

    private void set(final String word, final String value) throws RejectedException {
        switch (word) {
            case "type" -> {
                type = TYPES.get(value.toLowerCase(Locale.ROOT));
                if (type == null) {
                    throw RejectedException.unknown("there is no type of data set " + Option.shown(value), value,
                        TYPES.keySet());
                }
            }
            case "load" -> load = file(value);
            case "save" -> save = own(value);
            case "state" -> {
                save = own(value);
                load = save;
            }
            case "hashsize" -> limit = Math.max(limit, (int) Numbers.number(value, 1, 1 << 24));
            case "memcap" -> bytes = bytes(value);
            case "format" -> jsonLines = switch (value.toLowerCase(Locale.ROOT)) {
                case "csv" -> null;
                case "json" -> false;
                case "jsonline", "ndjson" -> true;
                default -> throw RejectedException.unknown("data sets have no format " + Option.shown(value), value,
                    List.of("csv", "json", "jsonline"));
            };
            case "value_key" -> valueKey = path(value);
            case "array_key" -> arrayKey = path(value);
            case "enrichment_key", "context_key", "remove_key" -> {
                // of what alerts would tell beside the value
            }
            default -> throw RejectedException.unsupported("data sets have no " + Option.shown(word));
        }
    }

    private static long bytes(final String text) throws RejectedException {
        final Matcher size = SIZE.matcher(text);
        if (!size.matches()) {
            throw RejectedException.error('"' + Option.shown(text) + "\" is no size; write for example 10mb");
        }
        final int shift = size.group(2) == null ? 0 : 10 * ("kmg".indexOf(size.group(2).toLowerCase(Locale.ROOT)) + 1);
        return Math.min(MOST_BYTES, Long.parseLong(size.group(1)) << shift);
    }

    /** A file that is written: whoever writes rules must not reach files elsewhere. */
    private Path own(final String name) throws RejectedException {
        final Path file = file(name);
        if (!file.normalize().startsWith(folder.normalize()) || file.normalize().equals(folder.normalize())
            || Path.of(name).isAbsolute() || file.getNameCount() != file.normalize().getNameCount()) {
            throw RejectedException.error("a data set is saved below the folder of its rules, not in "
                + Option.shown(name));
        }
        return file;
    }

    private Path file(final String name) throws RejectedException {
        try {
            return folder.resolve(DescriptionKeywords.decoded(name));
        } catch (final InvalidPathException e) {
            throw RejectedException.error('"' + Option.shown(name) + "\" is no name of a file");
        }
    }
}
