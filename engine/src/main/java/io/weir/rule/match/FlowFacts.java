package io.weir.rule.match;

import io.weir.protocol.Protocol;
import io.weir.rule.model.Condition;
import io.weir.rule.model.FlowNumber;

/** What is known of a flow beside its key. Asked on the worker's thread; allocates nothing. */
public interface FlowFacts {
    /** True if both sides were seen; of TCP, if the handshake is complete or was before the first frame. */
    boolean isEstablished(long flow);

    /**
     * True if the flow was recognised as this, so far: in this layer of what it was recognised as.
     *
     * @param toServer which way goes what the rule is asked of
     */
    boolean is(long flow, Protocol protocol, Condition.Application.Layer layer, boolean toServer);

    /** True if nothing more will be recognised, or something was. */
    boolean isJudged(long flow);

    /** True if it was recognised as something. */
    boolean isRecognised(long flow);

    /** Name of its application, or null. */
    String application(long flow);

    /** A number of it. */
    long number(long flow, FlowNumber number);

    /** True if its parser has reported the event with this number among those of the protocol. */
    boolean wasReported(long flow, Protocol protocol, int event);
}
