package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.TransactionEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.WeirObject;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.protocol.catalogue.Protocols;
import java.util.List;
import java.util.Set;

/**
 * Writes transactions as EVE JSON: the fields as their protocol has declared them, in an object named by the record's
 * type. Source is the flow's client, or its server if that told all of it; {@code pcap_cnt} is the frame that ended the
 * transaction. One thread; allocates nothing per record once an interface's name is known.
 */
final class TransactionEncoder {
    private static final byte[] TX_ID = next("tx_id");
    private static final byte[] APP_PROTO = next("app_proto");
    private static final byte[] CUT = ascii("\"cut\":true");
    private static final byte[] WEIR = ascii(",\"" + WeirObject.KEY + "\":{");
    /** Records that say which protocol they are about. */
    private static final Set<String> NAMES_PROTOCOL = Set.of("anomaly", "fileinfo");

    private final IdentityEncoder[] identities;
    private final byte[][] objects;
    private final boolean[] namesProtocol;
    /** Known only once the catalogue has numbered record types, which may be later than this class is loaded. */
    private final int anomaly;
    private final FieldsEncoder fields = new FieldsEncoder();

    /**
     * Makes an encoder.
     *
     * @param form        of the records
     * @param communityId shared by all of one output
     */
    TransactionEncoder(final EveForm form, final CommunityId communityId) {
        final List<RecordType> types = Protocols.records();
        anomaly = AppLayerAnomaly.RECORD.id();
        identities = new IdentityEncoder[types.size()];
        objects = new byte[types.size()][];
        namesProtocol = new boolean[types.size()];
        for (int i = 0; i < identities.length; i++) {
            identities[i] = new IdentityEncoder(types.get(i).eventType(), form, communityId);
            namesProtocol[i] = NAMES_PROTOCOL.contains(types.get(i).eventType());
            objects[i] = ascii(",\"" + types.get(i).key() + "\":{");
        }
    }

    /** Writes one record, without the end of the line. */
    void encode(final TransactionEvent event, final JsonWriter json) {
        final int type = event.recordType();
        final IdentityEncoder identity = identities[type];
        identity.begin(event.flow(), event.stampNs(), event.frameNumber(), json);
        identity.endpoints(event.flow(), event.isByServer(), json);
        json.raw(TX_ID).number(event.number() & 0xffff_ffffL);
        if (namesProtocol[type] && event.protocol() != 0) {
            json.raw(APP_PROTO).string(Protocols.of(event.protocol()).name());
        }
        json.raw(objects[type]);
        final boolean whole =
            fields.encode(event.buffer(), event.fieldsOffset(), event.fieldsLength(), json);
        if (type == anomaly && event.protocol() != 0) {
            json.raw(APP_PROTO).string(Protocols.of(event.protocol()).name());
        }
        final boolean cut = event.isCut() || !whole;
        final boolean own = fields.isWithin(WeirObject.KEY) || Protocols.record(type).key().equals(WeirObject.KEY);
        if (cut && own) {
            if (fields.hasMembers()) {
                json.raw(',');
            }
            json.raw(CUT);
        }
        json.raw('}');
        identity.communityId(event.flow(), json);
        if (cut && !own) {
            json.raw(WEIR).raw(CUT).raw('}');
        }
        json.raw('}');
    }
}
