package io.weir.engine;

import io.weir.capture.CaptureStatistics;
import java.util.List;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.IdleStrategy;

/** How frames get from their sources to the workers, and on which threads. */
interface Pipeline {
    /** The agents that frames pass through, in the order in which a single thread may drive them. */
    List<Agent> agents();

    /** What the thread of the agent with this number does without work. */
    IdleStrategy idle(int agent);

    /** How far workers are in the order of records. */
    EventMerge.WorkerProgress progress();

    /** What the sources received and lost; a second old at most. Any thread. */
    CaptureStatistics capture();

    /** Frames that wait for a worker; a moment old. Any thread. */
    int waiting(int worker);

    /** Wakes threads that wait for frames. Any thread. */
    void wakeup();
}
