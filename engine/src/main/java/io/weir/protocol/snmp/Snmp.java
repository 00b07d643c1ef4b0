package io.weir.protocol.snmp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.asn1.BerReader;

/** Network management (RFC 1157, 3416, 3412, 3414). */
public final class Snmp {
    static final RecordType RECORD = RecordType.of("snmp");
    static final Field VERSION = Field.of("snmp.version", FieldType.NUMBER, "Version: 1, 2 or 3.");
    static final Field PDU_TYPE = text("pdu_type", "What is asked for or answered.");
    static final Field PDU_NUMBER =
        Field.inspected("snmp.pdu_type.number", "Number of what is asked for or answered, in decimal.");
    static final Field TRAP_TYPE = text("trap_type", "What has happened, in version 1.");
    static final Field TRAP_OID = text("trap_oid", "Kind of the object that says so.");
    static final Field TRAP_ADDRESS = Field.of("snmp.trap_address", FieldType.ADDRESS, "Address of that object.");
    static final Field VARS = Field.listOf("snmp.vars", FieldType.TEXT, "Identifiers of the variables.");
    static final Field COMMUNITY = text("community", "Community, which is the password.");
    static final Field USM = text("usm", "User, in version 3.");
    static final ProtocolEvent MALFORMED =
        new ProtocolEvent("malformed_data", "A message could not be read to its end.");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("snmp", "Simple Network Management Protocol")
        .udpPorts(161, 162)
        .tcpPorts(161, 162)
        .firstBytes(BerReader.SEQUENCE)
        .tcp(Snmp::stream)
        .udp(Snmp::detect)
        .datagramParser(SnmpParser::new)
        .fields(VERSION, PDU_TYPE, TRAP_TYPE, TRAP_OID, TRAP_ADDRESS, VARS, COMMUNITY, USM, PDU_NUMBER)
        .records(RECORD)
        .events(MALFORMED)
        .build();

    static final int GET = 0xa0;
    static final int RESPONSE = 0xa2;
    static final int REPORT = 0xa8;

    private static final int FIRST_VALUES = 8;

    private Snmp() {
    }

    private static Field text(final String key, final String sentence) {
        return Field.of("snmp." + key, FieldType.TEXT, sentence);
    }

    /** Messages one after the other (RFC 3430), the first of which is judged when it is whole. */
    private static Answer stream(final Probe probe) {
        final Bytes now = probe.now();
        if (now.u8(0) != BerReader.SEQUENCE || head(now, 0) < 0 && now.length() > 1) {
            return Answer.NO;
        }
        if (now.length() < FIRST_VALUES) {
            return Answer.MORE;
        }
        final int length = head(now, 0) + length(now, 0);
        return now.u16(head(now, 0)) != 0x0201 || length < FIRST_VALUES ? Answer.NO
            : now.length() < length && length <= Probe.MAX_STREAM ? Answer.MORE : detect(probe, length);
    }

    /** Recognises a message by the lengths and kinds of its outer values. */
    static Answer detect(final Probe probe) {
        return detect(probe, Math.max(probe.announced(), probe.now().length()));
    }

    private static Answer detect(final Probe probe, final int length) {
        final Bytes now = probe.now();
        int at = head(now, 0);
        final int end = at + length(now, 0);
        if (at < 0 || end != length || now.u16(at) != 0x0201) {
            return Answer.NO;
        }
        final int version = now.u8(at + 2);
        at += 3;
        if (version == 3) {
            final int inner = head(now, at);
            return now.u8(at) == BerReader.SEQUENCE && inner > 0 && inner + length(now, at) < end && now.u8(inner) == 2
                && now.u8(inner + 1) <= 4 ? Answer.YES : Answer.NO;
        }
        final int community = head(now, at);
        if (version != 0 && version != 1 || now.u8(at) != BerReader.OCTETS || community < 0) {
            return Answer.NO;
        }
        at = community + length(now, at);
        final int tag = now.u8(at);
        final int pdu = head(now, at);
        if (tag < GET || tag > REPORT || pdu < 0 || pdu + length(now, at) != end) {
            return Answer.NO;
        }
        return tag == RESPONSE && probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
    }

    /** Where the content of a value begins, or -1. */
    private static int head(final Bytes bytes, final int at) {
        final int first = bytes.u8(at + 1);
        return first < 0 || first == 0x80 || first > 0x82 ? -1 : first < 0x80 ? at + 2 : at + 2 + (first & 3);
    }

    private static int length(final Bytes bytes, final int at) {
        final int first = bytes.u8(at + 1);
        return first < 0x80 ? first : first == 0x81 ? bytes.u8(at + 2) : bytes.u16(at + 2);
    }
}
