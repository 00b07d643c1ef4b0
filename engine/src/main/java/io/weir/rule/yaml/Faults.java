package io.weir.rule.yaml;

import io.weir.base.Nearest;
import io.weir.rule.model.RuleFault;
import io.weir.rule.model.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Gathers what is wrong, each with its place. */
final class Faults {
    /** What is wrong beyond that is not told. */
    private static final int MOST = 1_000;
    private static final int LONGEST_SHOWN = 60;

    private final List<RuleFault> told = new ArrayList<>();
    private String file = "";

    /** Says which file is read from here on. */
    void in(final String name) {
        file = name;
    }

    String file() {
        return file;
    }

    List<RuleFault> told() {
        return told;
    }

    int count() {
        return told.size();
    }

    void add(final Node at, final String keyword, final String sentence) {
        add(at.getStartMark(), keyword, sentence, null);
    }

    /** A word that is none of those there are. */
    void unknown(final Node at, final String keyword, final String sentence, final String word,
        final Collection<String> words) {
        final String nearest = Nearest.of(word, words);
        final boolean few = nearest == null && words.size() <= 40;
        add(at.getStartMark(), keyword, sentence + (few ? "; there are " + String.join(", ", words) : ""), nearest);
    }

    void add(final Optional<Mark> at, final String keyword, final String sentence, final String nearest) {
        if (told.size() < MOST) {
            told.add(new RuleFault(file, at.map(Mark::getLine).orElse(0) + 1, at.map(Mark::getColumn).orElse(0) + 1,
                Severity.ERROR, keyword, sentence, nearest));
        }
    }

    /** A node, for people. */
    static String shown(final Node node) {
        if (node instanceof ScalarNode scalar) {
            final String text = scalar.getValue();
            return "'" + (text.length() > LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "..." : text) + "'";
        }
        return node instanceof MappingNode ? "'key: value'" : "a list";
    }
}
