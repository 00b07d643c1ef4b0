package io.weir.protocol.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Simple Service Discovery Protocol of UPnP: HTTP messages in datagrams. UPnP Device Architecture 2.0, part 1. */
public final class Ssdp {
    /** SSDP. */
    public static final Protocol PROTOCOL = Protocol.named("ssdp", "Simple Service Discovery Protocol")
        .udpPorts(1900)
        .firstBytes("MNH")
        .udp(Ssdp::detect)
        .build();

    private static final byte[] SEARCH = ascii("M-SEARCH * HTTP/1.");
    private static final byte[] NOTIFY = ascii("NOTIFY * HTTP/1.");
    private static final byte[] RESPONSE = ascii("HTTP/1.");
    private static final byte[] OK = ascii(" 200 ");
    private static final byte[] SERVICE_NAME = ascii("USN:");
    private static final byte[] TARGET = ascii("ST:");
    private static final int STATUS = 8;

    private Ssdp() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (now.startsWith(SEARCH) || now.startsWith(NOTIFY)) {
            return Answer.YES;
        }
        if (now.startsWith(RESPONSE) && now.matches(STATUS, OK) && namesService(now)) {
            return probe.fromClient() ? Answer.YES_TURNED : Answer.YES;
        }
        return Answer.NO;
    }

    private static boolean namesService(final Bytes now) {
        int line = now.indexOf('\n', 0);
        while (line >= 0) {
            if (now.matchesIgnoringCase(line + 1, SERVICE_NAME) || now.matchesIgnoringCase(line + 1, TARGET)) {
                return true;
            }
            line = now.indexOf('\n', line + 1);
        }
        return false;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(US_ASCII);
    }
}
