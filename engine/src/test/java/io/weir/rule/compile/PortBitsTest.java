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
    void shouldHaveNoneOrAll() {
        assertFalse(new PortBits(new BitSet()).hasEither(0, 65_535));
        final BitSet all = new BitSet();
        all.set(0, 1 << 16);
        assertTrue(new PortBits(all).hasEither(1, 2));
    }
}
