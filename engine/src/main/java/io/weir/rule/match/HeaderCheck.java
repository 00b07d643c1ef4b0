package io.weir.rule.match;

import io.weir.rule.model.Endpoint;
import io.weir.rule.model.Header;
import java.util.BitSet;

/** What a rule's header asks but for applications. Immutable; any thread. */
public final class HeaderCheck {
    private final int ipVersion;
    private final BitSet ipProtocols;
    private final Endpoint source;
    private final Endpoint destination;
    private final boolean bothWays;
    private final boolean anywhere;

    /** Makes the check of a header. */
    public HeaderCheck(final Header header) {
        ipVersion = header.traffic().ipVersion();
        ipProtocols = new BitSet(256);
        header.traffic().ipProtocols().forEach(ipProtocols::set);
        source = header.source();
        destination = header.destination();
        bothWays = header.bothWays();
        anywhere = isAny(source) && isAny(destination);
    }

    private static boolean isAny(final Endpoint endpoint) {
        return endpoint.addresses().isAny() && endpoint.ports().isAny();
    }

    /** True if the traffic is what the rule is about. */
    public boolean holds(final Subject subject) {
        if (ipVersion != 0 && subject.ipVersion != ipVersion
            || !ipProtocols.isEmpty() && !ipProtocols.get(subject.ipProtocol)) {
            return false;
        }
        return anywhere || isWay(subject, source, destination)
            || bothWays && isWay(subject, destination, source);
    }

    private static boolean isWay(final Subject subject, final Endpoint from, final Endpoint to) {
        return from.ports().contains(subject.sourcePort) && to.ports().contains(subject.destinationPort)
            && from.addresses().contains(subject.ipVersion, subject.sourceHi, subject.sourceLo)
            && to.addresses().contains(subject.ipVersion, subject.destinationHi, subject.destinationLo);
    }
}
