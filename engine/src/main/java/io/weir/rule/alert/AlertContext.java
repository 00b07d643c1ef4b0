package io.weir.rule.alert;

import io.weir.rule.action.ActionContext;

/**
 * What alerts carry beside the rule and the traffic's identity. Set up, then concluded, then immutable.
 */
public final class AlertContext {
    /** Most bytes of a payload. */
    public static final int MAX_PAYLOAD = 16 * 1024;
    /** Most bytes of a packet: a full one on usual links, with room. */
    public static final int MAX_PACKET = 9 * 1024;

    private boolean payload;
    private boolean packet;
    private int payloadBytes = 4 * 1024;
    private ActionContext actions = new ActionContext();
    private boolean concluded;

    /** Sets whether the bytes that were inspected stand in alerts; false unless set. */
    public AlertContext payload(final boolean value) {
        change();
        payload = value;
        return this;
    }

    /** Sets whether the packet stands in alerts; false unless set. */
    public AlertContext packet(final boolean value) {
        change();
        packet = value;
        return this;
    }

    /** Sets how many bytes of the payload at most. */
    public AlertContext payloadBytes(final int value) {
        change();
        payloadBytes = value;
        return this;
    }

    /** Sets limits of what else is done to flows; concluded with this. */
    public AlertContext actions(final ActionContext value) {
        change();
        actions = value;
        return this;
    }

    private void change() {
        if (concluded) {
            throw new IllegalStateException("concluded");
        }
    }

    /**
     * Checks the settings; nothing can be set after that.
     *
     * @throws IllegalArgumentException if one is out of range
     */
    public AlertContext conclude() {
        if (payloadBytes < 1 || payloadBytes > MAX_PAYLOAD) {
            throw new IllegalArgumentException("payload bytes must be 1 to " + MAX_PAYLOAD + ", not " + payloadBytes);
        }
        actions.conclude();
        concluded = true;
        return this;
    }

    /** Limits of what else is done to flows. */
    ActionContext actions() {
        return actions;
    }

    /** True if the bytes that were inspected are wanted. */
    public boolean hasPayload() {
        return payload;
    }

    /** True if the packet is wanted. */
    public boolean hasPacket() {
        return packet;
    }

    /** Most bytes of the payload. */
    public int payloadBytes() {
        return payloadBytes;
    }
}
