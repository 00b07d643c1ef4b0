/** Native memory, clocks, counters, affinity and the binding to libweir: what every other package stands on. */
package io.weir.base;
