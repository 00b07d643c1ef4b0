package io.weir.protocol.dhcpv6;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Dynamic host configuration for IPv6 (RFC 8415). */
public final class Dhcpv6 {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("dhcpv6", "Dynamic Host Configuration Protocol for IPv6")
        .udpPorts(546, 547)
        .firstByteRange(1, 23)
        .udp(Dhcpv6::detect)
        .build();

    private static final int RELAY_FORWARD = 12;
    private static final int RELAY_REPLY = 13;
    private static final int RELAY_HEADER = 34;
    private static final int MAX_OPTION = 200;
    private static final int CLIENT = 1;
    private static final int SERVER = 2;
    private static final int RELAYED = 9;
    private static final int LAST_TYPE = 4;
    private static final int LONGEST_DUID = 130;

    private Dhcpv6() {
    }

    /** Recognises a message by its options, which fill it; on other ports they must say who is there. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(0);
        final boolean relayed = type == RELAY_FORWARD || type == RELAY_REPLY;
        if (relayed && now.u8(1) > 32) {
            return Answer.NO;
        }
        int at = relayed ? RELAY_HEADER : 4;
        int options = 0;
        boolean known = probe.onPort(546) || probe.onPort(547);
        while (now.has(at, 4)) {
            final int code = now.u16(at);
            if (code == 0 || code > MAX_OPTION) {
                return Answer.NO;
            }
            known |= relayed ? code == RELAYED && now.u8(at + 4) >= 1 && now.u8(at + 4) <= RELAY_REPLY
                : isWho(now, at);
            at += 4 + now.u16(at + 2);
            options++;
        }
        return known && options > 0 && (at == probe.announced() || at == now.length()) ? Answer.YES : Answer.NO;
    }

    /** True for an identifier of client or server, which begins with its type (RFC 8415, 11). */
    private static boolean isWho(final Bytes now, final int at) {
        final int length = now.u16(at + 2);
        final int type = now.u16(at + 4);
        return (now.u16(at) == CLIENT || now.u16(at) == SERVER) && length >= 4 && length <= LONGEST_DUID && type >= 1
            && type <= LAST_TYPE;
    }
}
