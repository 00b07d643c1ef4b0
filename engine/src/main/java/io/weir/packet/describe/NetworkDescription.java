package io.weir.packet.describe;

import io.weir.packet.AddressText;
import io.weir.packet.LayerType;
import io.weir.packet.TransportChecksum;
import io.weir.packet.header.Ipv4Header;
import io.weir.packet.header.Ipv6Header;
import io.weir.packet.header.OptionsView;
import java.util.Locale;

/** IPv4, IPv6 and its extension headers. */
final class NetworkDescription extends LayerDescription {
    private final Ipv4Header ipv4 = new Ipv4Header();
    private final Ipv6Header ipv6 = new Ipv6Header();
    private final OptionsView options = new OptionsView();

    @Override
    boolean describe(final LayerType type) {
        switch (type) {
            case IPV4 -> ipv4();
            case IPV6 -> ipv6();
            case IPV6_FRAGMENT -> {
                sink.number("next_header", bytes.u8(0));
                sink.number("fragment_offset", bytes.u16(2) & 0xfff8);
                sink.truth("more_fragments", (bytes.u16(2) & 1) != 0);
                sink.hex("identification", bytes.u32(4), 8);
            }
            case IPV6_ROUTING -> {
                extension();
                sink.number("routing_type", bytes.u8(2));
                sink.number("segments_left", bytes.u8(3));
            }
            case IPV6_MOBILITY -> {
                extension();
                sink.number("mh_type", bytes.u8(2));
            }
            case IPV6_HOP_BY_HOP, IPV6_DESTINATION -> {
                extension();
                ipv6Options();
            }
            case HIP, SHIM6 -> extension();
            case AH -> {
                sink.number("next_header", bytes.u8(0));
                sink.number("payload_length", bytes.u8(1));
                sink.hex("security_parameters_index", bytes.u32(4), 8);
                sink.number("sequence_number", bytes.u32(8));
            }
            case ESP -> {
                sink.hex("security_parameters_index", bytes.u32(0), 8);
                sink.number("sequence_number", bytes.u32(4));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ipv4() {
        ipv4.wrap(address(), available());
        sink.text("source_address", AddressText.v4(ipv4.source()));
        sink.text("destination_address", AddressText.v4(ipv4.destination()));
        sink.number("version", ipv4.version());
        sink.number("internet_header_length", ipv4.headerLength() >> 2);
        sink.hex("type_of_service", ipv4.typeOfService(), 2);
        sink.number("total_length", ipv4.totalLength());
        sink.hex("identification", ipv4.identification(), 4);
        sink.truth("dont_fragment", ipv4.dontFragment());
        sink.truth("more_fragments", ipv4.moreFragments());
        sink.number("fragment_offset", ipv4.fragmentOffset());
        sink.number("time_to_live", ipv4.timeToLive());
        sink.number("protocol", ipv4.protocol());
        sink.hex("header_checksum", ipv4.checksum(), 4);
        if (offset == frame.ipOffset) {
            sink.text("header_checksum_status",
                TransportChecksum.verifyIpHeader(frame).name().toLowerCase(Locale.ROOT));
        }
        options.wrap(address() + Ipv4Header.MIN_LENGTH, ipv4.headerLength() - Ipv4Header.MIN_LENGTH);
        if (options.available() > 0) {
            sink.beginList("options");
            while (options.next()) {
                sink.beginItem();
                sink.number("kind", options.kind());
                sink.number("length", options.dataLength());
                sink.endItem();
            }
            sink.endList();
        }
    }

    private void ipv6() {
        ipv6.wrap(address(), available());
        sink.text("source_address", AddressText.v6(ipv6.sourceHi(), ipv6.sourceLo()));
        sink.text("destination_address", AddressText.v6(ipv6.destinationHi(), ipv6.destinationLo()));
        sink.number("version", ipv6.version());
        sink.hex("traffic_class", ipv6.trafficClass(), 2);
        sink.hex("flow_label", ipv6.flowLabel(), 5);
        sink.number("payload_length", ipv6.payloadLength());
        sink.number("next_header", ipv6.nextHeader());
        sink.number("hop_limit", ipv6.hopLimit());
    }

    private void extension() {
        sink.number("next_header", bytes.u8(0));
        sink.number("header_extension_length", bytes.u8(1));
    }

    /** Options of hop-by-hop and destination headers, RFC 8200 section 4.2; ends at the first that does not fit. */
    private void ipv6Options() {
        final int end = bytes.u8(1) + 1 << 3;
        sink.beginList("options");
        for (int at = 2; at < end;) {
            final int type = bytes.u8(at);
            final int length = type == 0 || end - at < 2 ? 1 : bytes.u8(at + 1) + 2;
            if (length > end - at) {
                break;
            }
            // 0 and 1 are padding
            if (type > 1) {
                sink.beginItem();
                sink.hex("option_type", type, 2);
                sink.number("length", length - 2L);
                if (type == 0xc2 && length == 6) {
                    sink.number("jumbo_payload_length", bytes.u32(at + 2));
                }
                sink.endItem();
            }
            at += length;
        }
        sink.endList();
    }
}
