package io.weir.protocol.krb5;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.asn1.Ber;

/**
 * Kerberos 5 (RFC 4120): a message is an ASN.1 application tag whose number is the message type, and says version
 * 5; TCP puts a length of four bytes in front.
 */
public final class Kerberos {
    static final RecordType RECORD = RecordType.of("krb5");
    static final Field MESSAGE_TYPE = text("msg_type", "What the message is.");
    static final Field FAILED_REQUEST = text("failed_request", "The request that an error answers.");
    static final Field ERROR_CODE = text("error_code", "Why a request failed.");
    static final Field CLIENT_NAME = text("cname", "Name of the client, its parts between slashes.");
    static final Field REALM = text("realm", "Realm: of the client, or of the server that tells an error.");
    static final Field SERVER_NAME = text("sname", "Name of the server, its parts between slashes.");
    static final Field ENCRYPTION = text("encryption", "How the server encrypts to the client.");
    static final Field WEAK = Field.of("krb5.weak_encryption", FieldType.BOOLEAN,
        "Whether the server encrypts to the client in a way that RFCs advise against.");
    static final Field TICKET_ENCRYPTION = text("ticket_encryption", "How the ticket is encrypted.");
    static final Field TICKET_WEAK = Field.of("krb5.ticket_weak_encryption", FieldType.BOOLEAN,
        "Whether the ticket is encrypted in a way that RFCs advise against.");
    static final Field TYPE_NUMBER =
        Field.inspected("krb5.msg_type.number", "Number of what the message is, in decimal.");
    static final Field ERROR_NUMBER =
        Field.inspected("krb5.err_code.number", "Number of why a request failed, in decimal.");
    static final Field CLIENT_PART = Field.inspected("krb5.cname.part", "Each part of the client's name.");
    static final Field SERVER_PART = Field.inspected("krb5.sname.part", "Each part of the server's name.");
    static final ProtocolEvent MALFORMED =
        new ProtocolEvent("malformed_data", "A message could not be read to its end.");
    static final ProtocolEvent WEAK_ENCRYPTION =
        new ProtocolEvent("weak_encryption", "The server has chosen a weak encryption.");

    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("krb5", "Kerberos 5")
        .tcpPorts(88, 464)
        .udpPorts(88, 464)
        .firstBytes(0)
        .firstByteRange(0x6a, 0x6f)
        .firstBytes(0x7e)
        .tcp(Kerberos::tcp)
        .udp(Kerberos::udp)
        .streamParser(KerberosStreamParser::new)
        .datagramParser(KerberosDatagramParser::new)
        .fields(MESSAGE_TYPE, FAILED_REQUEST, ERROR_CODE, CLIENT_NAME, REALM, SERVER_NAME, ENCRYPTION, WEAK,
            TICKET_ENCRYPTION, TICKET_WEAK, TYPE_NUMBER, ERROR_NUMBER, CLIENT_PART, SERVER_PART)
        .records(RECORD)
        .events(MALFORMED, WEAK_ENCRYPTION)
        .build();

    /** Longest message that is believed, in bytes. */
    static final int LONGEST = 1 << 20;

    private Kerberos() {
    }

    private static Field text(final String key, final String sentence) {
        return Field.of("krb5." + key, FieldType.TEXT, sentence);
    }

    private static Answer udp(final Probe probe) {
        return message(probe, 0, probe.announced());
    }

    private static Answer tcp(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() < 4) {
            return b.u8(0) == 0 && (b.length() < 2 || b.u8(1) < LONGEST >> 16) ? Answer.MORE : Answer.NO;
        }
        final long length = b.u32(0);
        return length < 8 || length > LONGEST ? Answer.NO : message(probe, 4, (int) length);
    }

    private static Answer message(final Probe probe, final int at, final int length) {
        final Bytes b = probe.now();
        final int tag = b.u8(at);
        if (tag >= 0 && (tag < 0x6a || tag > 0x6f) && tag != 0x7e) {
            return Answer.NO;
        }
        final int body = at + 1 + Ber.sizeOfLength(b, at + 1);
        final int fields = body + 1 + Ber.sizeOfLength(b, body + 1);
        if (b.length() < fields + 10) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        // Requests number their first field 1, everything else 0.
        final int first = tag == 0x6a || tag == 0x6c ? 0xa1 : 0xa0;
        final boolean fits = Ber.length(b, at + 1) == length - (body - at) && b.u8(body) == 0x30
            && Ber.length(b, body + 1) == length - (fields - at) && b.u8(fields) == first && b.u8(fields + 1) == 3
            && b.u24(fields + 2) == 0x020105 && b.u8(fields + 5) == first + 1 && b.u24(fields + 6) == 0x030201
            && b.u8(fields + 9) == (tag & 0x1f);
        if (!fits) {
            return Answer.NO;
        }
        return tag == 0x7e || (tag & 1) == 1 ? probe.yesFromServer() : probe.yesFromClient();
    }
}
