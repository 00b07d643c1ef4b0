package io.weir.rule.compile;

import io.weir.rule.model.PortSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Divides ports into classes that the same rules name, at most {@link #MOST}: beyond that the classes of the fewest
 * rules become one.
 */
final class PortClasses {
    static final int MOST = 32;
    /** So many rules for any port are looked for together with those of each class; more of them apart. */
    static final int MOST_REPEATED = 512;

    private static final int PORTS = 1 << 16;
    /** A rule about more ports than this is one about any: its header is checked in the end. */
    private static final int MANY_PORTS = PORTS / 4;

    private final Map<PortSet, List<PatternGroups.Entry>> naming = new LinkedHashMap<>();

    /** True if a rule about so many ports is taken for one about any. */
    static boolean isAny(final PortSet ports) {
        return ports.isAny() || ports.size() > MANY_PORTS;
    }

    void add(final PatternGroups.Entry entry, final PortSet ports) {
        naming.computeIfAbsent(ports, key -> new ArrayList<>()).add(entry);
    }

    /**
     * The groups, or null if there are no rules.
     *
     * @param others rules that are in each class besides
     */
    PortGroups.PortTable build(final PatternGroups groups, final boolean bounded,
        final List<PatternGroups.Entry> others) {
        if (naming.isEmpty()) {
            return null;
        }
        final List<PortSet> sets = new ArrayList<>(naming.keySet());
        final Map<BitSet, BitSet> portsOfSets = classes(sets);
        final List<Map.Entry<BitSet, BitSet>> ordered = new ArrayList<>(portsOfSets.entrySet());
        ordered.sort(Comparator.comparingInt((Map.Entry<BitSet, BitSet> each) -> -rules(each.getKey(), sets))
            .thenComparingInt(each -> each.getValue().nextSetBit(0)));
        final byte[] classOfPort = new byte[PORTS];
        final List<PatternGroup> made = new ArrayList<>();
        made.add(null);
        final BitSet rest = new BitSet();
        for (int i = 0; i < ordered.size(); i++) {
            final int number = Math.min(i + 1, MOST);
            ordered.get(i).getValue().stream().forEach(port -> classOfPort[port] = (byte) number);
            if (number < MOST) {
                made.add(groups.of(entries(ordered.get(i).getKey(), sets, others), bounded));
            } else {
                rest.or(ordered.get(i).getKey());
            }
        }
        if (!rest.isEmpty()) {
            made.add(groups.of(entries(rest, sets, others), bounded));
        }
        return new PortGroups.PortTable(made.toArray(new PatternGroup[0]), classOfPort);
    }

    /** For each combination of sets that some port is in, its ports. */
    private static Map<BitSet, BitSet> classes(final List<PortSet> sets) {
        final BitSet[] setsOfPort = new BitSet[PORTS];
        for (int i = 0; i < sets.size(); i++) {
            final BitSet ports = sets.get(i).ports();
            for (int port = ports.nextSetBit(0); port >= 0; port = ports.nextSetBit(port + 1)) {
                if (setsOfPort[port] == null) {
                    setsOfPort[port] = new BitSet(sets.size());
                }
                setsOfPort[port].set(i);
            }
        }
        final Map<BitSet, BitSet> classes = new HashMap<>();
        for (int port = 0; port < PORTS; port++) {
            if (setsOfPort[port] != null) {
                classes.computeIfAbsent(setsOfPort[port], key -> new BitSet()).set(port);
            }
        }
        return classes;
    }

    private int rules(final BitSet of, final List<PortSet> sets) {
        return of.stream().map(set -> naming.get(sets.get(set)).size()).sum();
    }

    private List<PatternGroups.Entry> entries(final BitSet of, final List<PortSet> sets,
        final List<PatternGroups.Entry> others) {
        final TreeMap<Integer, PatternGroups.Entry> byRule = new TreeMap<>();
        others.forEach(entry -> byRule.put(entry.rule(), entry));
        of.stream().forEach(set -> naming.get(sets.get(set)).forEach(entry -> byRule.put(entry.rule(), entry)));
        return new ArrayList<>(byRule.values());
    }
}
