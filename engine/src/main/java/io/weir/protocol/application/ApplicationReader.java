package io.weir.protocol.application;

import io.weir.base.Nearest;
import io.weir.packet.Network;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a file of applications; {@code config/applications.yaml} says how one is written. Every fault is found in one
 * pass and given with its place.
 */
public final class ApplicationReader {
    private static final String RESOURCE = "/io/weir/applications.yaml";
    private static final int MAX_FILE_BYTES = 2 << 20;
    private static final Pattern NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final Pattern HOST =
        Pattern.compile("[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]*[a-z0-9_])?)*");
    private static final Pattern PATTERN = Pattern.compile("[a-z0-9_-]+\\.\\*(\\.[a-z0-9_-]+)+");
    private static final Pattern WORD = Pattern.compile("[a-z0-9._-]+");
    private static final Pattern TEXT = Pattern.compile("[ -~]+");
    private static final Set<String> SECTIONS = ordered("categories", "applications");
    private static final Set<String> KEYS =
        ordered("title", "category", "hosts", "host-patterns", "certificates", "organizations", "alpn", "addresses",
            "agents");

    private final String file;
    private final ApplicationTable.Contents contents = new ApplicationTable.Contents();
    private final Set<String> categories = new LinkedHashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final Map<String, Mark> names = new HashMap<>();

    private ApplicationReader(final String file) {
        this.file = file;
    }

    private static Set<String> ordered(final String... words) {
        return new LinkedHashSet<>(List.of(words));
    }

    /** Reads the file in the jar. */
    static ApplicationTable readStandard() {
        try (InputStream in = ApplicationReader.class.getResourceAsStream(RESOURCE)) {
            return parse("applications.yaml", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException | ApplicationFileException e) {
            throw new IllegalStateException("the applications in the jar cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * Reads a file.
     *
     * @throws ApplicationFileException if it cannot be read or says something that cannot be used
     */
    public static ApplicationTable read(final Path file) throws ApplicationFileException {
        try {
            if (Files.size(file) > MAX_FILE_BYTES) {
                throw new ApplicationFileException(List.of(file + ": larger than 2 MiB; is this a list of "
                    + "applications?"));
            }
            return parse(file.toString(), Files.readString(file));
        } catch (final NoSuchFileException e) {
            throw new ApplicationFileException(List.of(file + ": no such file"));
        } catch (final AccessDeniedException e) {
            throw new ApplicationFileException(List.of(file + ": permission denied"));
        } catch (final CharacterCodingException e) {
            throw new ApplicationFileException(List.of(file + ": not text in UTF-8"));
        } catch (final IOException e) {
            throw new ApplicationFileException(List.of(file + ": cannot be read: " + e.getMessage()));
        }
    }

    /**
     * Reads a text.
     *
     * @param file what faults call it
     * @throws ApplicationFileException if it says something that cannot be used
     */
    public static ApplicationTable parse(final String file, final String text) throws ApplicationFileException {
        final ApplicationReader reader = new ApplicationReader(file);
        try {
            final Optional<Node> root =
                new Compose(LoadSettings.builder().setLabel(file).build()).composeString(text);
            if (root.isPresent()) {
                reader.whole(root.get());
            } else {
                reader.faults.add(file + ": empty; it needs " + String.join(" and ", SECTIONS));
            }
        } catch (final MarkedYamlEngineException e) {
            reader.fault(e.getProblemMark().or(e::getContextMark),
                e.getProblem() == null ? e.getContext() : e.getProblem());
        } catch (final YamlEngineException e) {
            reader.faults.add(file + ": " + e.getMessage().lines().findFirst().orElse("not YAML"));
        }
        if (!reader.faults.isEmpty()) {
            throw new ApplicationFileException(reader.faults);
        }
        return new ApplicationTable(reader.contents);
    }

    private void whole(final Node root) {
        final Map<String, Node> sections = members(root, "a file of applications", SECTIONS);
        for (final String section : SECTIONS) {
            if (sections != null && !sections.containsKey(section)) {
                fault(root, "'" + section + "' is missing");
            }
        }
        if (sections == null || !sections.keySet().containsAll(SECTIONS)) {
            return;
        }
        for (final ScalarNode word : scalars(sections.get("categories"), "categories")) {
            categories.add(word.getValue());
        }
        if (!(sections.get("applications") instanceof MappingNode mapping)) {
            fault(sections.get("applications"), "'applications' holds applications by name");
            return;
        }
        for (final NodeTuple tuple : mapping.getValue()) {
            application(tuple.getKeyNode(), tuple.getValueNode());
        }
    }

    private void application(final Node nameNode, final Node node) {
        final String name = nameNode instanceof ScalarNode scalar ? scalar.getValue() : "";
        if (!NAME.matcher(name).matches()) {
            fault(nameNode,
                "'" + name + "' is no name of an application: lower-case letters, digits and single dashes");
        } else if (names.putIfAbsent(name, nameNode.getStartMark().orElse(null)) != null) {
            fault(nameNode, "the application '" + name + "' is there a second time");
        }
        final Map<String, Node> members = members(node, "the application '" + name + "'", KEYS);
        if (members == null) {
            return;
        }
        final int number = contents.applications.size() + 1;
        if (number > ApplicationTable.MAX_APPLICATIONS) {
            fault(nameNode, "more than " + ApplicationTable.MAX_APPLICATIONS + " applications");
            return;
        }
        contents.applications.add(new Application(number, name, text(members, "title", name, nameNode),
            category(text(members, "category", name, nameNode), members.get("category"))));
        words(members.get("hosts"), "hosts", HOST, "a host name, without wildcards", contents.hosts);
        words(members.get("host-patterns"), "host-patterns", PATTERN, "a label, a star and labels: one.*.two.example",
            contents.patterns);
        words(members.get("organizations"), "organizations", TEXT, "a name in ASCII", contents.organizations);
        words(members.get("certificates"), "certificates", TEXT, "a name in ASCII", contents.certificates);
        words(members.get("alpn"), "alpn", TEXT, "a word in ASCII", contents.alpn);
        words(members.get("agents"), "agents", WORD, "a word of letters, digits, dots, dashes and underscores",
            contents.agents);
        networks(members.get("addresses"));
    }

    private String text(final Map<String, Node> members, final String key, final String name, final Node at) {
        final Node node = members.get(key);
        if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
            return scalar.getValue();
        }
        fault(node == null ? at : node, "the application '" + name + "' needs a " + key);
        return "";
    }

    private String category(final String category, final Node node) {
        if (!category.isEmpty() && !categories.contains(category)) {
            final String nearest = Nearest.of(category, categories);
            fault(node, "unknown category '" + category + "'" + (nearest == null
                ? "; there are " + String.join(", ", categories) : "; did you mean '" + nearest + "'?"));
        }
        return category;
    }

    private void words(final Node node, final String key, final Pattern allowed, final String description,
        final Map<String, Integer> into) {
        for (final ScalarNode scalar : scalars(node, key)) {
            final String word = scalar.getValue().toLowerCase(Locale.ROOT);
            if (!allowed.matcher(word).matches() || word.length() > NameTable.MAX_LENGTH) {
                fault(scalar, "'" + scalar.getValue() + "' in '" + key + "' must be " + description);
            } else {
                own(scalar, into.putIfAbsent(word, contents.applications.size()));
            }
        }
    }

    private void networks(final Node node) {
        for (final ScalarNode scalar : scalars(node, "addresses")) {
            try {
                own(scalar, contents.networks.putIfAbsent(Network.parse(scalar.getValue()),
                    contents.applications.size()));
            } catch (final IllegalArgumentException e) {
                fault(scalar, e.getMessage());
            }
        }
    }

    private void own(final ScalarNode scalar, final Integer owner) {
        if (owner != null) {
            fault(scalar, "'" + scalar.getValue() + "' belongs to '" + contents.applications.get(owner - 1).name()
                + "' already");
        }
    }

    private List<ScalarNode> scalars(final Node node, final String key) {
        final List<ScalarNode> scalars = new ArrayList<>();
        if (node == null || Tag.NULL.equals(node.getTag())) {
            return scalars;
        }
        if (!(node instanceof SequenceNode sequence)) {
            fault(node, "'" + key + "' must be a list, as [one, two]");
            return scalars;
        }
        for (final Node element : sequence.getValue()) {
            if (element instanceof ScalarNode scalar) {
                scalars.add(scalar);
            } else {
                fault(element, "'" + key + "' holds words alone");
            }
        }
        return scalars;
    }

    /** Values by key, or null if the node is no mapping; unknown and repeated keys are faults. */
    private Map<String, Node> members(final Node node, final String what, final Set<String> allowed) {
        if (!(node instanceof MappingNode mapping)) {
            fault(node, what + " holds 'key: value' lines: " + String.join(", ", allowed));
            return null;
        }
        final Map<String, Node> members = new LinkedHashMap<>();
        for (final NodeTuple tuple : mapping.getValue()) {
            final String key = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!allowed.contains(key)) {
                final String nearest = Nearest.of(key, allowed);
                fault(tuple.getKeyNode(), "unknown key '" + key + "' in " + what + (nearest == null
                    ? "; there are " + String.join(", ", allowed) : "; did you mean '" + nearest + "'?"));
            } else if (members.put(key, tuple.getValueNode()) != null) {
                fault(tuple.getKeyNode(), "'" + key + "' is there a second time");
            }
        }
        return members;
    }

    private void fault(final Node node, final String what) {
        fault(node.getStartMark(), what);
    }

    private void fault(final Optional<Mark> mark, final String what) {
        faults.add(file + mark.map(at -> ":" + (at.getLine() + 1) + ":" + (at.getColumn() + 1)).orElse("")
            + ": " + what);
    }
}
