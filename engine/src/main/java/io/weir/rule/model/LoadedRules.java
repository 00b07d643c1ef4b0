package io.weir.rule.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What came out of rule files. Immutable.
 *
 * @param rules    that can run, in the order written
 * @param faults   everything that is wrong, in the order written
 * @param written  rules that are not commented out, those with faults included
 * @param disabled rules that are commented out
 */
public record LoadedRules(List<Rule> rules, List<RuleFault> faults, int written, int disabled) {
    /** Nothing. */
    public static final LoadedRules NONE = new LoadedRules(List.of(), List.of(), 0, 0);

    /** Copies what it is given. */
    public LoadedRules {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
    }

    /** These and those of other files; a rule whose number is taken already is left out, with a fault. */
    public LoadedRules with(final LoadedRules others) {
        final Map<String, Rule> known = new HashMap<>();
        rules.forEach(rule -> known.put(rule.id().toString(), rule));
        final List<Rule> all = new ArrayList<>(rules);
        final List<RuleFault> faulty = new ArrayList<>(faults);
        faulty.addAll(others.faults);
        for (final Rule rule : others.rules) {
            final Rule first = known.putIfAbsent(rule.id().toString(), rule);
            if (first == null) {
                all.add(rule);
            } else {
                faulty.add(new RuleFault(rule.origin().file(), rule.origin().line(), rule.origin().column(),
                    Severity.ERROR, "id", "rule " + rule.id() + " is at " + first.origin() + " already", null));
            }
        }
        return new LoadedRules(all, faulty, written + others.written, disabled + others.disabled);
    }

    /** How many rules have a fault of this severity. */
    public int count(final Severity severity) {
        final Set<String> lines = new HashSet<>();
        for (final RuleFault fault : faults) {
            if (fault.severity() == severity) {
                lines.add(fault.file() + ":" + fault.line());
            }
        }
        return lines.size();
    }

    /** How many faults of rules that are not supported there are, by keyword. */
    public Map<String, Integer> unsupported() {
        final Map<String, Integer> counts = new TreeMap<>();
        for (final RuleFault fault : faults) {
            if (fault.severity() == Severity.UNSUPPORTED) {
                counts.merge(fault.keyword(), 1, Integer::sum);
            }
        }
        return counts;
    }
}
