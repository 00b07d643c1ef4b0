package io.weir.rule.detect;

import io.weir.event.FlowEvent;
import io.weir.flow.FlowBitNames;
import io.weir.packet.Frame;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.model.Effect;
import org.agrona.DirectBuffer;

/**
 * Takes matches, on the worker's thread, in the order in which rules are asked. What is handed out is valid for the
 * time of the call. Must not throw and not allocate.
 */
public interface MatchListener {
    /** Nobody listens. */
    MatchListener NONE = (set, rule, flow, frame, transaction, protocol, toServer, payload, offset, length,
        fromStream, missing) -> { };

    /**
     * A rule matched that makes an alert or asks something across flows.
     *
     * @param set         what the rule's number belongs to
     * @param rule        its number: {@link RuleSet#rule}
     * @param flow        handle, or {@code FlowTable.NO_FLOW}
     * @param frame       being worked on, or null at a flow's end and at ticks
     * @param transaction that matched, or null
     * @param protocol    of the transaction, or null
     * @param toServer    direction of what matched
     * @param payload     bytes that were inspected, of the stream or the frame
     * @param offset      of the first of them
     * @param length      how many, may be 0
     * @param fromStream  true if they are a part of the stream, false if they are the frame's payload
     * @param missing     how many bytes of the stream are lost right before them
     */
    void matched(RuleSet set, int rule, long flow, Frame frame, Transaction transaction, Protocol protocol,
        boolean toServer, DirectBuffer payload, int offset, int length, boolean fromStream,
        long missing);

    /** Told once, before the first match, who knows the names of flow bits. */
    default void connect(final FlowBitNames names) {
        // Only records want them.
    }

    /**
     * A rule that matched asks for something that is not decided among rules: a tag, a label or a capture. Comes before
     * {@link #matched}, and for rules without an alert too.
     */
    default void effect(final RuleSet set, final int rule, final Effect effect, final long flow, final Frame frame) {
        // Nobody does it.
    }

    /**
     * Rules come into force. Called before the first frame and between batches; may allocate.
     *
     * @return true to be told of frames and flows from now on, as the next four methods do
     */
    default boolean takeUp(final RuleSet set) {
        return false;
    }

    /** All rules were asked about a frame of a flow, or of none. */
    default void worked(final long flow, final Frame frame) {
        // Only captures want it.
    }

    /** A flow has started. */
    default void flowStarted(final long flow) {
        // Only captures want it.
    }

    /**
     * A flow is about to end.
     *
     * @param sequence place of the frame or tick that ends it
     */
    default void flowEnding(final long flow, final long sequence) {
        // Only captures want it.
    }

    /** The record of a flow that has just been told to end is being written. */
    default void describe(final long flow, final FlowEvent event) {
        // Only labels want it.
    }

    /** The worker has ended; what it holds may be freed. */
    default void ended() {
        // Nothing is held.
    }
}
