package io.weir.event;

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
    IPV6_FRAGMENT_IGNORED(Kind.DECODE, "decoder.ipv6.frag_ignored");

    /** How many there are. */
    public static final int COUNT = values().length;

    private static final Anomaly[] VALUES = values();

    private final Kind kind;
    private final String eventName;

    Anomaly(final Kind kind, final String eventName) {
        this.kind = kind;
        this.eventName = eventName;
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

    /** Where it is found. */
    public Kind kind() {
        return kind;
    }

    /** Name in records. */
    public String eventName() {
        return eventName;
    }

    /** Its bit in masks of anomalies, those of a frame or of a flow. */
    public int bit() {
        return 1 << ordinal();
    }
}
