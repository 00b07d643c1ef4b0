package io.weir.rule.compile;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What frames with payload of one transport are asked by, whatever they have brought their streams: of most nothing, and
 * that is told at a glance. Immutable.
 */
public final class Glance {
    private final PortBits named;
    private final PatternGroup[] groups;
    private final boolean[] applications;

    /**
     * Makes it.
     *
     * @param named        ports at which more is asked than of frames at any port
     * @param groups       for any port, each once
     * @param applications by the numbers of protocols, of which more is asked; a null is none
     */
    Glance(final PortBits named, final Stream<PatternGroup> groups, final Stream<boolean[]> applications) {
        this.named = named;
        this.groups = groups.distinct().toArray(PatternGroup[]::new);
        this.applications = applications.reduce(null, Glance::either);
    }

    private static boolean[] either(final boolean[] one, final boolean[] other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        final boolean[] either = Arrays.copyOf(one, Math.max(one.length, other.length));
        for (int i = 0; i < other.length; i++) {
            either[i] |= other[i];
        }
        return either;
    }

    /** True if more is asked of frames between two ports than of those at any. */
    public boolean names(final int port, final int otherPort) {
        return named.hasEither(port, otherPort);
    }

    /** True if nothing is asked but of ports that rules name. */
    public boolean isEmpty() {
        return groups.length == 0 && applications == null;
    }

    /** True if more is asked of some application. */
    public boolean hasApplications() {
        return applications != null;
    }

    /** True if more is asked of an application, by the number of its protocol. */
    public boolean isOf(final int protocol) {
        return applications[protocol];
    }

    /** False if payload in native memory holds nothing that is looked for at any port. */
    public boolean mayHold(final long address, final int length) {
        for (final PatternGroup group : groups) {
            if (group.mayHold(address, length)) {
                return true;
            }
        }
        return false;
    }
}
