package io.weir.rule.match;

import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.rule.model.NumberSet;

/**
 * Ids of a frame's VLAN tags, from the outermost on. Tags within tunnels do not count, nor those that carry a priority
 * alone (IEEE 802.1Q, 9.6). Frames keep two ids; those behind them are read where they stand.
 */
final class VlanTags {
    private static final int KEPT = 2;
    private static final int ID = 0xfff;

    private VlanTags() {
    }

    /** How many there are. */
    static int count(final Frame frame) {
        int count = frame.vlanCount;
        while (count >= KEPT && id(frame, count) != PacketFacts.NONE) {
            count++;
        }
        return count;
    }

    /** The id of a tag, or {@link PacketFacts#NONE} if it is not there. */
    static long id(final Frame frame, final int number) {
        if (number >= KEPT && frame.vlanCount >= KEPT) {
            return read(frame, number);
        }
        return number >= 0 && number < frame.vlanCount ? frame.vlanIds >>> number * Short.SIZE & ID
            : PacketFacts.NONE;
    }

    private static long read(final Frame frame, final int number) {
        int before = (frame.flags & Frame.VLAN_STRIPPED) != 0 && (frame.strippedVlan & ID) != 0 ? 1 : 0;
        for (int i = 0; i < frame.layerCount; i++) {
            final int layer = frame.layer(i);
            final LayerType type = LayerType.of(layer);
            if (type == LayerType.IPV4 || type == LayerType.IPV6) {
                break;
            }
            if (type == LayerType.DOT1Q) {
                final long tag = PacketFacts.u16(frame, LayerType.offset(layer));
                if (tag == PacketFacts.NONE) {
                    break;
                }
                if ((tag & ID) != 0 && before++ == number) {
                    return tag & ID;
                }
            }
        }
        return PacketFacts.NONE;
    }

    /** True if there are tags and one of them, or each, has an id that is accepted. */
    static boolean hold(final Frame frame, final NumberSet ids, final boolean each) {
        final int count = count(frame);
        int holding = 0;
        for (int i = 0; i < count; i++) {
            holding += ids.contains(id(frame, i)) ? 1 : 0;
        }
        return holding > 0 && (!each || holding == count);
    }
}
