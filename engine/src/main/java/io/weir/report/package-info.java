/** Latency logs read back: percentiles, plots, and what the worst intervals and frames were held up by. */
package io.weir.report;
