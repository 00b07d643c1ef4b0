package io.weir.rule.yaml;

import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Origin;
import io.weir.rule.model.Rule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Loads rules from YAML. Every fault of every file is told; no text makes it throw. One thread. */
public final class YamlRules {
    private static final int MAX_RULES = 1 << 17;
    private static final List<String> SECTIONS = List.of("groups", "rules");

    private final Faults faults = new Faults();
    private final ListFiles lists = new ListFiles(faults);
    private final Addresses addresses;
    private final RuleReader reader;
    private final List<Rule> rules = new ArrayList<>();
    private final Map<Long, Origin> ids = new HashMap<>();
    private int written;
    private int disabled;

    private YamlRules(final YamlContext context) {
        final Numbers numbers = new Numbers(faults);
        addresses = new Addresses(faults, lists, numbers, context.groups());
        final Texts texts = new Texts(faults, lists, numbers);
        reader = new RuleReader(faults, numbers,
            new Conditions(faults, numbers, addresses, texts, context.applications()), context.today());
    }

    /**
     * Loads files as one set. A rule with a fault is left out; rules that are not enabled or have expired are counted
     * as disabled. Whoever swaps rule sets must not take one with faults.
     */
    public static LoadedRules load(final List<Path> files, final YamlContext context) {
        final YamlRules load = new YamlRules(context);
        for (final Path file : files) {
            load.faults.in(file.toString());
            load.lists.in(file.getParent());
            load.document(Document.read(file, load.faults));
        }
        return load.result();
    }

    /**
     * Loads a text.
     *
     * @param name what faults call it
     */
    public static LoadedRules parse(final String name, final String text, final YamlContext context) {
        final YamlRules load = new YamlRules(context);
        load.faults.in(name);
        load.document(Document.of(text, load.faults));
        return load.result();
    }

    private LoadedRules result() {
        return new LoadedRules(rules, faults.told(), written, disabled);
    }

    private void document(final Document document) {
        if (document == null) {
            return;
        }
        final Map<String, Node> sections = Members.of(document.root(), "a file of rules", SECTIONS, faults);
        addresses.groups(sections.get("groups"));
        final Node list = sections.get("rules");
        if (list instanceof SequenceNode sequence) {
            for (final Node node : sequence.getValue()) {
                rule(document, node);
            }
        } else if (list != null && !isEmpty(list)) {
            faults.add(list, "rules", "'rules' is a list of rules, each beginning with '- '");
        }
    }

    private static boolean isEmpty(final Node node) {
        return node instanceof ScalarNode && Tag.NULL.equals(node.getTag());
    }

    private void rule(final Document document, final Node node) {
        if (written + disabled >= MAX_RULES) {
            if (written + disabled == MAX_RULES) {
                faults.add(node, "rules", "more than " + MAX_RULES + " rules");
                written++;
            }
            return;
        }
        final RuleReader.Read read = reader.read(document, node);
        if (read.isLoaded()) {
            written++;
        } else {
            disabled++;
        }
        if (read.rule() == null) {
            return;
        }
        final Origin other = ids.putIfAbsent(read.rule().id().signature(), read.rule().origin());
        if (other != null) {
            faults.add(node, "id", "the id " + read.rule().id() + " belongs to the rule at " + other);
        } else if (read.isLoaded()) {
            rules.add(read.rule());
        }
    }
}
