package io.weir.rule.model;

import io.weir.base.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Finds bits of flows that rules ask to be set and no rule sets: mostly one of the names is misspelt. */
public final class UnsetBits {
    private static final int LONGEST_WORD = 64;

    private final Set<String> set = new TreeSet<>();
    /** The first rule that asks for each. */
    private final Map<String, Rule> asked = new LinkedHashMap<>();

    private UnsetBits() {
    }

    /** A note for each bit, at the first rule that asks for it. */
    public static List<RuleFault> notes(final List<Rule> rules) {
        final UnsetBits bits = new UnsetBits();
        rules.forEach(bits::add);
        final List<RuleFault> notes = new ArrayList<>();
        bits.asked.forEach((name, rule) -> {
            if (!bits.set.contains(name)) {
                notes.add(new RuleFault(rule.origin().file(), rule.origin().line(), rule.origin().column(),
                    Severity.NOTE, "flow.bit", "no rule sets the flow bit '" + name + "' that rule " + rule.id()
                    + " asks for", name.length() > LONGEST_WORD ? null : Nearest.of(name, bits.set)));
            }
        });
        return notes;
    }

    private void add(final Rule rule) {
        for (final Effect effect : rule.effects()) {
            if (effect instanceof Effect.FlowBits change && change.change() != Effect.Change.UNSET) {
                set.addAll(change.names());
            }
        }
        ask(rule.condition(), rule);
    }

    private void ask(final Condition condition, final Rule rule) {
        if (condition instanceof Condition.All all) {
            all.conditions().forEach(part -> ask(part, rule));
        } else if (condition instanceof Condition.Any any) {
            any.conditions().forEach(part -> ask(part, rule));
        } else if (condition instanceof Condition.FlowBit bit && !bit.negated()) {
            bit.names().stream().sorted().forEach(name -> asked.putIfAbsent(name, rule));
        }
    }
}
