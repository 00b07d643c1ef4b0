package io.weir.protocol.sflow;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Samples of traffic (sFlow version 5). */
public final class Sflow {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("sflow", "sFlow")
        .udpPorts(6343)
        .firstBytes(0)
        .udp(Sflow::detect)
        .build();

    private Sflow() {
    }

    /** Recognises a message by its version, the kind of its address and its first sample. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final long kind = now.u32(4);
        if (now.u32(0) != 5 || kind != 1 && kind != 2) {
            return Answer.NO;
        }
        final int at = kind == 1 ? 24 : 36;
        final long samples = now.u32(at);
        final long format = now.u32(at + 4) & 0xfff;
        return samples >= 1 && samples < 256 && format >= 1 && format <= 5 && now.u32(at + 8) <= probe.announced()
            ? Answer.YES : Answer.NO;
    }
}
