/** Benchmarks and whole-engine passes; never run by tests. */
package io.weir.perf;
