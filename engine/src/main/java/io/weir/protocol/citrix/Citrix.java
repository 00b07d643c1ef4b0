package io.weir.protocol.citrix;

import io.weir.protocol.Answer;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Citrix Independent Computing Architecture, and the gateway protocol that carries it. */
public final class Citrix {
    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("citrix", "Citrix ICA").tcpPorts(1494, 2598)
        .firstBytes(0x7f, 0x1a).tcp(Citrix::detect).build();

    private static final byte[] ICA = {0x7f, 0x7f, 'I', 'C', 'A', 0};
    private static final byte[] CGP = {0x1a, 'C', 'G', 'P', '/', '0', '1'};

    private Citrix() {
    }

    static Answer detect(final Probe probe) {
        return probe.now().beginsWith(probe.now().u8(0) == CGP[0] ? CGP : ICA);
    }
}
