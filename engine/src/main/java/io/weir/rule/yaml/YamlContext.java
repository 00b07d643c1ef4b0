package io.weir.rule.yaml;

import io.weir.packet.Network;
import io.weir.protocol.application.Application;
import io.weir.protocol.application.ApplicationTable;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What YAML rules take for granted: the date, groups of addresses, names of applications. Set up by one thread; not
 * changed while rules are loaded.
 *
 * <p>The group {@code home} is there from the beginning: the private networks of RFC 1918 and RFC 4193.
 */
public final class YamlContext {
    private final LocalDate today;
    private final Map<String, List<Network>> groups = new LinkedHashMap<>();
    private Set<String> applications;

    /**
     * Makes a context with weir's own applications.
     *
     * @param today decides which rules have expired; UTC
     */
    public YamlContext(final LocalDate today) {
        this.today = today;
        group("home", List.of(Network.parse("10.0.0.0/8"), Network.parse("172.16.0.0/12"),
            Network.parse("192.168.0.0/16"), Network.parse("fc00::/7")));
    }

    /** Names a group of addresses that every file may use. */
    public YamlContext group(final String name, final List<Network> networks) {
        groups.put(name, List.copyOf(networks));
        return this;
    }

    /** The applications that rules may name. */
    public YamlContext applications(final ApplicationTable table) {
        applications = new HashSet<>();
        for (final Application application : table.all()) {
            applications.add(application.name());
        }
        return this;
    }

    LocalDate today() {
        return today;
    }

    Map<String, List<Network>> groups() {
        return groups;
    }

    Set<String> applications() {
        if (applications == null) {
            applications(ApplicationTable.standard());
        }
        return applications;
    }
}
