package io.weir.protocol.tftp;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** Tells each request, and announces the flow in which it is answered. */
final class TftpParser extends DatagramParser {
    private static final byte[] READ = "read".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] WRITE = "write".getBytes(StandardCharsets.US_ASCII);

    @Override
    protected void begun() {
        // Nothing is kept between datagrams.
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        final int operation = payload.u16(0);
        if (operation != Tftp.READ && operation != Tftp.WRITE) {
            if (operation == Tftp.DATA) {
                flow.done();
            }
            return;
        }
        final int name = payload.indexOf(0, 2);
        final int mode = payload.indexOf(0, name + 1);
        if (name < 0 || mode < 0) {
            flow.skipped(payload.length());
            return;
        }
        final Transaction record = flow.open(Tftp.RECORD);
        record.put(Tftp.PACKET, operation == Tftp.READ ? READ : WRITE);
        record.put(Tftp.FILE, payload, 2, name - 2);
        record.put(Tftp.MODE, payload, name + 1, mode - name - 1);
        flow.close(record);
        flow.expect(Tftp.PROTOCOL, true, !fromClient, null, 0, 0, fromClient ? flow.clientPort() : flow.serverPort(),
            0, null);
    }

    @Override
    public void end() {
        // Each request is a record of its own.
    }
}
