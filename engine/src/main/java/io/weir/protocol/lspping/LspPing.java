package io.weir.protocol.lspping;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** Echo requests and replies along a path of MPLS (RFC 8029): a header, and TLVs that fill the rest. */
public final class LspPing {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("lsp-ping", "MPLS LSP ping")
        .udpPorts(3503)
        .firstBytes(0)
        .udp(LspPing::detect)
        .udpByte(1, 1)
        .build();

    private static final int HEADER = 32;
    private static final int MOST_FLAGS = 0xf;
    private static final int MOST_CODE = 40;
    private static final int MOST_TLVS = 32;

    private LspPing() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int type = now.u8(4);
        if (now.u16(0) != 1 || now.u16(2) > MOST_FLAGS || type < 1 || type > 2 || now.u8(5) < 1 || now.u8(5) > 5
            || now.u8(6) > MOST_CODE || now.length() != probe.announced()) {
            return Answer.NO;
        }
        int at = HEADER;
        int tlvs = 0;
        while (tlvs < MOST_TLVS && now.has(at, 4)) {
            at += 4 + (now.u16(at + 2) + 3 & ~3);
            tlvs++;
        }
        return at != now.length() ? Answer.NO : type == 1 ? probe.yesFromClient() : probe.yesFromServer();
    }
}
