package io.weir.rule.alert;

import io.weir.event.AlertEvent;
import io.weir.event.FlowEvent;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.rule.model.AcrossFlows;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes 128-bit keys of what matches are told apart by, with a seed of this process, so that nobody can choose traffic
 * whose keys collide. One thread; allocates nothing.
 */
final class MatchKey {
    private static final long MULTIPLIER = 0x9e37_79b9_7f4a_7c15L;
    private static final long OTHER_MULTIPLIER = 0xc2b2_ae3d_27d4_eb4fL;

    private final long seed;
    private long hi;
    private long lo;

    MatchKey(final long seed) {
        this.seed = seed;
    }

    /** Begins a key of a state of its own kind. */
    MatchKey begin(final long kind) {
        hi = mix(seed ^ kind, MULTIPLIER);
        lo = mix(seed + kind, OTHER_MULTIPLIER);
        return this;
    }

    /** Adds when what is counted has begun. */
    MatchKey since(final long timeNs) {
        add(timeNs);
        return this;
    }

    /** Adds a part of a match; false if the match has none. */
    boolean add(final AcrossFlows.Key key, final AlertEvent match) {
        if (key instanceof AcrossFlows.Key.OfField of) {
            return add(of.field(), match);
        }
        add((AcrossFlows.Key.Part) key, match);
        return true;
    }

    /** Adds parts of a match; false if the match lacks one. */
    boolean add(final List<AcrossFlows.Key> keys, final AlertEvent match) {
        boolean whole = true;
        for (int i = 0; i < keys.size(); i++) {
            whole &= add(keys.get(i), match);
        }
        return whole;
    }

    private void add(final AcrossFlows.Key.Part part, final AlertEvent match) {
        final FlowEvent flow = match.flow();
        final boolean fromInitiator = match.isToServer() || flow.flowId() == 0;
        switch (part) {
            case SOURCE -> address(flow, fromInitiator);
            case DESTINATION -> address(flow, !fromInitiator);
            case INITIATOR -> address(flow, true);
            case RESPONDER -> address(flow, false);
            case RESPONDER_PORT -> add(flow.responderPort());
            case SOURCE_PORT -> add(fromInitiator ? flow.initiatorPort() : flow.responderPort());
            case DESTINATION_PORT -> add(fromInitiator ? flow.responderPort() : flow.initiatorPort());
            case BOTH -> pair(flow);
            case FLOW -> add(flow.flowId());
            case RULE -> add(0);
        }
    }

    private void address(final FlowEvent flow, final boolean initiator) {
        add(initiator ? flow.initiatorHi() : flow.responderHi());
        add(initiator ? flow.initiatorLo() : flow.responderLo());
        add(flow.ipVersion());
    }

    private void pair(final FlowEvent flow) {
        final boolean ordered = flow.initiatorHi() == flow.responderHi()
            ? Long.compareUnsigned(flow.initiatorLo(), flow.responderLo()) <= 0
            : Long.compareUnsigned(flow.initiatorHi(), flow.responderHi()) < 0;
        address(flow, ordered);
        address(flow, !ordered);
    }

    private boolean add(final Field field, final AlertEvent match) {
        final UnsafeBuffer buffer = match.buffer();
        final int end = match.fieldsOffset() + match.fieldsLength();
        int at = match.fieldsOffset();
        while (at + FieldList.HEADER <= end) {
            final int id = buffer.getShort(at) & 0xffff;
            final int length = buffer.getShort(at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length < FieldList.SIBLING) {
                if (id == field.id()) {
                    add(buffer, at, length);
                    return true;
                }
                at += length;
            }
        }
        return false;
    }

    private void add(final UnsafeBuffer buffer, final int offset, final int length) {
        int at = offset;
        for (final int end = offset + length; at < end; at++) {
            add(buffer.getByte(at));
        }
        add(length);
    }

    private void add(final long value) {
        hi = mix(hi ^ value, MULTIPLIER);
        lo = mix(lo + value, OTHER_MULTIPLIER);
    }

    private static long mix(final long value, final long multiplier) {
        final long product = value * multiplier;
        return (product ^ product >>> 29) * multiplier ^ product >>> 32;
    }

    long hi() {
        return hi;
    }

    long lo() {
        return lo;
    }
}
