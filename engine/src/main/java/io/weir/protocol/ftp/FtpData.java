package io.weir.protocol.ftp;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;

/** Data connections of FTP. They carry files without any frame: the control connection announces them. */
public final class FtpData {
    static final RecordType RECORD = RecordType.of("ftp_data");

    static final Field FILENAME = Field.of("ftp_data.filename", FieldType.TEXT, "File that is transferred.");
    static final Field COMMAND = Field.of("ftp_data.command", FieldType.TEXT, "Command that transfers it.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("ftp-data", "File Transfer Protocol, data")
        .tcpPorts(20).fields(FILENAME, COMMAND).records(RECORD).build();

    private FtpData() {
    }
}
