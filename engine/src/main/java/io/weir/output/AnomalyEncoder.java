package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.Anomaly;
import io.weir.event.AnomalyEvent;

/**
 * Writes anomalies as EVE JSON: Suricata's fields, and ours under {@code weir}. Source is the sender of the frame that
 * showed the anomaly, {@code pcap_cnt} the frame's number. One thread; allocates nothing per record once an interface's
 * name is known.
 */
final class AnomalyEncoder {
    private static final byte[] WEIR = ascii(",\"weir\":{");
    private static final byte[] STREAM_OFFSET = next("stream_offset");
    private static final byte[] LENGTH = next("length");
    private static final byte[] KEPT_HASH = next("kept_hash");
    private static final byte[] REFUSED_HASH = next("refused_hash");
    private static final byte[] COUNT = ascii("\"count\":");
    private static final byte[][] ANOMALIES = anomalies();

    private final IdentityEncoder identity;

    /**
     * Makes an encoder.
     *
     * @param form        of the records
     * @param communityId shared by all of one output
     */
    AnomalyEncoder(final EveForm form, final CommunityId communityId) {
        identity = new IdentityEncoder("anomaly", form, communityId);
    }

    /** Writes one record, without the end of the line. */
    void encode(final AnomalyEvent event, final JsonWriter json) {
        identity.begin(event.flow(), event.stampNs(), event.frameNumber(), json);
        identity.endpoints(event.flow(), json);
        if (event.bitsLength() > 0) {
            AlertEncoder.flowBits(event.buffer(), event.bitsOffset(), event.bitsLength(), json);
            json.raw('}');
        }
        json.raw(ANOMALIES[event.anomaly().ordinal()]);
        if (event.packetLength() > 0) {
            json.raw(AlertEncoder.PACKET).base64(event.buffer(), AnomalyEvent.LENGTH, event.packetLength());
            AlertEncoder.linkType(event.linkType(), json);
        }
        identity.communityId(event.flow(), json);
        json.raw(WEIR).raw(COUNT).number(event.count());
        if (event.streamOffset() != AnomalyEvent.NO_OFFSET) {
            json.raw(STREAM_OFFSET).number(event.streamOffset());
        }
        if (event.length() != 0) {
            json.raw(LENGTH).number(event.length());
        }
        if (event.keptHash() != 0 || event.refusedHash() != 0) {
            json.raw(KEPT_HASH).hash(event.keptHash()).raw(REFUSED_HASH).hash(event.refusedHash());
        }
        if (event.flow().tunnels() != 0) {
            json.raw(',');
            IdentityEncoder.tunnels(event.flow(), json);
        }
        json.raw('}').raw('}');
    }

    private static byte[][] anomalies() {
        final byte[][] fields = new byte[Anomaly.COUNT][];
        for (int i = 0; i < fields.length; i++) {
            final Anomaly anomaly = Anomaly.of(i);
            fields[i] = ascii(",\"anomaly\":{\"type\":\"" + anomaly.kind().label() + "\",\"event\":\""
                + anomaly.eventName() + "\"}");
        }
        return fields;
    }
}
