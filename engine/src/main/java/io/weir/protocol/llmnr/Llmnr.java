package io.weir.protocol.llmnr;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.dns.Dns;
import io.weir.protocol.dns.DnsDatagrams;
import io.weir.protocol.dns.DnsEvents;
import io.weir.protocol.dns.DnsStreams;
import io.weir.protocol.dns.DnsWords;

/** Link-local multicast name resolution (RFC 4795): messages of DNS with one question, on a port of its own. */
public final class Llmnr {
    private static final int PORT = 5355;
    private static final DnsWords WORDS = new DnsWords(DnsWords.Kind.LLMNR, "llmnr");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("llmnr", "Link-Local Multicast Name Resolution")
        .tcpPorts(PORT).udpPorts(PORT)
        .onlyOnUdpPorts()
        .tcp(Llmnr::detectStream)
        .udp(Llmnr::detectDatagram)
        .streamParser(() -> new DnsStreams(WORDS))
        .datagramParser(() -> new DnsDatagrams(WORDS))
        .fields(WORDS.all())
        .records(WORDS.record())
        .events(DnsEvents.all())
        .build();

    private Llmnr() {
    }

    /** Recognises a message with its length in front. */
    static Answer detectStream(final Probe probe) {
        return probe.onPort(PORT) ? Dns.stream(probe, true) : Answer.NO;
    }

    /** Recognises a message with exactly one question. */
    static Answer detectDatagram(final Probe probe) {
        return probe.onPort(PORT) && probe.now().u16(4) == 1 ? Dns.datagram(probe, true) : Answer.NO;
    }
}
