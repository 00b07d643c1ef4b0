package io.weir.protocol.tftp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import java.nio.charset.StandardCharsets;

/** Trivial file transfer (RFC 1350, 2347). Data come from a port that the server chooses. */
public final class Tftp {
    static final int READ = 1;
    static final int WRITE = 2;
    static final int DATA = 3;
    static final int MAX_NAME = 512;
    static final RecordType RECORD = RecordType.of("tftp");
    static final Field PACKET = Field.of("tftp.packet", FieldType.TEXT, "Whether a file is read or written.");
    static final Field FILE = Field.of("tftp.file", FieldType.TEXT, "Name of the file.");
    static final Field MODE = Field.of("tftp.mode", FieldType.TEXT, "How its bytes are to be taken.");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("tftp", "Trivial File Transfer Protocol")
        .udpPorts(69)
        .firstBytes(0)
        .udp(Tftp::detect)
        .datagramParser(TftpParser::new)
        .fields(PACKET, FILE, MODE)
        .records(RECORD)
        .build();

    private static final int ACKNOWLEDGEMENT = 4;
    private static final byte[][] MODES = {ascii("octet"), ascii("netascii"), ascii("mail")};

    private Tftp() {
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Recognises a request, or data and their acknowledgement. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int operation = now.u16(0);
        if (operation == READ || operation == WRITE) {
            final int name = now.indexOf(0, 2);
            return name > 2 && name <= MAX_NAME && now.isPrintable(2, name - 2) && isMode(now, name + 1) ? Answer.YES
                : Answer.NO;
        }
        final Bytes other = probe.other();
        final boolean acknowledged = operation == ACKNOWLEDGEMENT && now.length() == 4 && other.u16(0) == DATA
            || operation == DATA && other.u16(0) == ACKNOWLEDGEMENT && other.length() == 4;
        return acknowledged && Math.abs(now.u16(2) - other.u16(2)) <= 1 && now.u16(2) < 64 ? Answer.YES : Answer.NO;
    }

    private static boolean isMode(final Bytes now, final int at) {
        for (final byte[] mode : MODES) {
            if (now.matchesIgnoringCase(at, mode) && now.u8(at + mode.length) == 0) {
                return true;
            }
        }
        return false;
    }
}
