package io.weir.protocol.ntp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;

/** Network time (RFC 5905), its control messages (RFC 9327) and the private ones of its reference implementation. */
public final class Ntp {
    static final int HEADER = 48;
    static final int PORT = 123;
    static final int CLIENT = 3;
    static final int SERVER = 4;
    static final int CONTROL = 6;
    static final RecordType RECORD = RecordType.of("ntp");
    static final Field VERSION = Field.of("ntp.version", FieldType.NUMBER, "Version of the protocol.");
    static final Field MODE = Field.of("ntp.mode", FieldType.NUMBER, "Mode: 3 is a client's, 4 a server's.");
    static final Field STRATUM =
        Field.of("ntp.stratum", FieldType.NUMBER, "How many servers lie between the clock and its reference.");
    static final Field REFERENCE_ID =
        Field.of("ntp.reference_id", FieldType.COLON_HEX, "Which server or clock is the reference.");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ntp", "Network Time Protocol")
        .udpPorts(PORT)
        .onlyOnUdpPorts()
        .firstBytes(firstBytes())
        .udp(Ntp::detect)
        .datagramParser(NtpParser::new)
        .fields(VERSION, MODE, STRATUM, REFERENCE_ID)
        .records(RECORD)
        .build();

    private static final int PRIVATE = 7;

    private Ntp() {
    }

    /** Any leap indicator, versions 1 to 4, modes 1 to 7. */
    private static int[] firstBytes() {
        final int[] values = new int[4 * 4 * 7];
        int count = 0;
        for (int value = 0; value < 256; value++) {
            final int version = value >> 3 & 7;
            if (version >= 1 && version <= 4 && (value & 7) != 0) {
                values[count++] = value;
            }
        }
        return values;
    }

    /** Recognises a message from or to the usual port. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(PORT)) {
            return Answer.NO;
        }
        return switch (now.u8(0) & 7) {
            case CONTROL -> control(now);
            case PRIVATE -> privately(now);
            case CLIENT -> time(now) ? turned(!probe.fromClient()) : Answer.NO;
            case SERVER -> time(now) ? turned(probe.fromClient()) : Answer.NO;
            default -> time(now) ? Answer.YES : Answer.NO;
        };
    }

    private static Answer turned(final boolean turned) {
        return turned ? Answer.YES_TURNED : Answer.YES;
    }

    /** Delay and dispersion of the reference are a few seconds: their first bytes are known. */
    private static boolean time(final Bytes now) {
        final int delay = now.u8(4);
        final int precision = (byte) now.u8(3);
        return now.length() >= HEADER && now.length() % 4 == 0 && now.u8(1) <= 16
            && (now.u8(2) <= 24 || now.u8(2) >= 0xf0) && precision <= 32 && precision >= -40
            && (delay == 0 || delay == 0xff) && now.u8(8) == 0;
    }

    private static Answer control(final Bytes now) {
        final int count = now.u16(10);
        final boolean fits = now.length() >= 12 && (now.u8(1) & 0x1f) <= 31 && count + 12 <= now.length()
            && now.length() - count - 12 < 32;
        return fits && now.u16(8) <= 0x4000 ? Answer.YES : Answer.NO;
    }

    private static Answer privately(final Bytes now) {
        final int items = now.u16(4) & 0xfff;
        final int size = now.u16(6) & 0xfff;
        final boolean fits = now.length() >= 8 && now.u8(2) <= 3 && now.u8(3) <= 60 && items <= 500
            && items * size + 8 <= now.length();
        return fits ? Answer.YES : Answer.NO;
    }
}
