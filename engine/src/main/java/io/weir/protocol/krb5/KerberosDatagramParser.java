package io.weir.protocol.krb5;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;

/** Tells each message of Kerberos over UDP. */
final class KerberosDatagramParser extends DatagramParser {
    private final KerberosReader reader = new KerberosReader();

    @Override
    protected void begun() {
        reader.begin();
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        reader.message(flow, fromClient, payload, announced);
    }

    @Override
    public void end() {
        // Each message is a record of its own.
    }
}
