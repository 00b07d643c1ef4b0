package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

class AffinityTest {
    @Test
    void shouldPinTheCallingThreadToOneAllowedCpu() throws Exception {
        final FutureTask<BitSet> pinned = new FutureTask<>(() -> {
            final int last = Affinity.allowed().length() - 1;
            assertTrue(Affinity.pin(last));
            final BitSet only = new BitSet();
            only.set(last);
            assertEquals(only, Affinity.allowed());
            return only;
        });
        final Thread thread = new Thread(pinned);
        thread.start();
        pinned.get();
        assertTrue(Affinity.allowed().cardinality() >= 1);
    }

    @Test
    void shouldRefuseACpuThatIsNotAllowed() {
        assertFalse(Affinity.pin(8_000));
    }
}
