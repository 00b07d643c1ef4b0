package io.weir.protocol.anomaly;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** The record of something odd that a parser saw: no protocol of its own, but listed with them for its fields. */
public final class AppLayerAnomaly {
    /** Value of {@link #TYPE}. */
    public static final String KIND = "applayer";
    /** The record. */
    public static final RecordType RECORD = RecordType.of("anomaly");
    /** Field. */
    public static final Field TYPE = Field.of("anomaly.type", FieldType.TEXT, "Where it was seen: applayer.");
    /** Field. */
    public static final Field EVENT = Field.of("anomaly.event", FieldType.TEXT, "What was odd.");
    /** Field. */
    public static final Field LAYER = Field.of("anomaly.layer", FieldType.TEXT, "Which part of the engine saw it.");
    /** What no protocol reports of itself. */
    public static final ProtocolEvent MISMATCH = new ProtocolEvent("APPLAYER_MISMATCH_PROTOCOL_BOTH_DIRECTIONS",
        "The server's first bytes are those of another protocol than the client's.");
    /** Where its fields and its record are listed. */
    public static final Protocol PROTOCOL = Protocol.named("anomaly", "Anomalies of application protocols")
        .fields(TYPE, EVENT, LAYER).records(RECORD).events(MISMATCH).build();

    private static final byte[] APPLAYER = KIND.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROTO_PARSER = "proto_parser".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PROTO_DETECT = "proto_detect".getBytes(StandardCharsets.US_ASCII);

    private AppLayerAnomaly() {
    }

    /** Fills in a record. Any thread that owns the transaction. */
    public static void fill(final Transaction anomaly, final ProtocolEvent event, final boolean inRecognition) {
        anomaly.put(TYPE, APPLAYER).put(EVENT, event.bytes()).put(LAYER, inRecognition ? PROTO_DETECT : PROTO_PARSER);
    }
}
