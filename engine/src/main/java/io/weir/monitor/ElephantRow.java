package io.weir.monitor;

/**
 * A flow that has a large share of the traffic, as it is shown.
 *
 * @param timeMs      when that was noticed, ms since 1970
 * @param source      address and port of who began it
 * @param destination address and port of the other side
 * @param protocol    what it was recognised as by then, or its IP protocol
 */
public record ElephantRow(long timeMs, String source, String destination, String protocol) {
}
