package io.weir.rule.model;

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
    /** Copies what it is given. */
    public LoadedRules {
        rules = List.copyOf(rules);
        faults = List.copyOf(faults);
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
