/** Wiring: context, threads, dispatch, workers, aggregator, life cycle. */
package io.weir.engine;
