package io.weir.rule.signature;

import io.weir.rule.model.Dataset;
import io.weir.rule.model.Step;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reads {@code dataset}. A set is described where it is first named; rules behind may name it alone. */
final class DatasetText {
    private static final int LIMIT = 1 << 20;
    private static final Map<String, Dataset.Command> COMMANDS = Map.of("set", Dataset.Command.SET,
        "unset", Dataset.Command.UNSET, "isset", Dataset.Command.IS_SET, "isnotset", Dataset.Command.IS_NOT_SET);
    private static final Map<String, Dataset.Type> TYPES = Map.of("string", Dataset.Type.STRING,
        "md5", Dataset.Type.MD5, "sha256", Dataset.Type.SHA256, "ipv4", Dataset.Type.IPV4, "ip", Dataset.Type.IP,
        "ipv6", Dataset.Type.IP);

    private final Path folder;
    private Dataset.Type type;
    private Path load;
    private Path save;
    private int limit = LIMIT;

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
        final DatasetText text = new DatasetText(draft.context.folder());
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
        final Dataset set = known != null ? known : new Dataset(name, text.type, text.load, text.save, text.limit);
        draft.datasets.put(name, set);
        draft.current.steps.add(new Step.InDataset(set, command));
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
            case "save" -> save = file(value);
            case "state" -> {
                load = file(value);
                save = load;
            }
            case "hashsize" -> limit = Math.max(limit, (int) Numbers.number(value, 1, 1 << 24));
            case "memcap" -> Option.shown(value);
            default -> throw RejectedException.unsupported("data sets have no " + Option.shown(word));
        }
    }

    private Path file(final String name) throws RejectedException {
        try {
            return folder.resolve(DescriptionKeywords.decoded(name));
        } catch (final InvalidPathException e) {
            throw RejectedException.error('"' + Option.shown(name) + "\" is no name of a file");
        }
    }
}
