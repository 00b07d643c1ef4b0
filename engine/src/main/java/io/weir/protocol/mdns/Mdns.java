package io.weir.protocol.mdns;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.dns.Dns;
import io.weir.protocol.dns.DnsDatagrams;
import io.weir.protocol.dns.DnsEvents;
import io.weir.protocol.dns.DnsWords;

/** Multicast DNS (RFC 6762): messages of DNS on a port of its own, from and to everybody. */
public final class Mdns {
    private static final int PORT = 5353;
    private static final DnsWords WORDS = new DnsWords(DnsWords.Kind.MDNS, "mdns");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mdns", "Multicast DNS")
        .udpPorts(PORT)
        .onlyOnUdpPorts()
        .udp(Mdns::detect)
        .datagramParser(() -> new DnsDatagrams(WORDS))
        .fields(WORDS.all())
        .records(WORDS.record())
        .events(DnsEvents.all())
        .build();

    private Mdns() {
    }

    /** Recognises a message; who sends a response is no server for that, so flows are not turned. */
    static Answer detect(final Probe probe) {
        return probe.onPort(PORT) && Dns.datagram(probe, true) != Answer.NO ? Answer.YES : Answer.NO;
    }
}
