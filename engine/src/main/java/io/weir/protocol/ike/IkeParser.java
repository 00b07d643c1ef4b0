package io.weir.protocol.ike;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** Reads headers and payload types of IKE messages: one record for each, until the rest of the flow is ESP. */
final class IkeParser extends DatagramParser {
    static final RecordType RECORD = RecordType.of("ike");

    private static final Field MAJOR = Field.of("ike.version_major", FieldType.NUMBER, "Major version.").upTo(15);
    private static final Field MINOR = Field.of("ike.version_minor", FieldType.NUMBER, "Minor version.").upTo(15);
    private static final Field INITIATOR =
        Field.of("ike.init_spi", FieldType.HEX, "Index that the initiator chose.");
    private static final Field RESPONDER =
        Field.of("ike.resp_spi", FieldType.HEX, "Index that the responder chose, zero in the first message.");
    private static final Field MESSAGE_ID = Field.of("ike.message_id", FieldType.NUMBER, "Number of the message.");
    private static final Field EXCHANGE = Field.of("ike.exchange_type", FieldType.NUMBER,
        "Kind of exchange.").upTo(0xff);
    private static final Field ROLE =
        Field.of("ike.role", FieldType.TEXT, "Who sent it: initiator or responder. Version 2.");
    private static final Field PAYLOAD = Field.listOf("ike.payload", FieldType.TEXT, "Kinds of payloads, in order.");
    private static final Field IKEV1 = Field.of("ike.ikev1", FieldType.GROUP, "What version 1 alone has.");
    private static final Field ENCRYPTED =
        Field.of("ike.ikev1.encrypted_payloads", FieldType.BOOLEAN, "Whether the payloads are encrypted.");
    private static final Field VENDOR_IDS =
        Field.listOf("ike.ikev1.vendor_ids", FieldType.HEX, "Identifiers of implementations and extensions.");
    private static final Field IKEV2 = Field.of("ike.ikev2", FieldType.GROUP, "What version 2 alone has.");
    private static final Field ERRORS =
        Field.of("ike.ikev2.errors", FieldType.NUMBER, "Number of notifications of errors.");

    static final Field[] FIELDS = {MAJOR, MINOR, INITIATOR, RESPONDER, MESSAGE_ID, EXCHANGE, ROLE, PAYLOAD, IKEV1,
        ENCRYPTED, VENDOR_IDS, IKEV2, ERRORS};

    private static final String[] FIRST = {null, "SecurityAssociation", "Proposal", "Transform", "KeyExchange",
        "Identification", "Certificate", "CertificateRequest", "Hash", "Signature", "Nonce", "Notification", "Delete",
        "VendorID", null, "SaKekPayload", "SaTekPayload", "KeyDownload", "SequenceNumber", "ProofOfPossession",
        "NatDiscovery", "NatOriginalAddress", "GroupAssociatedPolicy"};
    private static final int SECOND_FROM = 33;
    private static final String[] SECOND = {"SecurityAssociation", "KeyExchange", "IdentInitiator", "IdentResponder",
        "Certificate", "CertificateRequest", "Authentication", "Nonce", "Notify", "Delete", "VendorID",
        "TrafficSelectorInitiator", "TrafficSelectorResponder", "EncryptedAndAuthenticated", "Configuration",
        "ExtensibleAuthenticationProtocol"};
    private static final byte[][] NAMES_1 = ascii(FIRST);
    private static final byte[][] NAMES_2 = ascii(SECOND);
    private static final byte[] BY_INITIATOR = "initiator".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BY_RESPONDER = "responder".getBytes(StandardCharsets.US_ASCII);

    private static final int VENDOR_ID = 13;
    private static final int VENDOR_ID_2 = 43;
    private static final int VENDOR_ID_LENGTH = 16;
    private static final int NOTIFY = 41;
    private static final int ENCRYPTED_PAYLOAD = 46;
    private static final int FIRST_STATUS = 16384;
    private static final int MAX_PAYLOADS = 64;
    private static final int MAX_MESSAGES = 64;
    private static final int KEPT = 8;

    private final byte[][] last = {new byte[KEPT], new byte[KEPT]};
    private final int[] lastLength = new int[2];
    private final Bytes before = new Bytes();
    private int datagrams;
    private boolean byClient;
    private boolean byServer;

    private static byte[][] ascii(final String... names) {
        final byte[][] bytes = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            bytes[i] = names[i] == null ? null : names[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    @Override
    protected void begun() {
        lastLength[0] = 0;
        lastLength[1] = 0;
        datagrams = 0;
        byClient = false;
        byServer = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        final int from = Ike.from(payload, announced);
        if (from >= 0) {
            byClient |= fromClient;
            byServer |= !fromClient;
            if (byClient && byServer) {
                flow.confirm();
            }
            message(payload, from);
        } else {
            other(fromClient ? 0 : 1, payload);
        }
        if (++datagrams >= MAX_MESSAGES) {
            flow.done();
        }
    }

    private void other(final int side, final Bytes payload) {
        if (payload.u32(0) < 256) {
            return;
        }
        if (Ike.isEsp(before.wrap(last[side], 0, lastLength[side]), payload)) {
            flow.label(Ike.ESP);
            flow.encrypted();
            flow.done();
        } else if (payload.has(0, KEPT)) {
            payload.copyTo(0, last[side], 0, KEPT);
            lastLength[side] = KEPT;
        }
    }

    private void message(final Bytes payload, final int at) {
        final int version = payload.u8(at + 17);
        final int flags = payload.u8(at + 19);
        final boolean second = version >> 4 == 2;
        final Transaction record = flow.open(RECORD);
        record.put(MAJOR, version >> 4).put(MINOR, version & 15).put(INITIATOR, payload, at, 8)
            .put(RESPONDER, payload, at + 8, 8).put(MESSAGE_ID, payload.u32(at + 20))
            .put(EXCHANGE, payload.u8(at + 18));
        if (second) {
            record.put(ROLE, (flags & 8) != 0 ? BY_INITIATOR : BY_RESPONDER);
        }
        final boolean hidden = !second && (flags & 1) != 0;
        final int errors = hidden ? 0 : payloads(record, payload, at, second);
        if (second) {
            record.begin(IKEV2).put(ERRORS, errors).end();
        } else {
            record.begin(IKEV1).put(ENCRYPTED, hidden);
            if (!hidden) {
                vendors(record, payload, at);
            }
            record.end();
        }
        flow.close(record);
    }

    /** Tells the kinds of payloads; answers how many of them notify of errors. */
    private int payloads(final Transaction record, final Bytes payload, final int message,
        final boolean second) {
        int errors = 0;
        int type = payload.u8(message + 16);
        int at = message + Ike.HEADER;
        for (int i = 0; type > 0; i++) {
            final int length = payload.u16(at + 2);
            if (length < Ike.PAYLOAD_HEADER || !payload.has(at, length)) {
                break;
            }
            if (i == MAX_PAYLOADS) {
                record.leftOut();
                break;
            }
            final byte[] name = name(type, second);
            if (name != null) {
                record.put(PAYLOAD, name);
            }
            if (type == (second ? VENDOR_ID_2 : VENDOR_ID) && length == Ike.PAYLOAD_HEADER + VENDOR_ID_LENGTH
                && isFortiClient(payload.u64(at + Ike.PAYLOAD_HEADER), payload.u64(at + Ike.PAYLOAD_HEADER + 8))) {
                flow.label(Ike.FORTICLIENT);
            }
            if (second && type == NOTIFY && length >= 8 && payload.u16(at + 6) < FIRST_STATUS) {
                errors++;
            }
            if (second && type == ENCRYPTED_PAYLOAD) {
                break;
            }
            type = payload.u8(at);
            at += length;
        }
        return errors;
    }

    /** Its licence, "Fortinet Endpoint Control" and "Forticlient EAP Extension" (MD5). */
    private static boolean isFortiClient(final long high, final long low) {
        return high == 0x4c53427b6d465d1bL && low == 0x337bb755a37a7fefL
            || high == 0xb4f01ca951e9da8dL && low == 0x0bafbbd34ad3044eL
            || high == 0xc1dc4350476b98a4L && low == 0x29b91781914ca43eL;
    }

    private static byte[] name(final int type, final boolean second) {
        final byte[][] names = second ? NAMES_2 : NAMES_1;
        final int index = second ? type - SECOND_FROM : type;
        return index >= 0 && index < names.length ? names[index] : null;
    }

    private static void vendors(final Transaction record, final Bytes payload, final int message) {
        int type = payload.u8(message + 16);
        int at = message + Ike.HEADER;
        for (int i = 0; i < MAX_PAYLOADS && type > 0; i++) {
            final int length = payload.u16(at + 2);
            if (length < Ike.PAYLOAD_HEADER || !payload.has(at, length)) {
                return;
            }
            if (type == VENDOR_ID) {
                record.put(VENDOR_IDS, payload, at + Ike.PAYLOAD_HEADER, length - Ike.PAYLOAD_HEADER);
            }
            type = payload.u8(at);
            at += length;
        }
    }

    @Override
    public void end() {
        // Every message is a record of its own.
    }
}
