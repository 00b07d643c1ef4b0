package io.weir.protocol.ldap;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;
import io.weir.protocol.asn1.BerReader;

/**
 * Tells what the operation of a message says, value by value. Passwords are not told: neither those of logins nor those
 * that are set. One for each worker.
 */
final class LdapTeller {
    static final Scratch<LdapTeller> SCRATCH = Scratch.of(LdapTeller.class, LdapTeller::new);

    private static final int BOOLEAN = 0x01;
    private static final int ENUMERATED = 0x0a;
    private static final int SET = 0x31;
    private static final int SASL = 0xa3;
    private static final int NEW_SUPERIOR = 0x80;
    private static final int NAME = 0x80;
    private static final int RESPONSE_NAME = 0x8a;
    /** Attributes, changes or values of one of them that are told. */
    private static final int MOST = 64;
    /** Attributes that hold passwords or what stands for them, by name or number, in small letters. */
    private static final byte[][] PASSWORDS = inBytes("userpassword", "2.5.4.35", "oid.2.5.4.35", "authpassword",
        "unicodepwd", "dbcspwd", "supplementalcredentials", "ms-mcs-admpwd", "mslaps-password", "sambantpassword",
        "sambalmpassword");

    private final BerReader ber = new BerReader();
    private Bytes bytes;
    private FlowContext flow;
    private Transaction record;
    private boolean watched;
    private boolean isRequest;
    private int at;
    private int end;
    private long result;

    private LdapTeller() {
    }

    /** Reads values of a message. */
    BerReader reader(final Bytes message) {
        bytes = message;
        result = BerReader.NO_NUMBER;
        return ber.of(message);
    }

    private void begin(final FlowContext context, final Transaction into, final boolean ofRequest) {
        flow = context;
        record = into;
        watched = context.isWatched();
        isRequest = ofRequest;
        at = ber.start();
        end = ber.end();
    }

    /**
     * Tells a request, whose operation the reader has just read the head of.
     *
     * @return false if it is not as it should be, or not all there
     */
    boolean request(final FlowContext context, final Transaction into, final int operation) {
        begin(context, into, true);
        inspected(LdapFields.REQUEST_NUMBER, operation);
        final Field group = group(operation);
        if (group == null) {
            return true;
        }
        record.begin(group);
        final boolean isRead = switch (operation) {
            case LdapWords.BIND -> bind();
            case LdapWords.SEARCH -> search();
            case LdapWords.MODIFY -> dn(LdapFields.MODIFY_OBJECT) && each(LdapFields.CHANGES, null, null);
            case LdapWords.ADD -> dn(LdapFields.ADD_ENTRY)
                && each(LdapFields.ADD_ATTRIBUTES, LdapFields.ADD_TYPE, LdapFields.ADD_VALUES);
            case LdapWords.DELETE -> wholeDn();
            case LdapWords.RENAME -> rename();
            case LdapWords.COMPARE -> dn(LdapFields.COMPARE_ENTRY) && assertion();
            case LdapWords.ABANDON -> put(LdapFields.ABANDON_ID, ber.number());
            default -> text(LdapFields.EXTENDED_NAME, NAME, null);
        };
        record.end();
        return isRead;
    }

    private static Field group(final int operation) {
        return switch (operation) {
            case LdapWords.BIND -> LdapFields.BIND;
            case LdapWords.SEARCH -> LdapFields.SEARCH;
            case LdapWords.MODIFY -> LdapFields.MODIFY;
            case LdapWords.ADD -> LdapFields.ADD;
            case LdapWords.DELETE -> LdapFields.DELETE;
            case LdapWords.RENAME -> LdapFields.RENAME;
            case LdapWords.COMPARE -> LdapFields.COMPARE;
            case LdapWords.ABANDON -> LdapFields.ABANDON;
            case LdapWords.EXTENDED -> LdapFields.EXTENDED;
            default -> null;
        };
    }

    /** The same of an answer. */
    boolean response(final FlowContext context, final Transaction into, final int operation) {
        begin(context, into, false);
        inspected(LdapFields.RESPONSE_NUMBER, operation);
        final boolean isRead;
        switch (operation) {
            case LdapWords.SEARCH_REFERENCE -> isRead = true;
            case LdapWords.SEARCH_ENTRY -> {
                record.begin(LdapFields.ENTRY);
                isRead = dn(LdapFields.ENTRY_NAME)
                    && each(LdapFields.ENTRY_ATTRIBUTES, LdapFields.ENTRY_TYPE, LdapFields.ENTRY_VALUES);
                record.end();
            }
            case LdapWords.INTERMEDIATE -> {
                record.begin(LdapFields.INTERMEDIATE);
                isRead = at == end || text(LdapFields.INTERMEDIATE_NAME, NAME, null) || ber.tag() != NAME;
                record.end();
            }
            default -> isRead = result(LdapFields.result(operation), operation == LdapWords.EXTENDED_RESPONSE);
        }
        return isRead;
    }

    /** Code of the result in the message, or {@link BerReader#NO_NUMBER} if it has none that was told. */
    long result() {
        return result;
    }

    private boolean result(final LdapFields.Result fields, final boolean isExtended) {
        record.begin(fields.group);
        result = next(ENUMERATED) ? ber.number() : BerReader.NO_NUMBER;
        final boolean isCoded = result != BerReader.NO_NUMBER;
        if (isCoded) {
            word(fields.code, LdapWords.result(result), result);
            inspected(LdapFields.RESPONSE_CODE, result);
        }
        final boolean isRead = isCoded && dn(fields.name)
            && text(fields.message, BerReader.OCTETS, LdapFields.RESPONSE_MESSAGE);
        // referrals may stand before the name
        while (isRead && isExtended && at < end && next()) {
            if (ber.tag() == RESPONSE_NAME) {
                record.put(LdapFields.EXTENDED_RESULT_NAME, bytes, ber.start(), ber.length());
            }
        }
        record.end();
        return isRead;
    }

    private boolean bind() {
        boolean isRead = number(LdapFields.BIND_VERSION, BerReader.INTEGER) && dn(LdapFields.BIND_NAME) && next();
        if (isRead && ber.tag() == SASL) {
            enter();
            record.begin(LdapFields.SASL);
            isRead = text(LdapFields.SASL_MECHANISM, BerReader.OCTETS, null);
            record.end();
        }
        return isRead;
    }

    private boolean search() {
        return dn(LdapFields.SEARCH_BASE) && number(LdapFields.SEARCH_SCOPE, ENUMERATED)
            && number(LdapFields.SEARCH_ALIASES, ENUMERATED) && number(LdapFields.SEARCH_SIZE, BerReader.INTEGER)
            && number(LdapFields.SEARCH_TIME, BerReader.INTEGER) && flag(LdapFields.SEARCH_TYPES)
            && next() && next(BerReader.SEQUENCE) && texts(LdapFields.SEARCH_ATTRIBUTES, LdapFields.REQUEST_TYPE);
    }

    private boolean change() {
        final long kind = next(ENUMERATED) ? ber.number() : BerReader.NO_NUMBER;
        if (kind == BerReader.NO_NUMBER) {
            return false;
        }
        word(LdapFields.CHANGE_OPERATION, LdapWords.change(kind), kind);
        if (!next(BerReader.SEQUENCE)) {
            return false;
        }
        enter();
        record.begin(LdapFields.MODIFICATION);
        final boolean isRead = attribute(LdapFields.MODIFICATION_TYPE, LdapFields.MODIFICATION_VALUES);
        record.end();
        return isRead;
    }

    /** A sequence of attributes, each with a type and values, or of changes where these are null. */
    private boolean each(final Field element, final Field type, final Field values) {
        boolean isRead = next(BerReader.SEQUENCE);
        if (isRead) {
            enter();
        }
        final int last = end;
        for (int i = 0; i < MOST && isRead && at < last; i++) {
            isRead = next(BerReader.SEQUENCE);
            if (isRead) {
                final int behind = at;
                enter();
                record.begin(element);
                isRead = type == null ? change() : attribute(type, values);
                record.end();
                at = behind;
                end = last;
            }
        }
        if (isRead && at < last) {
            record.leftOut();
        }
        return isRead;
    }

    /** A type and a set of values. */
    private boolean attribute(final Field type, final Field values) {
        final boolean isTyped = text(type, BerReader.OCTETS, isRequest ? LdapFields.REQUEST_TYPE
            : LdapFields.RESPONSE_TYPE);
        final boolean isPassword = isTyped && isPassword(ber.start(), ber.length());
        return isTyped && next(SET) && (isPassword || texts(values, null));
    }

    private static byte[][] inBytes(final String... names) {
        final byte[][] bytes = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            bytes[i] = names[i].getBytes(US_ASCII);
        }
        return bytes;
    }

    private boolean isPassword(final int from, final int length) {
        for (final byte[] password : PASSWORDS) {
            if (length >= password.length && bytes.matchesIgnoringCase(from, password)
                && (length == password.length || bytes.u8(from + password.length) == ';')) {
                return true;
            }
        }
        return false;
    }

    private boolean assertion() {
        if (!next(BerReader.SEQUENCE)) {
            return false;
        }
        enter();
        record.begin(LdapFields.ASSERTION);
        boolean isRead = text(LdapFields.ASSERTION_TYPE, BerReader.OCTETS, LdapFields.REQUEST_TYPE);
        isRead = isRead && (isPassword(ber.start(), ber.length())
            || text(LdapFields.ASSERTION_VALUE, BerReader.OCTETS, null));
        record.end();
        return isRead;
    }

    private boolean rename() {
        return dn(LdapFields.RENAME_ENTRY) && text(LdapFields.RENAME_RDN, BerReader.OCTETS, null)
            && flag(LdapFields.RENAME_DELETES)
            && (at == end || text(LdapFields.RENAME_SUPERIOR, NEW_SUPERIOR, null));
    }

    /** The operation is a name and nothing else. */
    private boolean wholeDn() {
        record.put(LdapFields.DELETE_ENTRY, bytes, at, end - at);
        inspected(LdapFields.REQUEST_NAME, at, end - at);
        return bytes.has(at, end - at);
    }

    /** Reads the head of the next value; false if there is none, or it is not there. */
    private boolean next() {
        if (at >= end || !ber.read(at, end)) {
            return false;
        }
        at = ber.end();
        return true;
    }

    private boolean next(final int tag) {
        return next() && ber.tag() == tag;
    }

    /** Goes on with what the value read last consists of. */
    private void enter() {
        at = ber.start();
        end = ber.end();
    }

    private boolean dn(final Field field) {
        return text(field, BerReader.OCTETS, isRequest ? LdapFields.REQUEST_NAME : LdapFields.RESPONSE_NAME);
    }

    /** Tells the next value, which must be of this kind, in the record and, if they ask for it, to rules. */
    private boolean text(final Field field, final int tag, final Field ofRules) {
        if (!next(tag)) {
            return false;
        }
        record.put(field, bytes, ber.start(), ber.length());
        if (ofRules != null) {
            inspected(ofRules, ber.start(), ber.length());
        }
        return bytes.has(ber.start(), ber.length());
    }

    /** Tells the values that the one read last consists of. */
    private boolean texts(final Field field, final Field ofRules) {
        final int last = ber.end();
        boolean isRead = true;
        int from = ber.start();
        for (int i = 0; i < MOST && isRead && from < last; i++) {
            isRead = ber.read(BerReader.OCTETS, from, last) && bytes.has(ber.start(), ber.length());
            if (isRead) {
                from = ber.end();
                record.put(field, bytes, ber.start(), ber.length());
                if (ofRules != null) {
                    inspected(ofRules, ber.start(), ber.length());
                }
            }
        }
        if (isRead && from < last) {
            record.leftOut();
        }
        return isRead;
    }

    private boolean number(final Field field, final int tag) {
        return next(tag) && put(field, ber.number());
    }

    private boolean put(final Field field, final long number) {
        if (number != BerReader.NO_NUMBER) {
            record.put(field, number);
        }
        return number != BerReader.NO_NUMBER;
    }

    private boolean flag(final Field field) {
        final long value = next(BOOLEAN) ? ber.number() : BerReader.NO_NUMBER;
        if (value != BerReader.NO_NUMBER) {
            record.put(field, value != 0);
        }
        return value != BerReader.NO_NUMBER;
    }

    /** A word, or the number in decimal that has none. */
    private void word(final Field field, final byte[] word, final long number) {
        if (word != null) {
            record.put(field, word);
        } else {
            record.putDecimal(field, number);
        }
    }

    private void inspected(final Field field, final int from, final int length) {
        if (watched && flow.wants(field)) {
            record.inspected(isRequest).put(field, bytes, from, length);
        }
    }

    private void inspected(final Field field, final long number) {
        if (watched && flow.wants(field)) {
            record.inspected(isRequest).putDecimal(field, number);
        }
    }
}
