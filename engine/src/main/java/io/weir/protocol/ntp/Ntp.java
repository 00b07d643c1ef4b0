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
    static final Field VERSION = Field.of("ntp.version", FieldType.NUMBER, "Version of the protocol.").upTo(7);
    static final Field MODE = Field.of("ntp.mode", FieldType.NUMBER, "Mode: 3 is a client's, 4 a server's.").upTo(7);
    static final Field STRATUM =
        Field.of("ntp.stratum", FieldType.NUMBER,
            "How many servers lie between the clock and its reference.").upTo(0xff);
    static final Field REFERENCE_ID =
        Field.of("ntp.reference_id", FieldType.COLON_HEX, "Which server or clock is the reference.");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("ntp", "Network Time Protocol")
        .udpPorts(PORT)
        .provenByAnswers()
        .firstBytes(firstBytes())
        .udp(Ntp::detect)
        .datagramParser(NtpParser::new)
        .fields(VERSION, MODE, STRATUM, REFERENCE_ID)
        .records(RECORD)
        .build();

    private static final int PRIVATE = 7;
    private static final int ORIGIN = 24;
    private static final int TRANSMIT = 40;

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

    /** Recognises a message from or to the usual port; elsewhere one that answers another. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        if (!probe.onPort(PORT)) {
            return elsewhere(probe);
        }
        return switch (now.u8(0) & 7) {
            case CONTROL -> control(now);
            case PRIVATE -> privately(now);
            case CLIENT -> time(now) ? turned(!probe.fromClient()) : Answer.NO;
            case SERVER -> time(now) ? turned(probe.fromClient()) : Answer.NO;
            default -> time(now) ? Answer.YES : Answer.NO;
        };
    }

    /** A message about time is one if it repeats when the other side's last one was sent: 64 bits. */
    private static Answer elsewhere(final Probe probe) {
        final Bytes now = probe.now();
        final int mode = now.u8(0) & 7;
        if (mode > SERVER || !time(now)) {
            return Answer.NO;
        }
        final Bytes other = probe.other();
        final boolean answers = other.has(0, HEADER) && (other.u8(0) & 7) <= SERVER && time(other)
            && (now.u32(ORIGIN) | now.u32(ORIGIN + 4)) != 0 && now.u32(ORIGIN) == other.u32(TRANSMIT)
            && now.u32(ORIGIN + 4) == other.u32(TRANSMIT + 4);
        return answers ? turned(mode == SERVER && probe.fromClient() || mode == CLIENT && !probe.fromClient())
            : Answer.MORE;
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
