package io.weir.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class EngineThreadTest {
    /** Runs three idle cycles, then stands still in its fourth until it is let go. */
    private static final class Stuck implements Agent {
        private final CountDownLatch stands = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private int calls;

        @Override
        public int doWork() throws InterruptedException {
            if (++calls == 4) {
                stands.countDown();
                letGo.await();
                throw new AgentTerminationException("let go");
            }
            return 0;
        }

        @Override
        public String roleName() {
            return "stuck";
        }
    }

    @Test
    @Timeout(60)
    void shouldCountCyclesOfAnIdleAgentAndStopWhereItIsStuck() throws InterruptedException {
        final Stuck agent = new Stuck();
        final EngineThread thread = new EngineThread(agent, -1, YieldingIdleStrategy.INSTANCE, new StopSignal(), null);
        assertEquals(0, thread.cycles());
        thread.start();
        agent.stands.await();
        assertEquals(3, thread.cycles());
        agent.letGo.countDown();
        assertTrue(thread.join(TimeUnit.SECONDS.toNanos(30)));
        assertEquals(3, thread.cycles());
    }
}
