package io.weir.monitor;

/**
 * An alert as it is shown.
 *
 * @param timeMs      of the traffic, ms since 1970
 * @param rule        its number and generator, as {@code 1:2000001}
 * @param message     of the rule
 * @param severity    1 for the worst
 * @param source      address and port of who sent what matched
 * @param destination address and port of who it went to
 * @param protocol    what the flow was recognised as, or its IP protocol
 * @param subject     the host or name it was about, as it came from the wire; or an empty string
 */
public record AlertRow(long timeMs, String rule, String message, int severity, String source, String destination,
    String protocol, String subject) {
}
