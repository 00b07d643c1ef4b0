package io.weir.engine;

import io.weir.base.Counter;
import io.weir.packet.Frame;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentTerminationException;

/** Drains a worker's ring batch by batch. */
final class RingWorker implements Agent {
    private final WorkerRing ring;
    private final Worker worker;
    private final String name;
    private final Frame[] frames = new Frame[Batch.CAPACITY];

    RingWorker(final WorkerRing ring, final Worker worker, final int number) {
        this.ring = ring;
        this.worker = worker;
        this.name = "weir-worker-" + number;
    }

    @Override
    public int doWork() {
        if (worker.isEnded()) {
            throw new AgentTerminationException("end of trace");
        }
        final long low = ring.batchStart();
        final long shedEnd = ring.begin(Batch.CAPACITY);
        final long high = ring.batchEnd();
        if (high == low) {
            return 0;
        }
        if (shedEnd > low) {
            shed(low + 1, shedEnd);
        }
        int count = 0;
        for (long sequence = shedEnd + 1; sequence <= high; sequence++) {
            frames[count++] = ring.frame(sequence);
        }
        worker.work(frames, count);
        ring.end();
        return (int) (high - low);
    }

    /** Passes frames unread; ticks and the end among them still count. */
    private void shed(final long low, final long high) {
        int late = 0;
        for (long sequence = low; sequence <= high; sequence++) {
            final Frame frame = ring.frame(sequence);
            if ((frame.flags & Frame.MARKS) == 0) {
                late++;
                worker.counters().add(Counter.IP_FRAGMENTS_WITHOUT_FLOW, frame.carriedFrames);
            } else {
                frames[0] = frame;
                worker.work(frames, 1);
            }
        }
        worker.counters().add(Counter.DROP_WORKER_LATE, late);
    }

    @Override
    public String roleName() {
        return name;
    }
}
