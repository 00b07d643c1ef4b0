package io.weir.packet.describe;

import io.weir.packet.LayerType;
import io.weir.packet.Wire;
import io.weir.packet.header.Dot11Header;

/** IEEE 802.11 and the radio headers in front of it. */
final class WirelessDescription extends LayerDescription {
    private final Dot11Header header = new Dot11Header();

    @Override
    boolean describe(final LayerType type) {
        switch (type) {
            case RADIOTAP -> {
                sink.number("version", bytes.u8(0));
                sink.number("length", Wire.u16Little(address() + 2));
                sink.hex("present", Wire.i32Little(address() + 4) & 0xffff_ffffL, 8);
            }
            case PPI -> {
                sink.number("length", Wire.u16Little(address() + 2));
                sink.number("link_type", Wire.i32Little(address() + 4));
            }
            case PRISM -> sink.hex("message_code", bytes.u32(0), 8);
            case DOT11 -> dot11();
            case DOT11_AMSDU -> {
                mac("destination_address", 0);
                mac("source_address", 6);
                sink.number("length", bytes.u16(12));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void dot11() {
        header.wrap(address(), available());
        sink.text("frame_type", switch (header.type()) {
            case 0 -> "management";
            case 1 -> "control";
            case 2 -> "data";
            default -> "extension";
        });
        sink.number("subtype", header.subtype());
        sink.text("flags", flags(header.flags(), "to_ds", "from_ds", "more_fragments", "retry", "power_management",
            "more_data", "protected", "order"));
        sink.number("duration_id", header.durationId());
        mac("address_1", 4);
        if (header.type() != 1) {
            mac("address_2", 10);
            mac("address_3", 16);
            if (available() >= 24) {
                sink.number("sequence_number", Wire.u16Little(address() + 22) >>> 4);
            }
        }
    }
}
