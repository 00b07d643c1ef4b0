package io.weir.protocol.http2;

import io.weir.protocol.ProtocolEvent;

/** What may be odd about HTTP/2, named as in Suricata. */
final class Http2Events {
    static final ProtocolEvent FRAME_LENGTH =
        new ProtocolEvent("INVALID_FRAME_LENGTH", "A frame has another length than its type allows.");
    static final ProtocolEvent FRAME_DATA =
        new ProtocolEvent("INVALID_FRAME_DATA", "What a frame holds does not follow from its flags and its place.");
    static final ProtocolEvent HEADER = new ProtocolEvent("INVALID_HEADER", "A header block cannot be decoded.");
    static final ProtocolEvent LONG_FRAME =
        new ProtocolEvent("LONG_FRAME_DATA", "A header block is too long to be read.");
    static final ProtocolEvent STREAMS =
        new ProtocolEvent("TOO_MANY_STREAMS", "More streams are open at once than are kept.");
    static final ProtocolEvent AUTHORITY =
        new ProtocolEvent("AUTHORITY_HOST_MISMATCH", "The header Host differs from the authority.");
    static final ProtocolEvent USER_INFO =
        new ProtocolEvent("USERINFO_IN_URI", "The authority holds the name of a user.");

    private Http2Events() {
    }

    /** All of them. */
    static ProtocolEvent[] all() {
        return new ProtocolEvent[] {FRAME_LENGTH, FRAME_DATA, HEADER, LONG_FRAME, STREAMS, AUTHORITY, USER_INFO};
    }
}
