/** What is added up over a run: protocol totals, the packet ledger, latency histograms. */
package io.weir.stats;
