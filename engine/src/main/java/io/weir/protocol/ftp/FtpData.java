package io.weir.protocol.ftp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Data connections of FTP. They carry files without any frame: the control connection announces them. Where it was not
 * seen, a file's first bytes tell, or a list of files, on the port from which servers connect.
 */
public final class FtpData {
    static final RecordType RECORD = RecordType.of("ftp_data");

    static final Field FILENAME = Field.of("ftp_data.filename", FieldType.TEXT, "File that is transferred.");
    static final Field COMMAND = Field.of("ftp_data.command", FieldType.TEXT, "Command that transfers it.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("ftp-data", "File Transfer Protocol, data")
        .tcpPorts(20).tcp(FtpData::detect).fields(FILENAME, COMMAND).records(RECORD).build();

    private static final int PORT = 20;
    /** Of files: zip, PNG, GIF, JPEG, PDF, ELF, 7z, RAR, xz, XML; each longer than what chance brings. */
    private static final List<byte[]> MAGICS = magics("504b0304 14000000", "504b0304 0a000000", "504b0304 14000800",
        "89504e470d0a1a0a", "474946383761", "474946383961", "ffd8ffe000104a464946", "255044462d312e", "7f454c46020101",
        "7f454c46010101", "377abcaf271c", "526172211a07", "fd377a585a00", "3c3f786d6c20");
    /** Kind and rights of a file, as lists of servers on Unix begin. */
    private static final String KINDS = "-dlbcps";
    private static final String RIGHTS = "rwx";
    private static final int LIST = 10;
    private static final int LONGEST_MAGIC = 10;

    private FtpData() {
    }

    private static List<byte[]> magics(final String... hex) {
        return Arrays.stream(hex).map(one -> HexFormat.of().parseHex(one.replace(" ", ""))).toList();
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        if (!probe.onPort(PORT)) {
            return Answer.NO;
        }
        for (int i = 0; i < MAGICS.size(); i++) {
            if (b.startsWith(MAGICS.get(i))) {
                return Answer.YES;
            }
        }
        final boolean gzip = b.u16(0) == 0x1f8b && b.u8(2) == 8 && (b.u8(3) & 0xe0) == 0 && b.u8(9) >= 0
            && (b.u8(8) == 0 || b.u8(8) == 2 || b.u8(8) == 4) && (b.u8(9) < 14 || b.u8(9) == 0xff);
        return gzip || isList(b) ? Answer.YES : b.length() < LONGEST_MAGIC ? Answer.MORE : Answer.NO;
    }

    private static boolean isList(final Bytes b) {
        if (!b.has(0, LIST + 1) || KINDS.indexOf(b.u8(0)) < 0 || b.u8(LIST) != ' ' && b.u8(LIST) != '+') {
            return false;
        }
        for (int i = 1; i < LIST; i++) {
            final int value = b.u8(i);
            if (value != RIGHTS.charAt((i - 1) % RIGHTS.length()) && value != '-' && "sStT".indexOf(value) < 0) {
                return false;
            }
        }
        return true;
    }
}
