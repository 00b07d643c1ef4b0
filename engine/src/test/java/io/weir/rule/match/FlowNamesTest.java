package io.weir.rule.match;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FlowNamesTest {
    private final FlowNames names = new FlowNames();

    private FlowNames.Use set(final String prefix, final int count) {
        names.begin();
        final Set<Integer> places = new HashSet<>();
        for (int i = 0; i < count; i++) {
            places.add(names.ofTransactions(prefix + i));
        }
        assertEquals(count, places.size());
        return names.use();
    }

    @Test
    void shouldGiveBackThePlacesOfNamesThatNoSetUses() {
        FlowNames.Use before = set("a", 32);
        for (int reload = 0; reload < 100; reload++) {
            final FlowNames.Use next = set("reload " + reload + " ", 32);
            before.close();
            before.close();
            before = next;
        }
    }

    @Test
    void shouldKeepThePlaceOfANameWhileASetUsesIt() {
        final FlowNames.Use first = set("a", 1);
        final int place = names.ofTransactions("a0");
        final FlowNames.Use second = names.use();
        first.close();
        names.begin();
        assertEquals(place, names.ofTransactions("a0"));
        second.close();
        assertEquals(place, names.ofTransactions("a0"));
    }

    @Test
    void shouldRefuseMoreThanThereIsPlaceForAndForgetWhatWasNeverUsed() {
        set("held", 40);
        names.begin();
        for (int i = 0; i < 24; i++) {
            names.ofTransactions("new" + i);
        }
        assertThrows(IllegalArgumentException.class, () -> names.ofTransactions("one more"));
        set("other", 24);
    }
}
