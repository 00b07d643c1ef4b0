package io.weir.rule.alert;

import io.weir.event.FlowEvent;
import io.weir.protocol.Field;
import io.weir.protocol.Protocol;

/** What flows have said of others, as far as the aggregator has come. */
@FunctionalInterface
public interface Announcements {
    /** Nothing. */
    Announcements NONE = (flow, protocol, field, value) -> false;

    /**
     * True if a flow was announced as one of a protocol.
     *
     * @param field of the announcement's record, that has this value; null if nothing more is asked
     * @param value in lower case
     */
    boolean isAnnounced(FlowEvent flow, Protocol protocol, Field field, byte[] value);
}
