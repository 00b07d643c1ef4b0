package io.weir.rule.yaml;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A YAML text within bounds: its size, how deep it nests, and how much it repeats by aliases. */
record Document(String text, Node root) {
    static final int MAX_BYTES = 8 << 20;
    static final int MAX_DEPTH = 32;
    static final int MAX_ALIASES = 100_000;
    /** With what aliases repeat: many small ones can make a large document. */
    static final long MAX_NODES = 1 << 22;

    /** Reads a file; tells what is wrong and answers null if it cannot be used. */
    static Document read(final Path file, final Faults faults) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return refused(faults, "larger than " + (MAX_BYTES >> 20) + " MiB; is this a file of rules?");
            }
            return of(Files.readString(file), faults);
        } catch (final NoSuchFileException e) {
            return refused(faults, "no such file");
        } catch (final AccessDeniedException e) {
            return refused(faults, "permission denied");
        } catch (final CharacterCodingException e) {
            return refused(faults, "not text in UTF-8");
        } catch (final IOException e) {
            return refused(faults, "cannot be read: " + e.getMessage());
        }
    }

    /** Reads a text in the same way. */
    static Document of(final String text, final Faults faults) {
        final LoadSettings settings = LoadSettings.builder().setLabel(faults.file()).setCodePointLimit(MAX_BYTES)
            .setMaxAliasesForCollections(MAX_ALIASES).build();
        try {
            if (!isBounded(settings, text, faults)) {
                return null;
            }
            final Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isEmpty()) {
                return refused(faults, "empty; it needs a list of rules, 'rules:'");
            }
            return size(root.get(), new IdentityHashMap<>()) > MAX_NODES
                ? refused(faults, "aliases repeat more than there can be in a file of rules")
                : new Document(text, root.get());
        } catch (final MarkedYamlEngineException e) {
            faults.add(e.getProblemMark().or(e::getContextMark), "",
                e.getProblem() == null ? e.getContext() : e.getProblem(), null);
        } catch (final YamlEngineException e) {
            refused(faults, e.getMessage().lines().findFirst().orElse("not YAML"));
        }
        return null;
    }

    private static boolean isBounded(final LoadSettings settings, final String text, final Faults faults) {
        int depth = 0;
        int aliases = 0;
        for (final Event event : new Parse(settings).parseString(text)) {
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                faults.add(event.getStartMark(), "", "nested deeper than " + MAX_DEPTH + " levels", null);
                return false;
            } else if (event instanceof CollectionEndEvent) {
                depth--;
            } else if (event instanceof AliasEvent && ++aliases > MAX_ALIASES) {
                faults.add(event.getStartMark(), "", "more than " + MAX_ALIASES + " aliases", null);
                return false;
            }
        }
        return true;
    }

    /** How many nodes there are, each as often as it is repeated; too many if one is within itself. */
    private static long size(final Node node, final Map<Node, Long> known) {
        final Long before = known.putIfAbsent(node, MAX_NODES + 1);
        if (before != null) {
            return before;
        }
        long size = 1;
        if (node instanceof SequenceNode sequence) {
            for (final Node element : sequence.getValue()) {
                size += size(element, known);
            }
        } else if (node instanceof MappingNode mapping) {
            for (final NodeTuple tuple : mapping.getValue()) {
                size += size(tuple.getKeyNode(), known) + size(tuple.getValueNode(), known);
            }
        }
        known.put(node, Math.min(size, MAX_NODES + 1));
        return known.get(node);
    }

    private static Document refused(final Faults faults, final String sentence) {
        faults.add(Optional.empty(), "", sentence, null);
        return null;
    }

    /** The text of a node in one line. */
    String line(final Node node, final int longest) {
        final int from = node.getStartMark().map(mark -> mark.getIndex()).orElse(0);
        final int to = Math.min(node.getEndMark().map(mark -> mark.getIndex()).orElse(0), from + longest);
        final int length = text.codePointCount(0, text.length());
        if (length == text.length()) {
            return text.substring(Math.min(from, length), Math.min(to, length)).strip().replaceAll("\\s+", " ");
        }
        return text.codePoints().skip(from).limit(Math.max(0, to - from))
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString().strip()
            .replaceAll("\\s+", " ");
    }
}
