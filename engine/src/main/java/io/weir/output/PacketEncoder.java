package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.PacketEvent;

/** Writes tagged packets as EVE {@code packet} records, as Suricata does. One thread. */
final class PacketEncoder {
    private static final byte[] WIRE = ascii(",\"pkt_src\":\"wire/pcap\"");
    private static final byte[] PACKET = next("packet");
    private static final byte[] LINK_TYPE = ascii(",\"packet_info\":{\"linktype\":");

    private final IdentityEncoder identity;

    /**
     * Makes an encoder.
     *
     * @param form        of the records
     * @param communityId shared by all of one output
     */
    PacketEncoder(final EveForm form, final CommunityId communityId) {
        identity = new IdentityEncoder("packet", form, communityId);
    }

    /** Writes one record, without the end of the line. */
    void encode(final PacketEvent event, final JsonWriter json) {
        identity.begin(event.flow(), event.stampNs(), event.frameNumber(), json);
        identity.endpoints(event.flow(), json);
        json.raw(WIRE);
        json.raw(PACKET).base64(event.buffer(), PacketEvent.HEAD_LENGTH, event.capturedLength());
        json.raw(LINK_TYPE).number(event.linkType()).raw('}');
        identity.communityId(event.flow(), json);
        json.raw('}');
    }
}
