package io.weir.packet.describe;

import io.weir.packet.LayerType;
import io.weir.packet.header.GeneveHeader;
import io.weir.packet.header.GreHeader;
import io.weir.packet.header.GtpUHeader;
import io.weir.packet.header.VxlanHeader;

/** Headers of tunnels. */
final class TunnelDescription extends LayerDescription {
    private static final int LENGTH_PRESENT = 0x4000;

    private final GreHeader gre = new GreHeader();
    private final VxlanHeader vxlan = new VxlanHeader();
    private final GeneveHeader geneve = new GeneveHeader();
    private final GtpUHeader gtp = new GtpUHeader();

    @Override
    boolean describe(final LayerType type) {
        switch (type) {
            case GRE -> gre();
            case ERSPAN -> {
                sink.number("version", bytes.u8(0) >>> 4);
                sink.number("vlan", bytes.u16(0) & 0xfff);
                sink.number("session_id", bytes.u16(2) & 0x3ff);
            }
            case VXLAN, VXLAN_GPE -> {
                vxlan.wrap(address(), available());
                sink.hex("flags", vxlan.flags(), 2);
                sink.number("vxlan_network_identifier", vxlan.networkIdentifier());
            }
            case GENEVE -> {
                geneve.wrap(address(), available());
                sink.number("version", geneve.version());
                sink.number("options_length", geneve.optionsLength());
                sink.hex("protocol_type", geneve.protocolType(), 4);
                sink.number("virtual_network_identifier", geneve.networkIdentifier());
            }
            case GTP_U -> {
                gtp.wrap(address(), available());
                sink.number("version", gtp.version());
                sink.number("message_type", gtp.messageType());
                sink.number("length", gtp.length());
                sink.hex("tunnel_endpoint_identifier", gtp.tunnelEndpointIdentifier(), 8);
            }
            case L2TP -> l2tp();
            case TEREDO -> sink.text("indication", bytes.u16(0) == 1 ? "authentication" : "origin");
            case LISP -> {
                sink.hex("flags", bytes.u8(0), 2);
                sink.hex("nonce", bytes.u32(0) & 0xff_ffff, 6);
                sink.number("instance_id", (bytes.u8(0) & 8) != 0 ? bytes.u32(4) >>> 8 : 0);
            }
            case ETHER_IP -> sink.number("version", bytes.u8(0) >>> 4);
            default -> {
                return false;
            }
        }
        return true;
    }

    private void gre() {
        gre.wrap(address(), available());
        sink.number("version", gre.version());
        sink.hex("protocol_type", gre.protocolType(), 4);
        if (gre.hasChecksum()) {
            sink.hex("checksum", bytes.u16(4), 4);
        }
        if (gre.version() == 1) {
            sink.number("call_id", bytes.u16(6));
        } else if (gre.hasKey()) {
            sink.hex("key", bytes.u32(gre.keyOffset()), 8);
        }
        if (gre.hasSequenceNumber()) {
            final int at = gre.version() == 1 ? 8 : gre.keyOffset() + (gre.hasKey() ? 4 : 0);
            sink.number("sequence_number", bytes.u32(at));
        }
    }

    private void l2tp() {
        final int bits = bytes.u16(0);
        if ((bits & 0xf) == 2 && frame.protocol != 115) {
            final int at = (bits & LENGTH_PRESENT) != 0 ? 4 : 2;
            sink.number("version", 2);
            sink.truth("control", (bits & 0x8000) != 0);
            sink.number("tunnel_id", bytes.u16(at));
            sink.number("session_id", bytes.u16(at + 2));
        } else {
            sink.number("version", 3);
            sink.hex("session_id", bits == 3 ? bytes.u32(4) : bytes.u32(0), 8);
        }
    }
}
