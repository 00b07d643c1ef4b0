package io.weir.protocol.snmp;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import io.weir.protocol.asn1.BerReader;
import io.weir.protocol.asn1.BerSequence;
import java.nio.charset.StandardCharsets;

/** Tells each message of SNMP. */
final class SnmpParser extends DatagramParser {
    private static final int MAX_VARS = 64;
    private static final int TRAP_V1 = 0xa4;
    private static final int PRIVACY = 2;
    private static final byte[] ENCRYPTED = ascii("encrypted");
    private static final byte[] UNKNOWN = ascii("Unknown");
    private static final byte[][] PDUS = {ascii("get_request"), ascii("get_next_request"), ascii("response"),
        ascii("set_request"), ascii("trap_v1"), ascii("get_bulk_request"), ascii("inform_request"), ascii("trap_v2"),
        ascii("report")};
    private static final byte[][] TRAPS = {ascii("ColdStart"), ascii("WarmStart"), ascii("LinkDown"),
        ascii("LinkUp"), ascii("AuthenticationFailure"), ascii("EgpNeighborLoss"), ascii("EnterpriseSpecific")};

    private final BerReader ber = new BerReader();
    private final BerSequence variables = new BerSequence(ber);
    private final byte[] text = new byte[256];
    private boolean asked;
    private boolean whole;

    private static byte[] ascii(final String string) {
        return string.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void begun() {
        asked = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        ber.of(payload);
        final int limit = payload.length();
        if (!ber.read(BerReader.SEQUENCE, 0, announced) || !ber.read(BerReader.INTEGER, ber.start(), limit)
            || ber.number() == BerReader.NO_NUMBER) {
            flow.event(Snmp.MALFORMED);
            flow.skipped(limit);
            return;
        }
        final long version = ber.number();
        final Transaction record = flow.open(Snmp.RECORD);
        if (!fromClient) {
            record.byServer();
        }
        record.put(Snmp.VERSION, version == 3 ? 3 : version + 1);
        whole = version == 3 ? secured(record, payload, limit) : plain(record, payload, limit);
        flow.close(record);
        if (!whole && announced == limit) {
            flow.event(Snmp.MALFORMED);
        }
        if (asked && !fromClient) {
            flow.confirm();
        }
        asked |= fromClient;
    }

    private boolean plain(final Transaction record, final Bytes payload, final int limit) {
        if (!ber.read(BerReader.OCTETS, ber.end(), limit)) {
            return false;
        }
        final int start = ber.start();
        final int length = ber.length();
        final boolean read = pdu(record, payload, ber.end(), limit);
        record.put(Snmp.COMMUNITY, payload, start, length);
        return read;
    }

    private boolean secured(final Transaction record, final Bytes payload, final int limit) {
        if (!ber.read(BerReader.SEQUENCE, ber.end(), limit)) {
            return false;
        }
        final int parameters = ber.end();
        boolean read = ber.read(BerReader.INTEGER, ber.start(), parameters)
            && ber.read(BerReader.INTEGER, ber.end(), parameters) && ber.read(BerReader.OCTETS, ber.end(), parameters);
        final boolean encrypted = read && (payload.u8(ber.start()) & PRIVACY) != 0;
        read = read && ber.read(BerReader.OCTETS, parameters, limit);
        final int scope = ber.end();
        if (encrypted || !read) {
            if (encrypted) {
                record.put(Snmp.PDU_TYPE, ENCRYPTED);
                flow.encrypted();
            }
            return read;
        }
        read = ber.read(BerReader.SEQUENCE, ber.start(), scope) && ber.read(BerReader.OCTETS, ber.start(), scope)
            && ber.read(BerReader.INTEGER, ber.end(), scope) && ber.read(BerReader.INTEGER, ber.end(), scope)
            && ber.read(BerReader.OCTETS, ber.end(), scope);
        final int user = ber.start();
        final int length = read ? ber.length() : 0;
        read = read && ber.read(BerReader.SEQUENCE, scope, limit) && ber.read(BerReader.OCTETS, ber.start(), limit)
            && ber.read(BerReader.OCTETS, ber.end(), limit) && pdu(record, payload, ber.end(), limit);
        record.put(Snmp.USM, payload, user, length);
        return read;
    }

    private boolean pdu(final Transaction record, final Bytes payload, final int at, final int limit) {
        if (!ber.read(at, limit)) {
            return false;
        }
        final int type = ber.tag();
        final int end = ber.end();
        record.put(Snmp.PDU_TYPE, type >= Snmp.GET && type <= Snmp.REPORT ? PDUS[type - Snmp.GET] : UNKNOWN);
        if (flow.isWatched() && flow.wants(Snmp.PDU_NUMBER)) {
            record.inspected(!record.isByServer()).putDecimal(Snmp.PDU_NUMBER, type & 0x1f);
        }
        int next = ber.start();
        if (type == TRAP_V1) {
            next = trap(record, payload, next, end);
        } else {
            // Request number, then status and index of an error, or what a bulk request repeats.
            for (int i = 0; i < 3 && next >= 0; i++) {
                next = ber.read(BerReader.INTEGER, next, end) ? ber.end() : -1;
            }
        }
        return next >= 0 && variables.begin(next, end, Integer.MAX_VALUE) && variables(record);
    }

    private int trap(final Transaction record, final Bytes payload, final int at, final int end) {
        if (!ber.read(BerReader.OID, at, end)) {
            return -1;
        }
        final int length = ber.identifier(text);
        if (!ber.read(ber.end(), end)) {
            return -1;
        }
        final int address = ber.length() == 4 ? ber.start() : -1;
        if (!ber.read(BerReader.INTEGER, ber.end(), end)) {
            return -1;
        }
        final long generic = ber.number();
        record.put(Snmp.TRAP_TYPE, generic >= 0 && generic < TRAPS.length ? TRAPS[(int) generic] : UNKNOWN);
        record.put(Snmp.TRAP_OID, text, 0, length);
        if (address >= 0) {
            record.put(Snmp.TRAP_ADDRESS, payload, address, 4);
        }
        return ber.read(BerReader.INTEGER, ber.end(), end) && ber.read(ber.end(), end) ? ber.end() : -1;
    }

    private boolean variables(final Transaction record) {
        boolean isRead = true;
        for (int i = 0; isRead && variables.hasMore(); i++) {
            isRead = variables.next() && ber.tag() == BerReader.SEQUENCE;
            if (i == MAX_VARS) {
                record.leftOut();
            }
            if (isRead && i < MAX_VARS && ber.read(BerReader.OID, ber.start(), ber.end())) {
                identifier(record, Snmp.VARS);
            }
        }
        return isRead;
    }

    private void identifier(final Transaction record, final Field field) {
        record.put(field, text, 0, ber.identifier(text));
    }

    @Override
    public void end() {
        // Each message is a record of its own.
    }
}
