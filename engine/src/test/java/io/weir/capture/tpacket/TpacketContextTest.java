package io.weir.capture.tpacket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.CaptureException;
import org.junit.jupiter.api.Test;

class TpacketContextTest {
    private final TpacketContext context = new TpacketContext().interfaceName("eth0");

    private void assertRefused(final String start) {
        final CaptureException e = assertThrows(CaptureException.class, context::conclude);
        assertEquals(CaptureException.Kind.USAGE, e.kind());
        assertTrue(e.getMessage().startsWith(start), e.getMessage());
    }

    @Test
    void shouldRefuseARingLargerThanTheCap() {
        context.blockCount(8192);
        assertRefused("ring of 8 GiB (8192 blocks of 1 MiB) is larger than the cap of 2 GiB: take fewer");
    }

    @Test
    void shouldRefuseBlocksThatHoldNoSuperFrameOrNoWholePages() {
        context.blockBytes(64 << 10);
        assertRefused("block size of 64 KiB: must be a multiple of 4096 from 128 KiB");
        context.blockBytes((128 << 10) + 1);
        assertRefused("block size of 131073 bytes");
    }

    @Test
    void shouldRefuseNamesThatNoInterfaceCanHave() {
        for (final String name : new String[] {"a/b", "a b", "sixteen-letters-", "e\u0000"}) {
            context.interfaceName(name);
            assertRefused("'" + name + "' cannot be the name");
        }
        context.interfaceName("");
        assertRefused("no interface named");
    }

    @Test
    void shouldRefuseOtherSettingsThatCannotWork() {
        context.blockTimeoutMs(0);
        assertRefused("block time-out of 0 ms");
        context.blockTimeoutMs(10).snapLength(10);
        assertRefused("snap length of 10 bytes");
        context.snapLength(96).blockCount(1);
        assertRefused("1 blocks");
    }

    @Test
    void shouldNotChangeOnceConcluded() {
        assertEquals("eth0: 256 blocks of 256 KiB, time-out 1 ms, snap length 262144, promiscuous",
            context.lowLatency().conclude().toString());
        assertThrows(IllegalStateException.class, () -> context.blockCount(5));
    }
}
