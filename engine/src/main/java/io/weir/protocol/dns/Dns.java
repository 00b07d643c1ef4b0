package io.weir.protocol.dns;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Domain names (RFC 1035), over UDP and TCP, on any port. */
public final class Dns {
    private static final DnsWords WORDS = new DnsWords(DnsWords.Kind.DNS, "dns");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("dns", "Domain Name System")
        .tcpPorts(53).udpPorts(53)
        .tcp(Dns::detectStream)
        .udp(Dns::detectDatagram)
        .udpByte(4, 0)
        .streamParser(() -> new DnsStreams(WORDS))
        .datagramParser(() -> new DnsDatagrams(WORDS))
        .fields(WORDS.all())
        .fields(DnsBuffers.all())
        .records(WORDS.record())
        .events(DnsEvents.all())
        .ofOwnFields()
        .build();

    private static final int MDNS_PORT = 5353;
    private static final int LLMNR_PORT = 5355;
    private static final int NETBIOS_PORT = 137;
    private static final int ENCODED_NETBIOS_NAME = 32;

    private Dns() {
    }

    /** The words in which messages are told that are not carried by UDP or TCP themselves, like those over HTTPS. */
    public static DnsWords words() {
        return WORDS;
    }

    /** Recognises a message with its length in front. */
    static Answer detectStream(final Probe probe) {
        if (probe.onPort(LLMNR_PORT)) {
            return Answer.NO;
        }
        return stream(probe, probe.onPort(53));
    }

    /** Recognises a message of a relative with its length in front. */
    public static Answer stream(final Probe probe, final boolean usual) {
        final Bytes now = probe.now();
        if (!now.has(0, 2)) {
            return Answer.MORE;
        }
        final int length = now.u16(0);
        final int flags = now.u16(4);
        return turned(probe, flags, DnsShape.judge(now, 2, length, usual));
    }

    /** Recognises a message, unless it is one of a relative of DNS. */
    static Answer detectDatagram(final Probe probe) {
        final Bytes now = probe.now();
        if (!now.has(0, DnsShape.HEADER) || probe.onPort(MDNS_PORT) || probe.onPort(LLMNR_PORT)
            || probe.onPort(NETBIOS_PORT) || isNetbios(now)) {
            return Answer.NO;
        }
        return datagram(probe, probe.onPort(53));
    }

    /** Recognises a datagram of a relative. */
    public static Answer datagram(final Probe probe, final boolean usual) {
        final Bytes now = probe.now();
        final int length = Math.max(probe.announced(), now.length());
        final Answer answer = DnsShape.judge(now, 0, length, usual);
        return answer == Answer.YES ? turned(probe, now.u16(2), answer) : Answer.NO;
    }

    /** A response from the side taken for the client, or a query from the other, says that the flow is to be turned. */
    private static Answer turned(final Probe probe, final int flags, final Answer answer) {
        return answer == Answer.YES && probe.fromClient() == flags >= 0x8000 ? Answer.YES_TURNED : answer;
    }

    /** The first name is of 32 letters from A to P: half a byte in each (RFC 1001, 14). */
    private static boolean isNetbios(final Bytes now) {
        if (now.u8(DnsShape.HEADER) != ENCODED_NETBIOS_NAME) {
            return false;
        }
        for (int i = 1; i <= ENCODED_NETBIOS_NAME; i++) {
            final int letter = now.u8(DnsShape.HEADER + i);
            if (letter < 'A' || letter > 'P') {
                return false;
            }
        }
        return true;
    }
}
