package io.weir.protocol.sap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Session Announcement Protocol (RFC 2974): version 1, an address, and a description of the session in SDP, perhaps
 * behind the name of its type.
 */
public final class SessionAnnouncement {
    /** The protocol; another one has its short name. */
    public static final Protocol PROTOCOL = Protocol.named("session-announcement", "Session Announcement Protocol")
        .udpPorts(9875)
        .firstByteRange(0x20, 0x3f)
        .udp(SessionAnnouncement::detect)
        .build();

    private static final byte[] TYPE = "application/sdp\0".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION = "v=0".getBytes(StandardCharsets.US_ASCII);
    private static final int IPV6 = 0x10;
    /** Reserved, encrypted, compressed. */
    private static final int HIDDEN = 0x0b;

    private SessionAnnouncement() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int flags = now.u8(0);
        if ((flags & HIDDEN) != 0 || !now.has(0, 8)) {
            return Answer.NO;
        }
        final int behind = ((flags & IPV6) == 0 ? 8 : 20) + 4 * now.u8(1);
        final int at = now.matches(behind, TYPE) ? behind + TYPE.length : behind;
        final int end = at + VERSION.length;
        return now.matches(at, VERSION) && (now.u8(end) == '\r' || now.u8(end) == '\n') ? probe.yesFromClient()
            : Answer.NO;
    }
}
