package io.weir.protocol.dropbox;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * Dropbox's search for other hosts on the local network: a JSON object that names the host, the version and
 * folders.
 */
public final class Dropbox {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("dropbox", "Dropbox LAN sync")
        .udpPorts(17500)
        .firstBytes("{")
        .udp(Dropbox::detect)
        .build();

    private static final byte[] HOST = "\"host_int\": ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] VERSION = "\"version\": [".getBytes(StandardCharsets.US_ASCII);

    private Dropbox() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        return b.indexOf(HOST, 0) > 0 && b.indexOf(VERSION, 0) > 0 ? Answer.YES : Answer.NO;
    }
}
