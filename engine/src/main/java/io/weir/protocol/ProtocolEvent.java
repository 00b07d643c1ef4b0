package io.weir.protocol;

/**
 * Something odd that a parser saw, reported as an {@code applayer} anomaly once for a flow.
 *
 * @param label    name in records; Suricata's where it has one, without the protocol in front
 * @param sentence what it means
 */
public record ProtocolEvent(String label, String sentence) {
}
