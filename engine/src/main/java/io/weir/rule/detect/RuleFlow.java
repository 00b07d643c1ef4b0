package io.weir.rule.detect;

import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.rule.match.FlowVariables;
import java.util.Arrays;

/** What rules keep of a flow: only flows have one that need it. Pooled; one worker. */
final class RuleFlow {
    private static final int MOST_MATCHED = 32;
    private static final int MOST_REPORTED = 8;

    final int number;
    final FlowVariables variables = new FlowVariables();

    /** By the endpoint that sends: 0 the lower, 1 the upper. */
    private final WaitingRules[] waiting = new WaitingRules[2];
    private final long[] missing = new long[2];
    private long[] matched = new long[4];
    private int matchedCount;
    private ProtocolEvent[] reported;
    private int reportedCount;
    private Protocol another;
    private boolean anotherByClient;

    RuleFlow(final int number) {
        this.number = number;
    }

    /** Forgets what it kept. */
    void begin() {
        variables.clear();
        matchedCount = 0;
        reportedCount = 0;
        another = null;
        for (final WaitingRules rules : waiting) {
            if (rules != null) {
                rules.clear();
            }
        }
    }

    /** Notes what a side speaks that is not what its flow was recognised as. */
    void another(final Protocol protocol, final boolean byClient) {
        another = protocol;
        anotherByClient = byClient;
    }

    /** True if the sides speak different protocols. */
    boolean differsBySide() {
        return another != null;
    }

    /** What a side speaks if that is not what its flow was recognised as; else null. */
    Protocol another(final boolean ofClient) {
        return anotherByClient == ofClient ? another : null;
    }

    /** Rules that wait for more of a side's stream. */
    WaitingRules waiting(final int side) {
        if (waiting[side] == null) {
            waiting[side] = new WaitingRules();
        }
        return waiting[side];
    }

    /** How many bytes are lost right before the window of a side, if any are. */
    long missing(final int side) {
        return missing[side];
    }

    void missing(final int side, final long bytes) {
        missing[side] = bytes;
    }

    /** Notes that a rule that matches once for a flow has; false if it had, or if there is no room. */
    boolean matchesFirst(final long rule) {
        if (hasMatched(rule) || matchedCount == MOST_MATCHED) {
            return false;
        }
        if (matchedCount == matched.length) {
            matched = Arrays.copyOf(matched, 2 * matchedCount);
        }
        matched[matchedCount++] = rule;
        return true;
    }

    boolean hasMatched(final long rule) {
        for (int i = 0; i < matchedCount; i++) {
            if (matched[i] == rule) {
                return true;
            }
        }
        return false;
    }

    boolean isFull() {
        return matchedCount == MOST_MATCHED;
    }

    void reported(final ProtocolEvent event) {
        if (reported == null) {
            reported = new ProtocolEvent[MOST_REPORTED];
        }
        if (!wasReported(event) && reportedCount < MOST_REPORTED) {
            reported[reportedCount++] = event;
        }
    }

    boolean wasReported(final ProtocolEvent event) {
        for (int i = 0; i < reportedCount; i++) {
            if (reported[i] == event) {
                return true;
            }
        }
        return false;
    }
}
