package io.weir.protocol.dns;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.WeirObject;
import java.util.List;

/** Words for records whose data EVE's schema has no place for; they stand in the object {@code weir}. */
final class DnsRest {
    /** The object's group for this protocol. */
    final Field outer;
    /** One record. */
    final Field group;
    /** In which section it stands. */
    final Field section;
    /** Whose it is. */
    final Field name;
    /** Its type. */
    final Field type;
    /** How long it holds. */
    final Field ttl;
    /** What it holds, if that is no address. */
    final Field text;
    /** The address it holds. */
    final Field address;

    DnsRest(final String protocol, final List<Field> all) {
        final String prefix = protocol + ".records";
        DnsSection.add(all, WeirObject.FIELD);
        outer = DnsSection.add(all, Field.of(WeirObject.KEY + "." + protocol, FieldType.GROUP,
            "What a message holds beyond EVE's schema."));
        group = DnsSection.add(all, Field.listOf(prefix, FieldType.GROUP,
            "Records that answers, authorities and additionals show no data of."));
        section = DnsSection.add(all, Field.of(prefix + ".section", FieldType.TEXT, "Where the record stands."));
        name = DnsSection.add(all, Field.of(prefix + ".rrname", FieldType.TEXT, "Name of the record."));
        type = DnsSection.add(all, Field.of(prefix + ".rrtype", FieldType.TEXT, "Type of the record."));
        ttl = DnsSection.add(all, Field.of(prefix + ".ttl", FieldType.NUMBER, "Time to live, s."));
        text = DnsSection.add(all, Field.of(prefix + ".rdata", FieldType.TEXT, "What the record holds."));
        address = DnsSection.add(all, Field.of(prefix + ".address", FieldType.ADDRESS, "Address the record holds.")
            .as("rdata"));
    }
}
