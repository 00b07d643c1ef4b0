package io.weir.protocol.ldap;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.asn1.Ber;

/** Tells the messages of LDAP over UDP; an entry found and the end of the search share a datagram. */
final class LdapDatagramParser extends DatagramParser {
    private final LdapReader reader = new LdapReader();
    private final Bytes rest = new Bytes();

    @Override
    protected void begun() {
        reader.begin();
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        int at = 0;
        while (at < payload.length()) {
            final long length = Ber.length(payload, at + 1);
            final long end = length < 0 ? announced : at + 1 + Ber.sizeOfLength(payload, at + 1) + length;
            rest.wrap(payload, at, (int) Math.min(payload.length(), end) - at);
            reader.message(flow, fromClient, rest, (int) Math.min(announced, end) - at);
            at = (int) Math.min(announced, end);
        }
    }

    @Override
    public void end() {
        reader.end(flow);
    }
}
