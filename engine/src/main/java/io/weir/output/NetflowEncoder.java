package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.FlowEvent;

/**
 * Writes flow records as EVE JSON of type {@code netflow}: one for each direction that had frames, with its sender as
 * the source. One thread; allocates nothing per record once an interface's name is known.
 */
final class NetflowEncoder {
    private static final byte[] NETFLOW = ascii(",\"netflow\":{\"pkts\":");
    private static final byte[] BYTES = next("bytes");
    private static final byte[] START = next("start");
    private static final byte[] END = next("end");
    private static final byte[] AGE = next("age");

    private final IdentityEncoder identity;

    /**
     * Makes an encoder.
     *
     * @param form        of the records
     * @param communityId shared by all of one output
     */
    NetflowEncoder(final EveForm form, final CommunityId communityId) {
        identity = new IdentityEncoder("netflow", form, communityId);
    }

    /** True if a direction has a record. */
    static boolean has(final FlowEvent flow, final boolean toClient) {
        return (toClient ? flow.responderFrames() : flow.initiatorFrames()) > 0;
    }

    /** Writes the record of one direction, without the end of the line. */
    void encode(final FlowEvent flow, final boolean toClient, final JsonWriter json) {
        identity.begin(flow, flow.endNs(), 0, json);
        identity.endpoints(flow, toClient, json);
        FlowEncoder.appProto(flow, json);
        json.raw(NETFLOW).number(toClient ? flow.responderFrames() : flow.initiatorFrames());
        json.raw(BYTES).number(toClient ? flow.responderBytes() : flow.initiatorBytes());
        json.raw(START).timestamp(flow.startNs());
        json.raw(END).timestamp(flow.endNs());
        json.raw(AGE).number(FlowEncoder.ageSeconds(flow)).raw('}');
        identity.communityId(flow, json);
        json.raw('}');
    }
}
