package io.weir.rule.yaml;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the two collections of YAML: mappings whose keys are known, and lists. */
final class Members {
    private Members() {
    }

    /**
     * The members of a mapping, in order; what is no mapping has none. Unknown and repeated keys are told.
     *
     * @param what the mapping is, for people
     */
    static Map<String, Node> of(final Node node, final String what, final Collection<String> keys,
        final Faults faults) {
        final Map<String, Node> members = new LinkedHashMap<>();
        if (!(node instanceof MappingNode mapping)) {
            faults.add(node, "", what + " is written as 'key: value', one a line" + (keys.size() > 12 ? ""
                : "; keys are " + String.join(", ", keys)));
            return members;
        }
        for (final NodeTuple tuple : mapping.getValue()) {
            final Node keyNode = tuple.getKeyNode();
            final String key = keyNode instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!keys.contains(key)) {
                faults.unknown(keyNode, key, what + " has no " + Faults.shown(keyNode), key, keys);
            } else if (members.putIfAbsent(key, tuple.getValueNode()) != null) {
                faults.add(keyNode, key, "'" + key + "' is said a second time");
            }
        }
        return members;
    }

    /** The elements of a list; anything else is a list of one. */
    static List<Node> list(final Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
    }

    /** A text; null, and told, if it is something else. */
    static String text(final Node node, final String key, final Faults faults) {
        if (node instanceof ScalarNode scalar && !scalar.getValue().isEmpty()) {
            return scalar.getValue();
        }
        faults.add(node, key, "'" + key + "' must be a word or text, not " + Faults.shown(node));
        return null;
    }

    /** One text or a list of them; what is none is told and left out. */
    static List<String> texts(final Node node, final String key, final Faults faults) {
        final List<String> texts = new ArrayList<>();
        for (final Node element : list(node)) {
            final String text = text(element, key, faults);
            if (text != null) {
                texts.add(text);
            }
        }
        if (list(node).isEmpty()) {
            faults.add(node, key, "'" + key + "' is an empty list");
        }
        return texts;
    }

    /** True or false; null, and told, if it is neither. */
    static Boolean truth(final Node node, final String key, final Faults faults) {
        final String word = node instanceof ScalarNode scalar ? scalar.getValue() : "";
        if ("true".equals(word) || "false".equals(word)) {
            return "true".equals(word);
        }
        faults.add(node, key, "'" + key + "' must be true or false, not " + Faults.shown(node));
        return null;
    }
}
