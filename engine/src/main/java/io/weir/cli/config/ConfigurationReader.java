package io.weir.cli.config;

import io.weir.base.Nearest;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads a configuration file. Every fault is found in one pass and given with its place. */
public final class ConfigurationReader {
    private static final long MAX_FILE_BYTES = 1 << 20;

    private final String name;
    private final Map<String, Setting<?>> settings = new LinkedHashMap<>();
    private final Map<String, Set<String>> keys = new HashMap<>();
    private final Map<Setting<?>, Object> values = new HashMap<>();
    private final List<String> faults = new ArrayList<>();

    private ConfigurationReader(final String name) {
        this.name = name;
        for (final Setting<?> setting : Settings.all()) {
            settings.put(setting.path(), setting);
            String path = setting.path();
            while (!path.isEmpty()) {
                final int dot = path.lastIndexOf('.');
                final String parent = dot < 0 ? "" : path.substring(0, dot);
                keys.computeIfAbsent(parent, unused -> new LinkedHashSet<>()).add(path.substring(dot + 1));
                path = parent;
            }
        }
    }

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read or says something that cannot be used
     */
    public static Configuration read(final Path file) throws ConfigurationException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ConfigurationException(List.of(file + ": larger than 1 MiB; is this a configuration?"));
            }
            return parse(file.toString(), Files.readString(file));
        } catch (final NoSuchFileException e) {
            throw new ConfigurationException(List.of(file + ": no such file"));
        } catch (final AccessDeniedException e) {
            throw new ConfigurationException(List.of(file + ": permission denied"));
        } catch (final CharacterCodingException e) {
            throw new ConfigurationException(List.of(file + ": not text in UTF-8"));
        } catch (final IOException e) {
            throw new ConfigurationException(List.of(file + ": cannot be read: " + e.getMessage()));
        }
    }

    /**
     * Reads a text.
     *
     * @param name what faults call it
     * @throws ConfigurationException if it says something that cannot be used
     */
    public static Configuration parse(final String name, final String text) throws ConfigurationException {
        final ConfigurationReader reader = new ConfigurationReader(name);
        try {
            final Optional<Node> root =
                new Compose(LoadSettings.builder().setLabel(name).build()).composeString(text);
            root.ifPresent(node -> reader.section(node, ""));
        } catch (final MarkedYamlEngineException e) {
            reader.fault(e.getProblemMark().or(e::getContextMark),
                e.getProblem() == null ? e.getContext() : e.getProblem());
        } catch (final YamlEngineException e) {
            reader.faults.add(name + ": " + e.getMessage().lines().findFirst().orElse("not YAML"));
        }
        if (!reader.faults.isEmpty()) {
            throw new ConfigurationException(reader.faults);
        }
        return new Configuration(reader.values);
    }

    private void section(final Node node, final String path) {
        if (Tag.NULL.equals(node.getTag())) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            fault(node, (path.isEmpty() ? "a configuration" : "'" + path + "'")
                + " holds settings, one 'key: value' per line: " + String.join(", ", keys.get(path)));
            return;
        }
        final Set<String> seen = new HashSet<>();
        for (final NodeTuple tuple : mapping.getValue()) {
            final Node keyNode = tuple.getKeyNode();
            final String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!keys.get(path).contains(key)) {
                unknown(keyNode, key, path);
            } else if (!seen.add(key)) {
                fault(keyNode, "'" + key + "' is set a second time");
            } else {
                member(tuple.getValueNode(), path.isEmpty() ? key : path + "." + key);
            }
        }
    }

    private void member(final Node node, final String path) {
        final Setting<?> setting = settings.get(path);
        if (setting == null) {
            section(node, path);
        } else if (!Tag.NULL.equals(node.getTag())) {
            final Object value = setting.kind().read(node);
            if (value == null) {
                fault(node, "'" + path + "' must be " + setting.kind().description() + ", not " + shown(node));
            } else {
                values.put(setting, value);
            }
        }
    }

    private static String shown(final Node node) {
        return node instanceof ScalarNode scalar ? "'" + scalar.getValue() + "'"
            : node instanceof MappingNode ? "a group of settings" : "this list";
    }

    private void unknown(final Node node, final String key, final String path) {
        final String where = path.isEmpty() ? "" : " in '" + path + "'";
        final String nearest = Nearest.of(key, keys.get(path));
        if (nearest != null) {
            fault(node, "unknown key '" + key + "'" + where + "; did you mean '" + nearest + "'?");
            return;
        }
        for (final String other : settings.keySet()) {
            if (other.endsWith("." + key)) {
                fault(node, "unknown key '" + key + "'" + where + "; did you mean '" + other + "'?");
                return;
            }
        }
        fault(node, "unknown key '" + key + "'" + where + "; there are " + String.join(", ", keys.get(path)));
    }

    private void fault(final Node node, final String what) {
        fault(node.getStartMark(), what);
    }

    private void fault(final Optional<Mark> mark, final String what) {
        faults.add(name + mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1)).orElse("")
            + ": " + what);
    }
}
