package io.weir.engine;

import io.weir.base.Counters;
import io.weir.base.WallClock;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.flow.FlowHash;
import io.weir.flow.Toeplitz;
import io.weir.reassembly.fragment.FragmentReassembler;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** One source: a dispatcher deals its frames out to the workers' rings, or one thread does everything. */
final class DispatchPipeline implements Pipeline {
    private final EngineContext context;
    private final FrameSource source;
    private final CaptureGauge gauge;
    private final WorkerRing[] rings;
    private final List<Agent> agents = new ArrayList<>();
    private final EventMerge.WorkerProgress progress;

    /**
     * Makes agents.
     *
     * @param hints     by which workers tell the dispatcher of flows, or null
     * @param counters  of the dispatching thread
     * @param resources takes what is to be closed
     */
    DispatchPipeline(final EngineContext context, final Worker[] workers, final FlowHints hints,
        final Counters counters, final List<AutoCloseable> resources, final StopSignal stop) {
        this.context = context;
        source = context.source();
        gauge = new CaptureGauge(source, counters, SystemNanoClock.INSTANCE);
        final FragmentReassembler fragments =
            new FragmentReassembler(context.fragments(), counters, !source.isLive());
        resources.add(fragments);
        final Intake intake = new Intake(source, context.tee(), fragments, FlowHash.random(context.flowTable()),
            counters, gauge, new WallClock(), stop);
        if (workers.length == 1) {
            rings = new WorkerRing[0];
            agents.add(new FusedAgent(source, intake, fragments.arena(), workers[0]));
            progress = worker -> workers[0].passedSequence();
            return;
        }
        rings = new WorkerRing[workers.length];
        for (int i = 0; i < rings.length; i++) {
            rings[i] = new WorkerRing(context.workerRingSize());
        }
        final Dispatcher dispatcher = new Dispatcher(source, intake, fragments.arena(),
            new Toeplitz(context.toeplitzKey()), rings, hints, counters, new WallClock());
        agents.add(dispatcher);
        for (int i = 0; i < workers.length; i++) {
            agents.add(new RingWorker(rings[i], workers[i], i));
        }
        progress = worker -> passedSequence(dispatcher, rings[worker], workers[worker]);
    }

    /** A worker with nothing on its ring has passed everything that was dispatched. */
    private static long passedSequence(final Dispatcher dispatcher, final WorkerRing ring, final Worker worker) {
        final long dispatched = dispatcher.dispatchedSequence();
        return ring.isDrained() ? Math.max(dispatched, worker.passedSequence()) : worker.passedSequence();
    }

    @Override
    public List<Agent> agents() {
        return agents;
    }

    @Override
    public IdleStrategy idle(final int agent) {
        return agent == 0 && source.isLive() ? new FrameWait(source::await) : context.newIdleStrategy();
    }

    @Override
    public EventMerge.WorkerProgress progress() {
        return progress;
    }

    @Override
    public CaptureStatistics capture() {
        return gauge.newest();
    }

    @Override
    public int waiting(final int worker) {
        return rings.length == 0 ? 0 : rings[worker].waiting();
    }

    @Override
    public void wakeup() {
        source.wakeup();
    }
}
