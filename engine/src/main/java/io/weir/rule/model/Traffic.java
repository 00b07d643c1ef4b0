package io.weir.rule.model;

import io.weir.protocol.Protocol;
import java.util.List;
import java.util.Set;

/**
 * What a rule's protocol word means.
 *
 * @param word         as written
 * @param ipVersion    4 or 6, or 0 for either
 * @param ipProtocols  numbers of the transports, empty for any
 * @param payload      which bytes content without a buffer of its own is looked for in, over TCP
 * @param applications what the flow must be recognised as, one of them; empty for anything
 */
public record Traffic(String word, int ipVersion, Set<Integer> ipProtocols, Payload payload,
    List<Protocol> applications) {
    /** Everything. */
    public static final Traffic ANY = new Traffic("ip", 0, Set.of(), Payload.STREAM_OR_PACKET, List.of());

    /** Where content over TCP is looked for. */
    public enum Payload {
        /** In the stream; in single segments too where the rule asks for places in them. */
        STREAM_OR_PACKET,
        /** In single segments alone. */
        PACKET,
        /** In the stream alone. */
        STREAM
    }

    /** Copies what it is given. */
    public Traffic {
        ipProtocols = Set.copyOf(ipProtocols);
        applications = List.copyOf(applications);
    }
}
