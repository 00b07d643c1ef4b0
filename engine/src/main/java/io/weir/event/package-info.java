/** Record layouts and the rings that carry records from workers to the aggregator. */
package io.weir.event;
