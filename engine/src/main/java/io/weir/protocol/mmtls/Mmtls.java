package io.weir.protocol.mmtls;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/**
 * MMTLS, WeChat's own form of TLS: a record with version 0xf103 or 0xf104, in which a hello has its length again; in
 * the middle of a connection, records of encrypted data one behind the other.
 */
public final class Mmtls {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("mmtls", "MMTLS (WeChat)")
        .firstBytes(0x15, 0x16, 0x17, 0x19)
        .tcp(Mmtls::detect)
        .encrypted()
        .build();

    private static final int OLD = 0xf103;
    private static final int NEW = 0xf104;
    private static final int HEADER = 12;
    private static final int RECORD = 5;
    /** Encrypted data ends in a tag of 16 bytes. */
    private static final int LEAST = 17;
    private static final int MOST = 0x4800;

    private Mmtls() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) != OLD >> 8 || b.length() > 2 && b.u16(1) != OLD && b.u16(1) != NEW) {
            return Answer.NO;
        }
        final Answer hello = b.u8(0) == 0x16 || b.u8(0) == 0x19 ? hello(probe) : Answer.NO;
        return hello == Answer.NO && probe.isMidStream() ? records(b) : hello;
    }

    /** A record of encrypted data, and right behind it the end of what came or another record. */
    private static Answer records(final Bytes b) {
        final int length = b.u16(3);
        if (length < 0) {
            return Answer.MORE;
        }
        final int next = RECORD + length;
        if (length < LEAST || length > MOST) {
            return Answer.NO;
        }
        if (b.length() <= next) {
            return b.length() == next ? Answer.YES : Answer.MORE;
        }
        final int type = b.u8(next);
        final int version = b.u16(next + 1);
        return type < 0x15 || type > 0x19 ? Answer.NO : version < 0 ? Answer.MORE
            : version == OLD || version == NEW ? Answer.YES : Answer.NO;
    }

    private static Answer hello(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final int hello = b.u8(9);
        return b.u32(5) == b.u16(3) - 4 && (hello == 1 || hello == 2) && (b.u8(10) == 3 || b.u8(10) == 4)
            && b.u8(11) == OLD >> 8 ? hello == 1 ? probe.yesFromClient() : probe.yesFromServer() : Answer.NO;
    }
}
