package io.weir.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Something odd that a parser saw, reported as an {@code applayer} anomaly once for a flow. At most 64 for a protocol.
 */
public final class ProtocolEvent {
    private final String label;
    private final String sentence;
    private final byte[] bytes;

    /**
     * Makes one.
     *
     * @param label    name in records; Suricata's where it has one, without the protocol in front
     * @param sentence what it means
     */
    public ProtocolEvent(final String label, final String sentence) {
        this.label = label;
        this.sentence = sentence;
        bytes = label.getBytes(StandardCharsets.US_ASCII);
    }

    /** Name in records. */
    public String label() {
        return label;
    }

    /** What it means. */
    public String sentence() {
        return sentence;
    }

    /** The name as ASCII; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }
}
