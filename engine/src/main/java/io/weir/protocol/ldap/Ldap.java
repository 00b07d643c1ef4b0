package io.weir.protocol.ldap;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;
import io.weir.protocol.asn1.Ber;

/**
 * LDAP (RFC 4511) over TCP and UDP (CLDAP): a sequence with a message number and an operation whose length and
 * first fields fit.
 */
public final class Ldap {
    static final RecordType RECORD = RecordType.of("ldap");
    static final ProtocolEvent INVALID =
        new ProtocolEvent("invalid_data", "A message could not be read to its end.");

    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("ldap", "LDAP")
        .tcpPorts(389, 3268)
        .udpPorts(389)
        .firstBytes(0x30)
        .tcp(Ldap::detect)
        .udp(Ldap::detect)
        .streamParser(LdapParser::new)
        .datagramParser(LdapDatagramParser::new)
        .fields(LdapFields.ALL)
        .records(RECORD)
        .events(INVALID)
        .build();

    /** Result code of what was done. */
    static final int SUCCESS = 0;

    private static final int INTEGER = 2;
    private static final int OCTETS = 4;
    /** An enumerated value of one byte: its tag and length. */
    private static final int ENUMERATED = 0x0a01;

    private Ldap() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int number = 1 + Ber.sizeOfLength(b, 1);
        if (b.length() < number + 2) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final int value = number + 1 + Ber.sizeOfLength(b, number + 1);
        if (b.length() < value) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final long size = Ber.length(b, number + 1);
        if (b.u8(number) != INTEGER || size < 1 || size > 4) {
            return Answer.NO;
        }
        final int operation = value + (int) size;
        final int body = operation + 1 + Ber.sizeOfLength(b, operation + 1);
        if (b.length() < body + 6 && (probe.isUdp() ? b.length() < body : !isUnbind(b, operation))) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        final long length = Ber.length(b, operation + 1);
        final long rest = Ber.length(b, 1) - (body - number);
        // Controls may follow the operation.
        if (length < 0 || length > rest || probe.isUdp() && Ber.length(b, 1) != probe.announced() - number
            || length < rest && b.u8(body + (int) length) >= 0 && b.u8(body + (int) length) != 0xa0) {
            return Answer.NO;
        }
        return operation(probe, b.u8(operation), body, length);
    }

    private static boolean isUnbind(final Bytes b, final int operation) {
        return b.u16(operation) == 0x4200;
    }

    private static Answer operation(final Probe probe, final int tag, final int at, final long length) {
        final Bytes b = probe.now();
        final boolean fits;
        switch (tag) {
            case 0x42 -> {
                return length == 0 && probe.onPort(389) ? probe.yesFromClient() : Answer.NO;
            }
            case 0x60 -> {
                // Version 2 or 3, then the name.
                fits = length >= 7 && b.u16(at) == 0x0201 && (b.u8(at + 2) == 2 || b.u8(at + 2) == 3)
                    && b.u8(at + 3) == OCTETS;
                return fits ? probe.yesFromClient() : Answer.NO;
            }
            case 0x61, 0x65, 0x67, 0x69, 0x6b, 0x6d, 0x6f, 0x78 -> {
                // Results begin with a code and the matched name.
                fits = length >= 7 && b.u16(at) == ENUMERATED && b.u8(at + 2) <= 123 && b.u8(at + 3) == OCTETS;
                return fits ? probe.yesFromServer() : Answer.NO;
            }
            case 0x63 -> {
                return search(probe, at, length);
            }
            case 0x64 -> {
                fits = b.u8(at) == OCTETS && b.u8(at + 1) <= length - 2 && (b.u8(at + 1) == 0 || isText(b, at + 2));
                return fits ? probe.yesFromServer() : Answer.NO;
            }
            case 0x66, 0x68, 0x6c, 0x6e -> {
                fits = b.u8(at) == OCTETS && b.u8(at + 1) <= length - 2 && b.u8(at + 1) >= 3 && isText(b, at + 2);
                return fits ? probe.yesFromClient() : Answer.NO;
            }
            case 0x77 -> {
                // The name is an object identifier in digits.
                final int name = at + 1 + Ber.sizeOfLength(b, at + 1);
                fits = b.u8(at) == 0x80 && Ber.length(b, at + 1) >= 0 && Ber.length(b, at + 1) <= length - (name - at)
                    && (b.u16(name) == 0x312e || b.u16(name) == 0x322e);
                return fits ? probe.yesFromClient() : Answer.NO;
            }
            default -> {
                return Answer.NO;
            }
        }
    }

    private static boolean isText(final Bytes b, final int at) {
        return b.isPrintable(at, 2);
    }

    /** Base object, then scope and dereferencing, both enumerated. */
    private static Answer search(final Probe probe, final int at, final long length) {
        final Bytes b = probe.now();
        final int scope = at + 1 + Ber.sizeOfLength(b, at + 1) + (int) Math.max(0, Ber.length(b, at + 1));
        if (b.u8(at) != OCTETS || scope - at > length - 6) {
            return Answer.NO;
        }
        if (b.length() < scope + 6) {
            return probe.isUdp() || b.length() >= Probe.MAX_STREAM ? Answer.NO : Answer.MORE;
        }
        return b.u16(scope) == ENUMERATED && b.u8(scope + 2) <= 3 && b.u16(scope + 3) == ENUMERATED
            && b.u8(scope + 5) <= 3 ? probe.yesFromClient() : Answer.NO;
    }
}
