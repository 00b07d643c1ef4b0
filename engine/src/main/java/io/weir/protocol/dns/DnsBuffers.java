package io.weir.protocol.dns;

import io.weir.protocol.Field;

/** Numbers of messages that records have as names only, for rules: as decimal digits. */
final class DnsBuffers {
    static final Field RCODE =
        Field.inspected("dns.rcode.number", "Response code of a message, of requests too, in decimal.");
    static final Field TYPE =
        Field.inspected("dns.rrtype.number", "Type of each question and record, in decimal.");

    static final Field RESPONSE_NAME = Field.inspected("dns.response.rrname",
        "Names asked for in a response, those of its records, and those its records hold.");

    private DnsBuffers() {
    }

    static Field[] all() {
        return new Field[] {RCODE, TYPE, RESPONSE_NAME};
    }
}
