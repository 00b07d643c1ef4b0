package io.weir.rule.compile;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * What frames with payload of one transport are asked by, whatever they have brought their streams: of most nothing,
 * and that is told at a glance. Immutable.
 */
public final class Glance {
    private final PortBits named;
    private final PortBits ofSegments;
    private final PatternGroup[] groups;
    private final boolean[] applications;
    private final boolean ofPackets;

    /**
     * Makes it.
     *
     * @param named        ports at which more is asked than of frames at any port
     * @param ofSegments   the same of frames of which not all was looked at as part of their streams
     * @param groups       for any port, each once
     * @param applications by the numbers of protocols, of which more is asked; a null is none
     * @param ofPackets    rules ask about payload though all of it was looked at in its stream
     */
    Glance(final PortBits named, final PortBits ofSegments, final Stream<PatternGroup> groups,
        final Stream<boolean[]> applications, final boolean ofPackets) {
        this.named = named;
        this.ofSegments = ofSegments;
        this.groups = groups.distinct().toArray(PatternGroup[]::new);
        this.applications = applications.reduce(null, Glance::either);
        this.ofPackets = ofPackets;
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

    /**
     * True if more is asked of frames between two ports than of those at any, though all of their payload was looked at
     * as part of a stream.
     */
    public boolean names(final int port, final int otherPort) {
        return named.hasEither(port, otherPort);
    }

    /** The same of frames of which not all was looked at as part of a stream. */
    public boolean namesForSegments(final int port, final int otherPort) {
        return ofSegments.hasEither(port, otherPort);
    }

    /** True if rules ask about payload though all of it was looked at as part of its stream. */
    public boolean asksPackets() {
        return ofPackets;
    }

    /** True if nothing is asked of payload but at ports for which {@link #names} answers true. */
    public boolean isEmpty() {
        return groups.length == 0 && applications == null && ofSegments.isEmpty();
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
