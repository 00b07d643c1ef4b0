package io.weir.engine;

import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.flow.FlowTable;
import io.weir.protocol.classify.Classifier;
import io.weir.rule.detect.MatchListener;

/**
 * Makes what takes the matches of each worker. Called while the engine is built, on the thread that builds it; the
 * listeners are then used by their workers' threads.
 */
@FunctionalInterface
public interface MatchListenerFactory {
    /**
     * Makes the listener of one worker.
     *
     * @param worker     its number, from 0
     * @param flows      its flows, for the identity of what matched
     * @param classifier knows their protocols
     * @param events     takes the listener's records
     * @param counters   of the worker
     */
    MatchListener make(int worker, FlowTable flows, Classifier classifier, EventRing events, Counters counters);
}
