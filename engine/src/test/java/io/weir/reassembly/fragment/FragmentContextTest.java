package io.weir.reassembly.fragment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counters;
import io.weir.base.NativeMemory;
import org.junit.jupiter.api.Test;

class FragmentContextTest {
    @Test
    void shouldNameTheSettingThatCannotBe() {
        assertEquals("fragments: memory must be 2097152 to 17179869184 bytes, not 1000",
            refused(new FragmentContext().memoryBytes(1_000)));
        assertEquals("fragments: time-out must be 1 to 3600 seconds, not 0",
            refused(new FragmentContext().timeoutSeconds(0)));
        assertEquals("fragments: fragments of one datagram must be 2 to 65536, not 1",
            refused(new FragmentContext().fragmentsPerDatagram(1)));
    }

    @Test
    void shouldNotChangeOnceItIsConcluded() {
        final FragmentContext context = new FragmentContext().conclude();
        assertThrows(IllegalStateException.class, () -> context.timeoutSeconds(5));
    }

    @Test
    void shouldTakeNoMoreMemoryThanConfigured() {
        for (final long bytes : new long[] {FragmentContext.MEMORY_BYTES_MIN, 5_000_000, 32 << 20}) {
            final long before = NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY);
            try (Counters counters = new Counters();
                FragmentReassembler fragments = new FragmentReassembler(
                    new FragmentContext().memoryBytes(bytes).conclude(), counters, true)) {
                final long taken = NativeMemory.inUse(NativeMemory.Tag.REASSEMBLY) - before;
                assertTrue(taken <= bytes + 1024 && taken > bytes * 9 / 10, taken + " bytes instead of " + bytes);
                assertEquals(0, fragments.pending());
            }
        }
    }

    private static String refused(final FragmentContext context) {
        return assertThrows(IllegalArgumentException.class, context::conclude).getMessage();
    }
}
