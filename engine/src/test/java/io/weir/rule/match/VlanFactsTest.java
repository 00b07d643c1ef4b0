package io.weir.rule.match;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.Frame;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.PacketNumber;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which tags of a frame a rule about VLANs asks. */
class VlanFactsTest {
    private static final Set<PacketNumber> TAGS = EnumSet.of(PacketNumber.VLAN_ID, PacketNumber.VLAN_OUTER_ID,
        PacketNumber.VLAN_INNER_ID, PacketNumber.VLAN_LAST_ID, PacketNumber.VLAN_NEXT_TO_LAST_ID,
        PacketNumber.VLAN_EVERY_ID);

    private static Set<PacketNumber> holding(final NumberSet ids, final int... tags) {
        final Frame frame = new Frame();
        for (final int tag : tags) {
            frame.vlanIds |= tag << frame.vlanCount++ * Short.SIZE;
        }
        final Set<PacketNumber> holding = EnumSet.noneOf(PacketNumber.class);
        TAGS.stream().filter(number -> PacketFacts.holds(frame, number, ids)).forEach(holding::add);
        return holding;
    }

    @Test
    void shouldAskTagsFromEitherEnd() {
        final NumberSet asked = NumberSet.between(7, 9);
        assertEquals(Set.of(), holding(asked));
        assertEquals(Set.of(), holding(asked, 6, 10));
        assertEquals(Set.of(PacketNumber.VLAN_ID, PacketNumber.VLAN_OUTER_ID, PacketNumber.VLAN_LAST_ID,
            PacketNumber.VLAN_EVERY_ID), holding(asked, 7));
        assertEquals(Set.of(PacketNumber.VLAN_ID, PacketNumber.VLAN_OUTER_ID, PacketNumber.VLAN_NEXT_TO_LAST_ID),
            holding(asked, 7, 10));
        assertEquals(Set.of(PacketNumber.VLAN_ID, PacketNumber.VLAN_INNER_ID, PacketNumber.VLAN_LAST_ID),
            holding(asked, 10, 9));
        assertEquals(TAGS, holding(asked, 7, 9));
    }

    @Test
    void shouldHoldOfNoTagThatIsNotThere() {
        // what is not there is not 0 either
        assertEquals(Set.of(), holding(NumberSet.between(0, 0)));
        assertEquals(Set.of(), holding(NumberSet.between(-1, 0), 7));
    }
}
