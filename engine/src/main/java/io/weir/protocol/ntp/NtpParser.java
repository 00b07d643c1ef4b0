package io.weir.protocol.ntp;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Transaction;

/** Tells each message about time; others are none of it. */
final class NtpParser extends DatagramParser {
    private boolean asked;

    @Override
    protected void begun() {
        asked = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        final int mode = payload.u8(0) & 7;
        if (mode >= Ntp.CONTROL || !payload.has(0, 16)) {
            return;
        }
        final Transaction record = flow.open(Ntp.RECORD);
        if (!fromClient) {
            record.byServer();
        }
        record.put(Ntp.VERSION, payload.u8(0) >> 3 & 7);
        record.put(Ntp.MODE, mode);
        record.put(Ntp.STRATUM, payload.u8(1));
        record.put(Ntp.REFERENCE_ID, payload, 12, 4);
        flow.close(record);
        if (asked && !fromClient) {
            flow.confirm();
        }
        asked |= fromClient;
    }

    @Override
    public void end() {
        // Each message is a record of its own.
    }
}
