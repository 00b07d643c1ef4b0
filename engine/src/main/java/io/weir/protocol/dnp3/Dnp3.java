package io.weir.protocol.dnp3;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;

/** DNP3 (IEEE 1815): link header with start bytes 05 64, whose checksum is verified. */
public final class Dnp3 {
    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("dnp3", "DNP3")
        .tcpPorts(20000)
        .udpPorts(20000)
        .firstBytes(5)
        .tcp(Dnp3::detect)
        .udp(Dnp3::detect)
        .build();

    private static final int POLYNOMIAL = 0xa6bc;

    private Dnp3() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (b.length() > 1 && b.u8(1) != 0x64 || b.length() > 2 && b.u8(2) < 5) {
            return Answer.NO;
        }
        if (b.length() < 10) {
            return probe.isUdp() ? Answer.NO : Answer.MORE;
        }
        if (checksum(b) != b.u16le(8)) {
            return Answer.NO;
        }
        // The highest bit of the control byte says that the master sends.
        return b.u8(3) >= 0x80 ? probe.yesFromClient() : probe.yesFromServer();
    }

    /** CRC-16/DNP of the first 8 bytes. */
    private static int checksum(final Bytes b) {
        int crc = 0;
        for (int i = 0; i < 8; i++) {
            crc ^= b.u8(i);
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ POLYNOMIAL;
            }
        }
        return ~crc & 0xffff;
    }
}
