package io.weir.packet.describe;

import io.weir.packet.AddressText;
import io.weir.packet.LayerType;
import io.weir.packet.header.ArpMessage;
import io.weir.packet.header.EthernetHeader;
import io.weir.packet.header.MplsEntry;
import io.weir.packet.header.PppoeHeader;
import io.weir.packet.header.VlanTag;

/** Layers below IP, but for wireless ones. */
final class LinkDescription extends LayerDescription {
    private static final int MAX_LENGTH = 1500;

    private final EthernetHeader ethernet = new EthernetHeader();
    private final VlanTag tag = new VlanTag();
    private final MplsEntry label = new MplsEntry();
    private final PppoeHeader pppoe = new PppoeHeader();
    private final ArpMessage arp = new ArpMessage();

    @Override
    boolean describe(final LayerType type) {
        switch (type) {
            case ETHERNET -> ethernet();
            case DOT1Q -> vlan();
            case MPLS -> mpls();
            case PSEUDO_WIRE -> sink.number("sequence_number", bytes.u16(2));
            case PPPOE -> pppoe();
            case PPP -> ppp();
            case LLC -> llc();
            case SNAP -> {
                sink.hex("organization_code", (long) bytes.u16(0) << 8 | bytes.u8(2), 6);
                sink.hex("protocol_id", bytes.u16(3), 4);
            }
            case ARP -> arp();
            case LINUX_SLL -> cooked();
            case LINUX_SLL2 -> cooked2();
            case LOOPBACK -> {
                final int raw = bytes.i32(0);
                sink.number("family", (raw & 0xffff_0000) != 0 ? Integer.reverseBytes(raw) : raw);
            }
            case CISCO_HDLC -> {
                sink.hex("address", bytes.u8(0), 2);
                sink.hex("control", bytes.u8(1), 2);
                sink.hex("protocol", bytes.u16(2), 4);
            }
            case ARCNET -> {
                sink.hex("source_address", bytes.u8(0), 2);
                sink.hex("destination_address", bytes.u8(1), 2);
            }
            case NFLOG -> {
                sink.number("family", bytes.u8(0));
                sink.number("resource_id", bytes.u16(2));
            }
            case PKTAP -> sink.number("dlt", Integer.reverseBytes(bytes.i32(8)));
            case FRAME_RELAY -> sink.number("data_link_connection_identifier",
                (bytes.u8(0) >>> 2) << 4 | bytes.u8(1) >>> 4);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void ethernet() {
        ethernet.wrap(address(), available());
        mac("source_address", 6);
        mac("destination_address", 0);
        if (ethernet.type() > MAX_LENGTH) {
            sink.hex("ethertype", ethernet.type(), 4);
        } else {
            sink.number("length", ethernet.type());
        }
    }

    private void vlan() {
        tag.wrap(address(), available());
        sink.number("vlan_identifier", tag.id());
        sink.number("priority_code_point", tag.priority());
        sink.truth("drop_eligible", tag.dropEligible());
        sink.hex("ethertype", tag.type(), 4);
    }

    private void mpls() {
        label.wrap(address(), available());
        sink.number("label", label.label());
        sink.number("traffic_class", label.trafficClass());
        sink.truth("bottom_of_stack", label.bottomOfStack());
        sink.number("time_to_live", label.timeToLive());
    }

    private void pppoe() {
        pppoe.wrap(address(), available());
        sink.number("version", pppoe.version());
        sink.hex("code", pppoe.code(), 2);
        sink.number("session_id", pppoe.sessionId());
        sink.number("length", pppoe.length());
    }

    private void ppp() {
        final boolean framed = available() >= 2 && bytes.u16(0) == 0xff03;
        final int at = framed ? 2 : 0;
        sink.truth("address_and_control", framed);
        sink.hex("protocol", (bytes.u8(at) & 1) != 0 ? bytes.u8(at) : bytes.u16(at), 4);
    }

    private void llc() {
        sink.hex("dsap", bytes.u8(0), 2);
        sink.hex("ssap", bytes.u8(1), 2);
        sink.hex("control", bytes.u8(2), 2);
    }

    private void arp() {
        arp.wrap(address(), available());
        sink.number("hardware_type", arp.hardwareType());
        sink.hex("protocol_type", arp.protocolType(), 4);
        sink.number("opcode", arp.opcode());
        hardware("sender_hardware_address", arp.senderHardwareOffset());
        protocol("sender_protocol_address", arp.senderProtocolOffset());
        hardware("target_hardware_address", arp.targetHardwareOffset());
        protocol("target_protocol_address", arp.targetProtocolOffset());
    }

    private void hardware(final String name, final int at) {
        sink.text(name, AddressText.mac(bytes.bytes(at, arp.hardwareLength())));
    }

    private void protocol(final String name, final int at) {
        if (arp.protocolLength() == 4) {
            sink.text(name, v4(at));
        }
    }

    private void cooked() {
        sink.number("packet_type", bytes.u16(0));
        sink.number("arphrd_type", bytes.u16(2));
        hardwareOf("link_layer_address", bytes.u16(4), 6);
        sink.hex("protocol_type", bytes.u16(14), 4);
    }

    private void cooked2() {
        sink.hex("protocol_type", bytes.u16(0), 4);
        sink.number("interface_index", bytes.u32(4));
        sink.number("arphrd_type", bytes.u16(8));
        sink.number("packet_type", bytes.u8(10));
        hardwareOf("link_layer_address", bytes.u8(11), 12);
    }

    private void hardwareOf(final String name, final int length, final int at) {
        sink.text(name, AddressText.mac(bytes.bytes(at, Math.min(8, length))));
    }
}
