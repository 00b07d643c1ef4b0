package io.weir.rule.alert;

import org.agrona.collections.LongHashSet;

/**
 * Flows of which a match became an alert only here, where several flows are known: thresholds, counts, announcements.
 * Their workers cannot say so in their records. At most {@value #MOST} are remembered, until their records come; if
 * there are more, those whose records have come already among them, all are forgotten. One thread.
 */
public final class AlertedFlows {
    private static final int MOST = 65_536;

    private final LongHashSet flows = new LongHashSet(MOST);

    /** A match of this flow became an alert; 0 is no flow. */
    public void add(final long flowId) {
        if (flowId != 0 && !flows.contains(flowId)) {
            if (flows.size() == MOST) {
                flows.clear();
            }
            flows.add(flowId);
        }
    }

    /** True if an alert was told of this flow, whose record comes: it is forgotten. */
    public boolean take(final long flowId) {
        return !flows.isEmpty() && flows.remove(flowId);
    }
}
