package io.weir.protocol.mgcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.text.Lines;
import io.weir.protocol.text.Words;

/** Media Gateway Control Protocol (RFC 3435), a command with transaction, endpoint and version. */
public final class Mgcp {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("mgcp", "Media Gateway Control Protocol")
        .udpPorts(2427, 2727)
        .firstBytes("ECMDRNA").udp(Mgcp::detect).build();

    private static final Words COMMANDS = Words.of("EPCF", "CRCX", "MDCX", "DLCX", "RQNT", "NTFY", "AUEP", "AUCX",
        "RSIP");
    private static final Words VERSION = Words.of("MGCP 0.", "MGCP 1.");

    private Mgcp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        // Some end their lines with CR alone.
        final int carriage = now.indexOf('\r', 0);
        final int end = carriage >= 0 ? carriage : Lines.end(now, 0);
        final int digit = now.u8(5);
        return COMMANDS.find(now, 0) >= 0 && now.u8(4) == ' ' && digit >= '0' && digit <= '9'
            && Lines.areText(now, 0, end) && VERSION.areWithin(now, 6, end) ? Answer.YES : Answer.NO;
    }
}
