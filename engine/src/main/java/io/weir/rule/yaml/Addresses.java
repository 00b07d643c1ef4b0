package io.weir.rule.yaml;

import io.weir.packet.Network;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PortSet;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads addresses, networks, groups of them, and ports. */
final class Addresses {
    private static final int PORTS = 1 << 16;
    private static final int MAX_NETWORKS = 1 << 18;

    private final Faults faults;
    private final ListFiles lists;
    private final Numbers numbers;
    private final Map<String, List<Network>> common;
    private Map<String, List<Network>> groups;

    Addresses(final Faults faults, final ListFiles lists, final Numbers numbers,
        final Map<String, List<Network>> common) {
        this.faults = faults;
        this.lists = lists;
        this.numbers = numbers;
        this.common = common;
        groups = common;
    }

    /** Reads the groups of a file, which hold for it alone; null if it has none. */
    void groups(final Node node) {
        groups = new LinkedHashMap<>(common);
        if (node == null) {
            return;
        }
        if (!(node instanceof MappingNode mapping)) {
            faults.add(node, "groups", "'groups' is written as 'name: [networks]', one a line");
            return;
        }
        for (final NodeTuple tuple : mapping.getValue()) {
            final String name = tuple.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!name.matches("[A-Za-z_][A-Za-z0-9_-]{0,63}")) {
                faults.add(tuple.getKeyNode(), "groups", Faults.shown(tuple.getKeyNode())
                    + " is no name of a group: letters, digits, '-' and '_', a letter first");
            } else {
                groups.put(name, networks(tuple.getValueNode(), "groups"));
            }
        }
    }

    /** Addresses; null, and told, if something is none. */
    AddressSet set(final Node node, final String key) {
        final int before = faults.count();
        final List<Network> networks = networks(node, key);
        if (faults.count() == before && networks.isEmpty()) {
            faults.add(node, key, "'" + key + "' has no addresses");
        }
        return faults.count() > before || networks.isEmpty() ? null : AddressSet.of(networks, List.of());
    }

    private List<Network> networks(final Node node, final String key) {
        final List<Network> networks = new ArrayList<>();
        if (node instanceof MappingNode) {
            final Node file = Members.of(node, "'" + key + "'", Set.of("in"), faults).get("in");
            final List<ListFiles.Value> values = file == null ? null : lists.read(file, key);
            if (values != null) {
                for (final ListFiles.Value value : values) {
                    add(file, key, value, networks);
                }
            }
        } else {
            for (final Node element : Members.list(node)) {
                final String text = Members.text(element, key, faults);
                if (text != null) {
                    add(element, key, text, networks);
                }
            }
        }
        if (networks.size() > MAX_NETWORKS) {
            faults.add(node, key, "'" + key + "' has more than " + MAX_NETWORKS + " networks");
        }
        return networks;
    }

    private void add(final Node at, final String key, final ListFiles.Value value, final List<Network> to) {
        try {
            to.add(Network.parse(value.text()));
        } catch (final IllegalArgumentException e) {
            faults.add(at, key, "line " + value.line() + " of the list: " + e.getMessage());
        }
    }

    private void add(final Node node, final String key, final String text, final List<Network> to) {
        final List<Network> group = groups.get(text);
        if (group != null) {
            to.addAll(group);
        } else if (text.indexOf('.') < 0 && text.indexOf(':') < 0) {
            faults.unknown(node, key, "no group of addresses is called '" + text + "'", text, groups.keySet());
        } else {
            try {
                to.add(Network.parse(text));
            } catch (final IllegalArgumentException e) {
                faults.add(node, key, e.getMessage());
            }
        }
    }

    /** Ports; null, and told, if something is none. */
    PortSet ports(final Node node, final String key) {
        final NumberSet read = numbers.set(node, key, Numbers.Unit.NONE);
        if (read == null) {
            return null;
        }
        final BitSet ports = new BitSet(PORTS);
        for (final NumberSet.Range range : read.ranges()) {
            final long first = range.min() == Long.MIN_VALUE ? 0 : range.min();
            final long last = range.max() == Long.MAX_VALUE ? PORTS - 1 : range.max();
            if (first < 0 || last >= PORTS || first > last) {
                faults.add(node, key, "ports are from 0 to " + (PORTS - 1));
                return null;
            }
            ports.set((int) first, (int) last + 1);
        }
        return PortSet.of(ports);
    }
}
