package io.weir.engine;

import io.weir.base.Counters;
import io.weir.event.EventRing;
import io.weir.flow.FlowTable;
import io.weir.reassembly.StreamSink;

/**
 * Makes what receives the TCP streams of each worker. Called while the engine is built, on the thread that builds it;
 * the sinks are then used by their workers' threads. Whoever made the factory closes what its sinks hold, once the
 * engine has ended.
 */
@FunctionalInterface
public interface StreamSinkFactory {
    /**
     * Makes the sink of one worker.
     *
     * @param worker   its number, from 0
     * @param flows    its flows, for the identity of streams
     * @param events   takes the sink's records
     * @param counters of the worker
     */
    StreamSink make(int worker, FlowTable flows, EventRing events, Counters counters);
}
