package io.weir.protocol.stun;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import io.weir.protocol.WeirObject;

/** The words in which messages are told. EVE's schema has no record of STUN, so all of it stands in {@code weir}. */
final class StunWords {
    static final RecordType RECORD = RecordType.of("stun", WeirObject.KEY);

    static final Field MESSAGE = Field.of("weir.stun", FieldType.GROUP,
        "A message that says something no earlier one of its flow did.");
    static final Field TYPE = Field.of("stun.type", FieldType.NUMBER, "Type of the message: class and method.");
    static final Field CLASS =
        Field.of("stun.class", FieldType.TEXT, "Class: request, indication, success or error.");
    static final Field METHOD = Field.of("stun.method", FieldType.TEXT, "Name of the method.");
    static final Field TRANSACTION = Field.of("stun.transaction_id", FieldType.HEX,
        "Number by which responses find their request.");
    static final Field SOFTWARE = Field.of("stun.software", FieldType.TEXT, "Software of the sender.");
    static final Field USERNAME = Field.of("stun.username", FieldType.TEXT, "User, of ICE both sides' fragments.");
    static final Field REALM = Field.of("stun.realm", FieldType.TEXT, "Realm of the server's users.");
    static final Field ERROR_CODE = Field.of("stun.error_code", FieldType.NUMBER, "Why a request is refused.");
    static final Field ERROR_REASON = Field.of("stun.error_reason", FieldType.TEXT, "The same in words.");
    static final Field MAPPED =
        Field.of("stun.mapped_address", FieldType.ADDRESS, "Address of the client as the server sees it.");
    static final Field MAPPED_PORT = Field.of("stun.mapped_port", FieldType.NUMBER,
        "Port of the client, the same.").upTo(0xffff);
    static final Field PEER = Field.of("stun.peer_address", FieldType.ADDRESS, "Address of a relayed client's peer.");
    static final Field PEER_PORT = Field.of("stun.peer_port", FieldType.NUMBER, "Port of that peer.").upTo(0xffff);
    static final Field RELAYED = Field.of("stun.relayed_address", FieldType.ADDRESS, "Address the relay has given.");
    static final Field RELAYED_PORT = Field.of("stun.relayed_port", FieldType.NUMBER,
        "Port the relay has given.").upTo(0xffff);

    private StunWords() {
    }

    static Field[] all() {
        return new Field[] {WeirObject.FIELD, MESSAGE, TYPE, CLASS, METHOD, TRANSACTION, SOFTWARE, USERNAME, REALM,
            ERROR_CODE, ERROR_REASON, MAPPED, MAPPED_PORT, PEER, PEER_PORT, RELAYED, RELAYED_PORT};
    }
}
