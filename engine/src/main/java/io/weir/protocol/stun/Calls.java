package io.weir.protocol.stun;

import io.weir.protocol.Protocol;

/** Calls of products that STUN gives away: by attributes of their own, or by the realm of their relays. */
public final class Calls {
    /** Calls of WhatsApp. */
    public static final Protocol WHATSAPP = Protocol.named("whatsapp-call", "WhatsApp call").build();
    /** Calls of Microsoft's products. */
    public static final Protocol TEAMS = Protocol.named("teams-call", "Microsoft Teams or Skype call").build();
    /** Calls of Google's products. */
    public static final Protocol GOOGLE = Protocol.named("google-call", "Google Meet or Duo call").build();
    /** Calls of Facebook and Messenger. */
    public static final Protocol MESSENGER = Protocol.named("messenger-call", "Facebook Messenger call").build();
    /** Calls of Signal. */
    public static final Protocol SIGNAL = Protocol.named("signal-call", "Signal call").build();

    private Calls() {
    }
}
