package io.weir.protocol.dns;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import java.util.List;

/** The words of one section of records in a message: answers, authorities or additionals. */
final class DnsSection {
    /** One record. */
    final Field group;
    /** Whose it is. */
    final Field name;
    /** Its type, or null. */
    final Field type;
    /** How long it holds, or null. */
    final Field ttl;
    /** By type of record: what it holds, as text or as a group of the fields below; null where it is not told. */
    final Field[] values = new Field[DnsCodes.TYPES];
    /** What records of other types hold, as text; or null. */
    Field other;
    /** Parts of a start of authority. */
    final Field[] soa;
    /** Parts of the place of a service. */
    final Field[] srv;
    /** Parts of the fingerprint of an SSH key. */
    final Field[] sshfp;
    /** Parts of an option of EDNS. */
    final Field[] opt;

    /** Makes the words; one record stands in an object of the section's array. */
    DnsSection(final String prefix, final String what, final boolean typed, final List<Field> all) {
        group = add(all, Field.listOf(prefix, FieldType.GROUP, what));
        name = add(all, Field.of(prefix + ".rrname", FieldType.TEXT, "Name of the record."));
        type = typed ? add(all, Field.of(prefix + ".rrtype", FieldType.TEXT, "Type of the record.")) : null;
        ttl = typed ? add(all, Field.of(prefix + ".ttl", FieldType.NUMBER, "Time to live, s.")) : null;
        soa = soa(prefix + ".soa", all);
        srv = srv(prefix + ".srv", all);
        sshfp = sshfp(prefix + ".sshfp", all);
        opt = new Field[] {
            add(all, Field.of(prefix + ".opt.code", FieldType.NUMBER, "Number of the option.")),
            add(all, Field.of(prefix + ".opt.data", FieldType.HEX, "What it holds.")),
        };
    }

    static Field add(final List<Field> all, final Field field) {
        all.add(field);
        return field;
    }

    static Field[] soa(final String prefix, final List<Field> all) {
        return new Field[] {
            add(all, Field.of(prefix + ".mname", FieldType.TEXT, "Primary server of the zone.")),
            add(all, Field.of(prefix + ".rname", FieldType.TEXT, "Mailbox of who is responsible for the zone.")),
            add(all, Field.of(prefix + ".serial", FieldType.NUMBER, "Serial number of the zone.")),
            add(all, Field.of(prefix + ".refresh", FieldType.NUMBER, "When the zone is to be asked for again, s.")),
            add(all, Field.of(prefix + ".retry", FieldType.NUMBER, "When that is to be tried again, s.")),
            add(all, Field.of(prefix + ".expire", FieldType.NUMBER, "When the zone no longer holds, s.")),
            add(all, Field.of(prefix + ".minimum", FieldType.NUMBER, "How long it holds that there is no name, s.")),
        };
    }

    static Field[] srv(final String prefix, final List<Field> all) {
        return new Field[] {
            add(all, Field.of(prefix + ".priority", FieldType.NUMBER, "Priority; the lowest is tried first.")),
            add(all, Field.of(prefix + ".weight", FieldType.NUMBER, "Weight among those of one priority.")),
            add(all, Field.of(prefix + ".port", FieldType.NUMBER, "Port of the service.")),
            add(all, Field.of(prefix + ".name", FieldType.TEXT, "Host of the service.")),
        };
    }

    static Field[] sshfp(final String prefix, final List<Field> all) {
        return new Field[] {
            add(all, Field.of(prefix + ".fingerprint", FieldType.COLON_HEX, "Fingerprint of the key.")),
            add(all, Field.of(prefix + ".algo", FieldType.NUMBER, "Algorithm of the key.")),
            add(all, Field.of(prefix + ".type", FieldType.NUMBER, "Algorithm of the fingerprint.")),
        };
    }
}
