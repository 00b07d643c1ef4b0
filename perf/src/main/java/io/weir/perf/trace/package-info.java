/** Deterministic traces to measure with: the same bytes from the same arguments, on every machine. */
package io.weir.perf.trace;
