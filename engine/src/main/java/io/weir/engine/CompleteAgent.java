package io.weir.engine;

import org.agrona.concurrent.Agent;

/**
 * Everything on one thread: the only worker with what feeds it, and the aggregator behind each of its batches.
 *
 * <p>Records are read where they were written, while they lie in the first-level cache. For traces whose records go to
 * no output: what is left to the aggregator then takes less than what its own thread would cost.
 */
final class CompleteAgent implements Agent {
    private final Agent worker;
    private final Aggregator aggregator;

    CompleteAgent(final Agent worker, final Aggregator aggregator) {
        this.worker = worker;
        this.aggregator = aggregator;
    }

    @Override
    public void onStart() {
        aggregator.readHere();
        worker.onStart();
    }

    @Override
    public int doWork() throws Exception {
        final int work = worker.doWork();
        aggregator.handOutAll();
        return work;
    }

    @Override
    public void onClose() {
        worker.onClose();
        aggregator.onClose();
    }

    @Override
    public String roleName() {
        return worker.roleName();
    }
}
