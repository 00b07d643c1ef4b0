package io.weir.protocol.rsync;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/** The rsync daemon: both sides begin with a line that names their protocol version. */
public final class Rsync {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("rsync", "rsync").tcpPorts(873)
        .firstBytes("@").tcp(Rsync::detect).build();

    private static final byte[] MAGIC = "@RSYNCD: ".getBytes(StandardCharsets.US_ASCII);

    private Rsync() {
    }

    static Answer detect(final Probe probe) {
        return probe.now().beginsWith(MAGIC);
    }
}
