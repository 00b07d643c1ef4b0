package io.weir.protocol.directconnect;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Direct Connect: commands that begin with a dollar sign and end with a bar (NMDC), or the four letters of ADC's
 * first command.
 */
public final class DirectConnect {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("directconnect", "Direct Connect")
        .tcpPorts(411)
        .firstBytes("$HCI")
        .tcp(DirectConnect::detect)
        .build();

    private static final List<byte[]> BEGINNINGS = List.of(ascii("$Lock EXTENDEDPROTOCOL"), ascii("$MyNick "),
        ascii("HSUP AD"), ascii("CSUP AD"), ascii("ISUP AD"));
    private static final byte[] LOCK = ascii("$Lock ");
    private static final byte[] KEY = ascii(" Pk=");
    private static final int LONGEST = 300;

    private DirectConnect() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.u8(1) == 'L') {
            return lock(probe, b);
        }
        for (int i = 0; i < BEGINNINGS.size(); i++) {
            final Answer begins = b.beginsWith(BEGINNINGS.get(i));
            if (begins != Answer.NO) {
                return begins;
            }
        }
        return Answer.NO;
    }

    /** A hub's first command: a lock and a key in one, up to a bar. */
    private static Answer lock(final Probe probe, final Bytes b) {
        final Answer begins = b.beginsWith(LOCK);
        if (begins != Answer.YES) {
            return begins;
        }
        final int end = b.indexOf('|', 0);
        if (end < 0) {
            return b.length() < LONGEST ? Answer.MORE : Answer.NO;
        }
        final int key = b.indexOf(KEY, 0);
        return key > 0 && key < end ? probe.yesFromServer() : Answer.NO;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
