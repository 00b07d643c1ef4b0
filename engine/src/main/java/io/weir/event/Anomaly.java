package io.weir.event;

import io.weir.packet.DecodeError;
import java.util.Locale;

/**
 * Something in the traffic that well-behaved hosts do not do; reported by ordinal.
 *
 * <p>Where Suricata has an event for it, the name is Suricata's; the others are ours.
 */
public enum Anomaly {
    /** Both copies of a byte of a stream differ. */
    STREAM_OVERLAP_DIFFERENT_DATA(Kind.STREAM, "stream.reassembly_overlap_different_data"),
    /** Bytes of a stream were acknowledged but never seen. */
    STREAM_GAP(Kind.STREAM, "stream.reassembly_seq_gap"),
    /** A segment lies outside of the receiver's window. */
    STREAM_OUT_OF_WINDOW(Kind.STREAM, "stream.est_packet_out_of_window"),
    /** A segment's time stamp option is older than the connection has seen (PAWS). */
    STREAM_OLD_TIMESTAMP(Kind.STREAM, "stream.pkt_invalid_timestamp"),
    /** A reset that its receiver does not accept. */
    STREAM_RESET_REFUSED(Kind.STREAM, "stream.rst_invalid_ack"),
    /** Data that came behind the end of its stream. */
    STREAM_DATA_AFTER_END(Kind.STREAM, "stream.data_after_end"),
    /** A SYN-ACK that differs from the one before. */
    STREAM_SYNACK_CHANGED(Kind.STREAM, "stream.3whs_synack_resend_with_diff_seq"),
    /** Data without the ACK flag, which hosts do not take. */
    STREAM_DATA_WITHOUT_ACK(Kind.STREAM, "stream.data_without_ack"),
    /** Urgent data. */
    STREAM_URGENT(Kind.STREAM, "stream.urgent_data"),
    /** A TCP checksum is wrong. */
    TCP_CHECKSUM_WRONG(Kind.DECODE, "decoder.tcp.invalid_checksum"),
    /** IPv4 fragments overlap. */
    IPV4_FRAGMENT_OVERLAP(Kind.DECODE, "decoder.ipv4.frag_overlap"),
    /** IPv4 fragments reach beyond 65,535 bytes. */
    IPV4_FRAGMENT_TOO_LARGE(Kind.DECODE, "decoder.ipv4.frag_pkt_too_large"),
    /** IPv6 fragments overlap, and none of the datagram is taken (RFC 5722). */
    IPV6_FRAGMENT_OVERLAP(Kind.DECODE, "decoder.ipv6.frag_overlap"),
    /** IPv6 fragments reach beyond 65,535 bytes. */
    IPV6_FRAGMENT_TOO_LARGE(Kind.DECODE, "decoder.ipv6.frag_pkt_too_large"),
    /** An IPv6 fragment that is not the last and whose length is no multiple of eight. */
    IPV6_FRAGMENT_INVALID_LENGTH(Kind.DECODE, "decoder.ipv6.frag_invalid_length"),
    /** A first fragment too short for its transport header. */
    FRAGMENT_TINY(Kind.DECODE, "decoder.frag_tiny_first"),
    /** Overlapping fragments carry different bytes. */
    FRAGMENT_OVERLAP_DIFFERENT_DATA(Kind.DECODE, "decoder.frag_overlap_different_data"),
    /** Two fragments of one datagram both claim to be the last, at different ends. */
    FRAGMENT_END_CONFLICT(Kind.DECODE, "decoder.frag_end_conflict"),
    /** IPv4 fragments that cannot be put together: no data, or more of them than a datagram can have. */
    IPV4_FRAGMENT_IGNORED(Kind.DECODE, "decoder.ipv4.frag_ignored"),
    /** The same of IPv6. */
    IPV6_FRAGMENT_IGNORED(Kind.DECODE, "decoder.ipv6.frag_ignored"),
    /** A flow has a large share of the traffic: an elephant. */
    FLOW_ELEPHANT(Kind.STREAM, "stream.elephant"),
    /** The frame shows {@link DecodeError#TRUNCATED_ETHERNET}. */
    ETHERNET_CUT(DecodeError.TRUNCATED_ETHERNET, "decoder.ethernet.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_LINK}. */
    LINK_CUT(DecodeError.TRUNCATED_LINK, "decoder.link.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_VLAN}. */
    VLAN_CUT(DecodeError.TRUNCATED_VLAN, "decoder.vlan.header_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_PORT_TAG}. */
    PORT_TAG_CUT(DecodeError.TRUNCATED_PORT_TAG, "decoder.etag.header_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_NSH}. */
    NSH_CUT(DecodeError.TRUNCATED_NSH, "decoder.nsh.header_too_small"),
    /** The frame shows {@link DecodeError#BAD_NSH}. */
    NSH_BAD(DecodeError.BAD_NSH, "decoder.nsh.bad_header_length"),
    /** The frame shows {@link DecodeError#TRUNCATED_LLC}. */
    LLC_CUT(DecodeError.TRUNCATED_LLC, "decoder.llc.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_MPLS}. */
    MPLS_CUT(DecodeError.TRUNCATED_MPLS, "decoder.mpls.header_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_PPPOE}. */
    PPPOE_CUT(DecodeError.TRUNCATED_PPPOE, "decoder.pppoe.pkt_too_small"),
    /** The frame shows {@link DecodeError#BAD_PPPOE}. */
    PPPOE_BAD(DecodeError.BAD_PPPOE, "decoder.pppoe.malformed_tags"),
    /** The frame shows {@link DecodeError#TRUNCATED_PPP}. */
    PPP_CUT(DecodeError.TRUNCATED_PPP, "decoder.ppp.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_ARP}. */
    ARP_CUT(DecodeError.TRUNCATED_ARP, "decoder.arp.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_RADIO}. */
    RADIO_CUT(DecodeError.TRUNCATED_RADIO, "decoder.radio.pkt_too_small"),
    /** The frame shows {@link DecodeError#BAD_RADIO}. */
    RADIO_BAD(DecodeError.BAD_RADIO, "decoder.radio.bad_header"),
    /** The frame shows {@link DecodeError#TRUNCATED_DOT11}. */
    DOT11_CUT(DecodeError.TRUNCATED_DOT11, "decoder.dot11.pkt_too_small"),
    /** The frame shows {@link DecodeError#TOO_MANY_LAYERS}. */
    LAYERS_TOO_MANY(DecodeError.TOO_MANY_LAYERS, "decoder.too_many_layers"),
    /** The frame shows {@link DecodeError#TOO_MANY_TUNNELS}. */
    TUNNELS_TOO_MANY(DecodeError.TOO_MANY_TUNNELS, "decoder.too_many_tunnels"),
    /** The frame shows {@link DecodeError#TRUNCATED_IPV4}. */
    IPV4_CUT(DecodeError.TRUNCATED_IPV4, "decoder.ipv4.pkt_too_small"),
    /** The frame shows {@link DecodeError#BAD_IPV4_VERSION}. */
    IPV4_VERSION_WRONG(DecodeError.BAD_IPV4_VERSION, "decoder.ipv4.wrong_ip_version"),
    /** The frame shows {@link DecodeError#BAD_IPV4_HEADER_LENGTH}. */
    IPV4_HEADER_TOO_SHORT(DecodeError.BAD_IPV4_HEADER_LENGTH, "decoder.ipv4.hlen_too_small"),
    /** The frame shows {@link DecodeError#IPV4_LENGTH_BEYOND_FRAME}. */
    IPV4_BEYOND_FRAME(DecodeError.IPV4_LENGTH_BEYOND_FRAME, "decoder.ipv4.trunc_pkt"),
    /** The frame shows {@link DecodeError#BAD_IPV4_TOTAL_LENGTH}. */
    IPV4_LENGTH_TOO_SHORT(DecodeError.BAD_IPV4_TOTAL_LENGTH, "decoder.ipv4.iplen_smaller_than_hlen"),
    /** The frame shows {@link DecodeError#TRUNCATED_IPV6}. */
    IPV6_CUT(DecodeError.TRUNCATED_IPV6, "decoder.ipv6.pkt_too_small"),
    /** The frame shows {@link DecodeError#BAD_IPV6_VERSION}. */
    IPV6_VERSION_WRONG(DecodeError.BAD_IPV6_VERSION, "decoder.ipv6.wrong_ip_version"),
    /** The frame shows {@link DecodeError#IPV6_LENGTH_BEYOND_FRAME}. */
    IPV6_BEYOND_FRAME(DecodeError.IPV6_LENGTH_BEYOND_FRAME, "decoder.ipv6.trunc_pkt"),
    /** The frame shows {@link DecodeError#TRUNCATED_IPV6_EXTENSION}. */
    IPV6_EXTENSION_CUT(DecodeError.TRUNCATED_IPV6_EXTENSION, "decoder.ipv6.trunc_exthdr"),
    /** The frame shows {@link DecodeError#TRUNCATED_AH}. */
    AH_CUT(DecodeError.TRUNCATED_AH, "decoder.ah.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_TCP}. */
    TCP_CUT(DecodeError.TRUNCATED_TCP, "decoder.tcp.pkt_too_small"),
    /** The frame shows {@link DecodeError#BAD_TCP_DATA_OFFSET}. */
    TCP_HEADER_TOO_SHORT(DecodeError.BAD_TCP_DATA_OFFSET, "decoder.tcp.hlen_too_small"),
    /** The frame shows {@link DecodeError#TCP_OPTIONS_BEYOND_PACKET}. */
    TCP_OPTIONS_BEYOND(DecodeError.TCP_OPTIONS_BEYOND_PACKET, "decoder.tcp.invalid_optlen"),
    /** The frame shows {@link DecodeError#TRUNCATED_UDP}. */
    UDP_CUT(DecodeError.TRUNCATED_UDP, "decoder.udp.hlen_too_small"),
    /** The frame shows {@link DecodeError#BAD_UDP_LENGTH}. */
    UDP_LENGTH_TOO_SHORT(DecodeError.BAD_UDP_LENGTH, "decoder.udp.len_invalid"),
    /** The frame shows {@link DecodeError#UDP_LENGTH_BEYOND_PACKET}. */
    UDP_BEYOND_PACKET(DecodeError.UDP_LENGTH_BEYOND_PACKET, "decoder.udp.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_SCTP}. */
    SCTP_CUT(DecodeError.TRUNCATED_SCTP, "decoder.sctp.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_DCCP}. */
    DCCP_CUT(DecodeError.TRUNCATED_DCCP, "decoder.dccp.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_ICMP}. */
    ICMP_CUT(DecodeError.TRUNCATED_ICMP, "decoder.icmpv4.pkt_too_small"),
    /** The frame shows {@link DecodeError#UNKNOWN_ICMP_TYPE}. */
    ICMP_TYPE_UNKNOWN(DecodeError.UNKNOWN_ICMP_TYPE, "decoder.icmpv4.unknown_type"),
    /** The frame shows {@link DecodeError#UNKNOWN_ICMP_CODE}. */
    ICMP_CODE_UNKNOWN(DecodeError.UNKNOWN_ICMP_CODE, "decoder.icmpv4.unknown_code"),
    /** The frame shows {@link DecodeError#TRUNCATED_ICMPV6}. */
    ICMPV6_CUT(DecodeError.TRUNCATED_ICMPV6, "decoder.icmpv6.pkt_too_small"),
    /** The frame shows {@link DecodeError#TRUNCATED_GRE}. */
    GRE_CUT(DecodeError.TRUNCATED_GRE, "decoder.gre.pkt_too_small");

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final Anomaly[] VALUES = values();
    private static final Anomaly[] OF_ERRORS = ofErrors();

    private final Kind kind;
    private final String eventName;
    private final DecodeError error;

    Anomaly(final Kind kind, final String eventName) {
        this(kind, eventName, DecodeError.NONE);
    }

    Anomaly(final DecodeError error, final String eventName) {
        this(Kind.DECODE, eventName, error);
    }

    Anomaly(final Kind kind, final String eventName, final DecodeError error) {
        this.kind = kind;
        this.eventName = eventName;
        this.error = error;
    }

    private static Anomaly[] ofErrors() {
        final Anomaly[] anomalies = new Anomaly[DecodeError.values().length];
        for (final Anomaly anomaly : VALUES) {
            if (anomaly.error != DecodeError.NONE) {
                anomalies[anomaly.error.ordinal()] = anomaly;
            }
        }
        return anomalies;
    }

    /** Where an anomaly was found. */
    public enum Kind {
        /** In headers of a frame or datagram. */
        DECODE,
        /** In the course of a TCP stream. */
        STREAM;

        /** Name in records. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The anomaly for an ordinal. */
    public static Anomaly of(final int ordinal) {
        return VALUES[ordinal];
    }

    /** What a {@code Frame.error} is reported as, or null if it says nothing of the traffic. */
    public static Anomaly ofError(final int error) {
        return OF_ERRORS[error];
    }

    /** What the decoder calls it; {@link DecodeError#NONE} if it is not the decoder that finds it. */
    public DecodeError error() {
        return error;
    }

    /** Where it is found. */
    public Kind kind() {
        return kind;
    }

    /** Name in records. */
    public String eventName() {
        return eventName;
    }

    /** Its bit in masks of anomalies, those of a frame or of a flow; 0 if the decoder finds it. */
    public int bit() {
        return error == DecodeError.NONE ? 1 << ordinal() : 0;
    }
}
