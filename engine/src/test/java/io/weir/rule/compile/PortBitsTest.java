package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class PortBitsTest {
    @Test
    void shouldHaveThePortsOfItsSetAlone() {
        final BitSet set = new BitSet();
        set.set(0);
        set.set(53);
        set.set(16_383, 16_386);
        set.set(65_535);
        final PortBits bits = new PortBits(set);
        for (int port = 0; port < 1 << 16; port++) {
            assertEquals(set.get(port), bits.hasEither(port, 1024));
            assertEquals(set.get(port), bits.hasEither(1024, port));
        }
    }

    @Test
    void shouldHaveThePortsOfAnySetOfSeveral() {
        final BitSet low = new BitSet();
        low.set(53);
        final BitSet high = new BitSet();
        high.set(60_000);
        final PortBits both = PortBits.union(new PortBits(low), null, new PortBits(high));
        assertTrue(both.hasEither(53, 1) && both.hasEither(1, 60_000));
        assertFalse(both.hasEither(54, 60_001));
        assertFalse(PortBits.union(null, null).hasEither(0, 53));
    }

    @Test
    void shouldHaveNoneOrAll() {
        assertFalse(new PortBits(new BitSet()).hasEither(0, 65_535));
        final BitSet all = new BitSet();
        all.set(0, 1 << 16);
        assertTrue(new PortBits(all).hasEither(1, 2));
    }
}
