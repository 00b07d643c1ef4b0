package io.weir.protocol.dns;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.RecordType;
import java.util.ArrayList;
import java.util.List;

/**
 * The words in which DNS and its relatives, which share its messages, tell them: each has records of its own shape.
 * What one does not tell is null.
 */
public final class DnsWords {
    /** The relative. */
    public enum Kind {
        /** DNS itself. */
        DNS,
        /** Multicast DNS (RFC 6762). */
        MDNS,
        /** Link-local multicast name resolution (RFC 4795). */
        LLMNR
    }

    private static final int[] NAMED = {DnsCodes.CNAME, DnsCodes.MX, DnsCodes.NS, DnsCodes.NULL, DnsCodes.PTR,
        DnsCodes.TXT};

    final Kind kind;
    final RecordType record;
    final Field version;
    final Field type;
    final Field txId;
    final Field id;
    final Field flags;
    final Field opcode;
    final Field rcode;
    final Field[] bits;
    final Field queries;
    final Field queryName;
    final Field queryType;
    final DnsSection answers;
    final DnsSection authorities;
    final DnsSection additionals;
    /** Records whose data the sections cannot show, or null. */
    final DnsRest rest;
    /** Answers once more, by type; null if they are not told again. */
    final Field grouped;
    final Field[] groups = new Field[DnsCodes.TYPES];
    private final List<Field> all = new ArrayList<>();

    /** Makes the words of a relative; each once. */
    public DnsWords(final Kind kind, final String name) {
        this.kind = kind;
        record = RecordType.of(name);
        final boolean dns = kind == Kind.DNS;
        final boolean mdns = kind == Kind.MDNS;
        version = dns ? add(Field.of(name + ".version", FieldType.NUMBER, "Version of the record's layout.")) : null;
        type = add(Field.of(name + ".type", FieldType.TEXT, "Whether it is a request or a response."));
        txId = mdns ? null : add(Field.of(name + ".tx_id", FieldType.NUMBER, "Number of the message in its flow."));
        id = add(Field.of(name + ".id", FieldType.NUMBER, "Number by which responses find their request."));
        flags = add(dns ? Field.of(name + ".flags", FieldType.TEXT, "Second 16 bits of the header, hexadecimal.")
            : Field.listOf(name + ".flags", FieldType.TEXT, "Flags that are set."));
        bits = dns ? bits(name) : null;
        opcode = add(Field.of(name + ".opcode", FieldType.NUMBER, "What is asked for; 0 is a query."));
        rcode = kind == Kind.LLMNR ? null : add(Field.of(name + ".rcode", dns ? FieldType.TEXT : FieldType.NUMBER,
            "Whether the request was answered, or why not."));
        queries = add(Field.listOf(name + ".queries", FieldType.GROUP, "What is asked."));
        queryName = add(Field.of(name + ".queries.rrname", FieldType.TEXT, "Name that is asked for."));
        queryType = add(Field.of(name + ".queries.rrtype", FieldType.TEXT, "Type of record that is asked for."));
        answers = section(name + ".answers", "Records that answer.");
        authorities = section(name + ".authorities", "Records of who has authority.");
        additionals = section(name + ".additionals", "Further records.");
        rest = mdns ? new DnsRest(name, all) : null;
        grouped = mdns ? null : add(Field.of(name + ".grouped", FieldType.GROUP, "What the answers hold, by type."));
        if (!mdns) {
            group(name + ".grouped.", dns);
        }
    }

    private Field add(final Field field) {
        return DnsSection.add(all, field);
    }

    private Field[] bits(final String name) {
        return new Field[] {
            add(Field.of(name + ".qr", FieldType.BOOLEAN, "It is a response.")),
            add(Field.of(name + ".aa", FieldType.BOOLEAN, "The server has authority.")),
            add(Field.of(name + ".tc", FieldType.BOOLEAN, "The message was cut off.")),
            add(Field.of(name + ".rd", FieldType.BOOLEAN, "The server is to ask others.")),
            add(Field.of(name + ".ra", FieldType.BOOLEAN, "The server does ask others.")),
            add(Field.of(name + ".z", FieldType.BOOLEAN, "The reserved bit is set.")),
        };
    }

    private DnsSection section(final String prefix, final String what) {
        final DnsSection section = new DnsSection(prefix, what, kind != Kind.MDNS, all);
        final boolean main = prefix.endsWith(".answers");
        final boolean last = prefix.endsWith(".additionals");
        if (kind == Kind.DNS) {
            values(section, prefix);
        } else if (kind == Kind.LLMNR) {
            named(section, prefix + '.');
        } else if (main || last) {
            section.values[DnsCodes.PTR] = add(Field.of(prefix + ".ptr", FieldType.TEXT, "Name pointed to."));
            section.values[DnsCodes.TXT] = add(Field.listOf(prefix + ".txt", FieldType.TEXT, "Strings."));
        }
        if (kind == Kind.MDNS) {
            return section;
        }
        if (!last) {
            section.values[DnsCodes.SOA] = add(Field.of(prefix + ".soa", FieldType.GROUP, "Start of authority."));
        } else {
            section.values[DnsCodes.OPT] = add(Field.listOf(prefix + ".opt", FieldType.GROUP, "Options of EDNS."));
        }
        if (main) {
            section.values[DnsCodes.SRV] = add(Field.of(prefix + ".srv", FieldType.GROUP, "Place of a service."));
            section.values[DnsCodes.SSHFP] = add(Field.of(prefix + ".sshfp", FieldType.GROUP, "Fingerprint of a key."));
        }
        return section;
    }

    private void values(final DnsSection section, final String prefix) {
        final Field text = add(Field.of(prefix + ".rdata", FieldType.TEXT, "What the record holds."));
        final Field address = add(Field.of(prefix + ".address", FieldType.ADDRESS, "Address the record holds.")
            .as("rdata"));
        for (final int named : NAMED) {
            section.values[named] = text;
        }
        section.values[DnsCodes.DNAME] = text;
        section.other = text;
        section.values[DnsCodes.A] = address;
        section.values[DnsCodes.AAAA] = address;
    }

    private void named(final DnsSection section, final String prefix) {
        section.values[DnsCodes.A] = add(Field.of(prefix + "a", FieldType.ADDRESS, "IPv4 address."));
        section.values[DnsCodes.AAAA] = add(Field.of(prefix + "aaaa", FieldType.ADDRESS, "IPv6 address."));
        section.values[DnsCodes.CNAME] = add(Field.of(prefix + "cname", FieldType.TEXT, "Proper name of an alias."));
        section.values[DnsCodes.MX] = add(Field.of(prefix + "mx", FieldType.TEXT, "Mail exchange."));
        section.values[DnsCodes.NS] = add(Field.of(prefix + "ns", FieldType.TEXT, "Name server."));
        section.values[DnsCodes.NULL] = add(Field.of(prefix + "null", FieldType.TEXT, "Any bytes."));
        section.values[DnsCodes.PTR] = add(Field.of(prefix + "ptr", FieldType.TEXT, "Name pointed to."));
        section.values[DnsCodes.TXT] = add(Field.listOf(prefix + "txt", FieldType.TEXT, "Strings."));
        section.other = add(Field.of(prefix + "unknown", FieldType.TEXT, "What a record of another type holds."));
    }

    private void group(final String prefix, final boolean services) {
        groups[DnsCodes.A] = add(Field.listOf(prefix + "A", FieldType.ADDRESS, "IPv4 addresses."));
        groups[DnsCodes.AAAA] = add(Field.listOf(prefix + "AAAA", FieldType.ADDRESS, "IPv6 addresses."));
        groups[DnsCodes.CNAME] = add(Field.listOf(prefix + "CNAME", FieldType.TEXT, "Proper names of aliases."));
        groups[DnsCodes.MX] = add(Field.listOf(prefix + "MX", FieldType.TEXT, "Mail exchanges."));
        groups[DnsCodes.NS] = add(Field.listOf(prefix + "NS", FieldType.TEXT, "Name servers."));
        groups[DnsCodes.NULL] = add(Field.listOf(prefix + "NULL", FieldType.TEXT, "Any bytes."));
        groups[DnsCodes.PTR] = add(Field.listOf(prefix + "PTR", FieldType.TEXT, "Names pointed to."));
        groups[DnsCodes.TXT] = add(Field.listOf(prefix + "TXT", FieldType.TEXT, "Strings."));
        groups[DnsCodes.SOA] = add(Field.listOf(prefix + "SOA", FieldType.GROUP, "Starts of authority."));
        if (services) {
            groups[DnsCodes.SRV] = add(Field.listOf(prefix + "SRV", FieldType.GROUP, "Places of services."));
            groups[DnsCodes.SSHFP] = add(Field.listOf(prefix + "SSHFP", FieldType.GROUP, "Fingerprints of keys."));
        }
    }

    /** All of them. */
    public Field[] all() {
        return all.toArray(new Field[0]);
    }

    /** The record in which a message is told. */
    public RecordType record() {
        return record;
    }
}
