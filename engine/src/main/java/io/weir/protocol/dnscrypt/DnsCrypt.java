package io.weir.protocol.dnscrypt;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import java.nio.charset.StandardCharsets;

/**
 * DNSCrypt version 2: resolvers begin every answer with the same eight letters. Queries begin with a number that each
 * resolver chooses; they are known by their answers alone.
 */
public final class DnsCrypt {
    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("dnscrypt", "DNSCrypt")
        .firstBytes("r").firstByteRange(0x00, 0x10)
        .udp(probe -> judge(probe, 0))
        .tcp(probe -> judge(probe, 2))
        .encrypted()
        .build();

    private static final byte[] RESOLVER = "r6fnvWj8".getBytes(StandardCharsets.US_ASCII);
    /** Magic, nonce, and the tag of what is encrypted. */
    private static final int MIN_LENGTH = 8 + 24 + 16;

    private DnsCrypt() {
    }

    private static Answer judge(final Probe probe, final int at) {
        final Bytes now = probe.now();
        final int length = at == 0 ? probe.announced() : now.u16(0);
        if (length >= 0 && (length < MIN_LENGTH || at == 2 && length > 4096)) {
            return Answer.NO;
        }
        for (int i = 0; i < RESOLVER.length && at + i < now.length(); i++) {
            if (now.u8(at + i) != RESOLVER[i]) {
                return Answer.NO;
            }
        }
        if (!now.has(at, RESOLVER.length)) {
            return at == 0 ? Answer.NO : Answer.MORE;
        }
        return probe.fromClient() && probe.other().isEmpty() ? Answer.YES_TURNED : Answer.YES;
    }
}
