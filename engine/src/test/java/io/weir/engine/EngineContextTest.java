package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class EngineContextTest {
    @Test
    void shouldNameTheSettingThatCannotBe() {
        assertRefused("workers must be 1 to 64, not 0", context -> context.workers(0));
        assertRefused("worker ring size must be a power of two of at least 1024, not 1000",
            context -> context.workerRingSize(1_000));
        assertRefused("statistics interval must be positive", context -> context.statisticsIntervalNs(0));
    }

    @Test
    void shouldRefuseACpuThatThisProcessMayNotRunOn() {
        final IllegalArgumentException refused = refused(context -> context.cpus(8_000));
        assertTrue(refused.getMessage().startsWith("CPU 8000 is not among those this process may run on: {"),
            refused.getMessage());
    }

    @Test
    void shouldNeedASource() {
        final EngineContext context = new EngineContext();
        assertEquals("an engine needs a frame source",
            assertThrows(IllegalArgumentException.class, context::conclude).getMessage());
    }

    @Test
    void shouldLetTheIndexOfFlowsGrowWhereFramesWait() {
        for (final boolean live : new boolean[] {false, true}) {
            try (MemorySource source = new MemorySource(List.of(), 2, 2, live)) {
                assertEquals(!live, new EngineContext().source(source).conclude().flowTable().growing());
            }
        }
    }

    private static void assertRefused(final String message, final Consumer<EngineContext> change) {
        assertEquals(message, refused(change).getMessage());
    }

    private static IllegalArgumentException refused(final Consumer<EngineContext> change) {
        try (MemorySource source = new MemorySource(List.of(), 2, 2, false)) {
            final EngineContext context = new EngineContext().source(source);
            change.accept(context);
            return assertThrows(IllegalArgumentException.class, context::conclude);
        }
    }
}
