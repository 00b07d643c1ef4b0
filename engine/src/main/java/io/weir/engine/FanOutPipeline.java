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
import java.util.function.Supplier;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;

/** Several sources of the same interfaces: a thread for each, which captures and inspects. */
final class FanOutPipeline implements Pipeline {
    private final List<? extends FrameSource> sources;
    private final FanOut fanOut;
    private final List<Member> members = new ArrayList<>();
    private final List<CaptureGauge> gauges = new ArrayList<>();

    /**
     * Makes agents.
     *
     * @param counters  makes counters of a thread
     * @param resources takes what is to be closed
     */
    FanOutPipeline(final EngineContext context, final Worker[] workers, final Supplier<Counters> counters,
        final List<AutoCloseable> resources, final StopSignal stop) {
        sources = context.members();
        fanOut = new FanOut(sources, new Toeplitz(context.toeplitzKey()));
        resources.add(fanOut);
        final FlowHash flowHash = FlowHash.random(context.flowTable());
        for (int i = 0; i < workers.length; i++) {
            final int number = i;
            final FrameSource source = sources.get(i);
            final Counters own = counters.get();
            final CaptureGauge gauge = new CaptureGauge(source, own, SystemNanoClock.INSTANCE, i == 0);
            gauges.add(gauge);
            final FragmentReassembler fragments = new FragmentReassembler(context.fragments(), own, false,
                fragment -> fanOut.datagramOwner(fragment) == number);
            resources.add(fragments);
            members.add(new Member(i, source, fanOut, fragments, flowHash, workers[i], context.memberTee(), own, gauge,
                new WallClock(), stop));
        }
        if (context.memberTee() != null) {
            context.memberTee().follow(fanOut.order()::passedNumber);
        }
    }

    @Override
    public List<Agent> agents() {
        return List.copyOf(members);
    }

    @Override
    public IdleStrategy idle(final int agent) {
        return new FrameWait(members.get(agent)::await);
    }

    @Override
    public EventMerge.WorkerProgress progress() {
        return fanOut.order()::passedSequence;
    }

    /** What happens to an interface, or before the sockets, every member tells; it is counted once. */
    @Override
    public CaptureStatistics capture() {
        final CaptureStatistics all = new CaptureStatistics();
        for (final CaptureGauge gauge : gauges) {
            final CaptureStatistics one = gauge.newest();
            all.received += one.received;
            all.delivered += one.delivered;
            all.kernelDropped += one.kernelDropped;
            all.filtered += one.filtered;
            all.oversized += one.oversized;
            all.discarded += one.discarded;
            all.freezes += one.freezes;
            all.interfaceRestarts = Math.max(all.interfaceRestarts, one.interfaceRestarts);
            all.interfaceDropped = Math.max(all.interfaceDropped, one.interfaceDropped);
            all.softnetDropped = Math.max(all.softnetDropped, one.softnetDropped);
            if (one.damages.size() > all.damages.size()) {
                all.damages.clear();
                all.damages.addAll(one.damages);
            }
        }
        return all;
    }

    @Override
    public int waiting(final int worker) {
        return fanOut.waiting(worker);
    }

    @Override
    public void wakeup() {
        sources.forEach(FrameSource::wakeup);
    }
}
