package io.weir.packet.describe;

import io.weir.packet.LayerType;
import io.weir.packet.TransportChecksum;
import io.weir.packet.header.IcmpHeader;
import io.weir.packet.header.OptionsView;
import io.weir.packet.header.SctpHeader;
import io.weir.packet.header.TcpHeader;
import io.weir.packet.header.UdpHeader;
import java.util.Locale;

/** Transport protocols and what else lies directly on IP. */
final class TransportDescription extends LayerDescription {
    private static final int IDENTIFIED = 8;

    private final TcpHeader tcp = new TcpHeader();
    private final UdpHeader udp = new UdpHeader();
    private final SctpHeader sctp = new SctpHeader();
    private final IcmpHeader icmp = new IcmpHeader();
    private final OptionsView options = new OptionsView();

    @Override
    boolean describe(final LayerType type) {
        switch (type) {
            case TCP -> tcp();
            case UDP, UDP_LITE -> udp(type);
            case SCTP -> sctp();
            case DCCP -> {
                sink.number("source_port", bytes.u16(0));
                sink.number("destination_port", bytes.u16(2));
                sink.number("packet_type", bytes.u8(8) >>> 1 & 0xf);
            }
            case ICMPV4, ICMPV6 -> icmp(type);
            case IGMP -> {
                sink.hex("igmp_type", bytes.u8(0), 2);
                sink.number("max_resp_code", bytes.u8(1));
                sink.hex("checksum", bytes.u16(2), 4);
                sink.text("group_address", v4(4));
            }
            case OSPF -> {
                sink.number("version", bytes.u8(0));
                sink.number("packet_type", bytes.u8(1));
                sink.number("packet_length", bytes.u16(2));
                sink.text("router_id", v4(4));
                sink.text("area_id", v4(8));
            }
            case PIM -> {
                sink.number("version", bytes.u8(0) >>> 4);
                sink.number("pim_type", bytes.u8(0) & 0xf);
            }
            case VRRP -> {
                sink.number("version", bytes.u8(0) >>> 4);
                sink.number("virtual_router_id", bytes.u8(1));
                sink.number("priority", bytes.u8(2));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tcp() {
        tcp.wrap(address(), available());
        sink.number("source_port", tcp.sourcePort());
        sink.number("destination_port", tcp.destinationPort());
        sink.number("sequence_number", tcp.sequenceNumber());
        sink.number("acknowledgment_number", tcp.acknowledgmentNumber());
        sink.number("data_offset", tcp.headerLength() >> 2);
        sink.text("flags", tcpFlags(tcp.flags()));
        sink.number("window", tcp.window());
        checksum(tcp.checksum(), 4);
        sink.number("urgent_pointer", tcp.urgentPointer());
        final int headerEnd = Math.min(available(), tcp.headerLength());
        options.wrap(address() + TcpHeader.MIN_LENGTH, headerEnd - TcpHeader.MIN_LENGTH);
        if (options.available() > 0) {
            sink.beginList("options");
            while (options.next()) {
                sink.beginItem();
                tcpOption();
                sink.endItem();
            }
            sink.endList();
        }
    }

    static String tcpFlags(final int flags) {
        return flags(flags, "FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR");
    }

    private void tcpOption() {
        final int data = options.dataOffset();
        final int length = options.dataLength();
        sink.number("kind", options.kind());
        sink.text("name", switch (options.kind()) {
            case 1 -> "no_operation";
            case 2 -> "maximum_segment_size";
            case 3 -> "window_scale";
            case 4 -> "sack_permitted";
            case 5 -> "sack";
            case 8 -> "timestamps";
            case 19 -> "md5_signature";
            case 29 -> "authentication";
            case 30 -> "multipath";
            case 34 -> "fast_open_cookie";
            default -> "unknown";
        });
        if (options.kind() == 2 && length == 2) {
            sink.number("value", options.u16(data));
        } else if (options.kind() == 3 && length == 1) {
            sink.number("shift_count", options.u8(data));
        } else if (options.kind() == 8 && length == 8) {
            sink.number("timestamp_value", options.u32(data));
            sink.number("timestamp_echo_reply", options.u32(data + 4));
        } else if (options.kind() == 5 && length >= 8) {
            sink.number("left_edge", options.u32(data));
            sink.number("right_edge", options.u32(data + 4));
        }
    }

    private void udp(final LayerType type) {
        udp.wrap(address(), available());
        sink.number("source_port", udp.sourcePort());
        sink.number("destination_port", udp.destinationPort());
        sink.number(type == LayerType.UDP ? "length" : "checksum_coverage", udp.length());
        checksum(udp.checksum(), 4);
    }

    private void sctp() {
        sctp.wrap(address(), available());
        sink.number("source_port", sctp.sourcePort());
        sink.number("destination_port", sctp.destinationPort());
        sink.hex("verification_tag", sctp.verificationTag(), 8);
        checksum(sctp.checksum(), 8);
    }

    private void icmp(final LayerType type) {
        icmp.wrap(address(), available());
        sink.number("icmp_type", icmp.type());
        sink.number("code", icmp.code());
        checksum(icmp.checksum(), 4);
        final boolean echo = type == LayerType.ICMPV4 ? icmp.type() == 0 || icmp.type() == 8
            : icmp.type() == 128 || icmp.type() == 129;
        if (echo && available() >= IDENTIFIED) {
            sink.number("identifier", icmp.identifier());
            sink.number("sequence_number", icmp.sequenceNumber());
        }
    }

    private void checksum(final long value, final int digits) {
        sink.hex("checksum", value, digits);
        if (offset == frame.transportOffset) {
            sink.text("checksum_status", TransportChecksum.verify(frame).name().toLowerCase(Locale.ROOT));
        }
    }
}
