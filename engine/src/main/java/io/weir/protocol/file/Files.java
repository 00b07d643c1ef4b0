package io.weir.protocol.file;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;

/** Fields of files that are transferred in any protocol, and their record: no protocol of its own. */
public final class Files {
    /** Content, unpacked: the beginning of it. */
    public static final Field DATA = Field.inspected("file.data", "Beginning of the content of a file, a body or an "
        + "attachment, without transfer codings and compression.");
    /** Name, for rules. */
    public static final Field NAME = Field.inspected("file.name", "Name of a file that is transferred.");

    /** Size, for rules. */
    public static final Field LENGTH =
        Field.inspected("file.size", "Bytes of a file that were seen, once no more of it will come.");

    /** Hashes, for rules: of files that were seen whole. */
    static final Field MD5 = Field.inspected("file.md5", FieldType.HEX, "MD5 of a file that was seen whole.");
    static final Field SHA1 = Field.inspected("file.sha1", FieldType.HEX, "SHA-1 of a file that was seen whole.");
    static final Field SHA256 =
        Field.inspected("file.sha256", FieldType.HEX, "SHA-256 of a file that was seen whole.");

    /** Written when the last byte of a file has come, or no more will. */
    public static final RecordType RECORD = RecordType.of("fileinfo");

    static final Field FILENAME =
        Field.of("fileinfo.filename", FieldType.TEXT, "Name that was announced, or the path of the request.");
    static final Field GAPS = Field.of("fileinfo.gaps", FieldType.BOOLEAN, "Whether bytes of it were not captured.");
    static final Field STATE =
        Field.of("fileinfo.state", FieldType.TEXT, "CLOSED if it was seen to its end, else TRUNCATED.");
    static final Field STORED = Field.of("fileinfo.stored", FieldType.BOOLEAN, "Whether it was kept: false.");
    static final Field SIZE = Field.of("fileinfo.size", FieldType.NUMBER, "Bytes that were seen, unpacked if rules "
        + "look at the content, else as transmitted.");
    static final Field RECORD_MD5 = Field.of("fileinfo.md5", FieldType.HEX, "MD5, if a rule asks it.");
    static final Field RECORD_SHA1 = Field.of("fileinfo.sha1", FieldType.HEX, "SHA-1, if a rule asks it.");
    static final Field RECORD_SHA256 = Field.of("fileinfo.sha256", FieldType.HEX, "SHA-256, if a rule asks it.");
    static final Field TX_ID = Field.of("fileinfo.tx_id", FieldType.NUMBER, "Number of the transaction in its flow.");

    /** What alerts say of a file: fields of its record. */
    static final Field OF_ALERT = Field.listOf("files", FieldType.GROUP, "Files of the transaction that an alert is "
        + "about, from the side that matched.");

    static final Field START =
        Field.of("fileinfo.start", FieldType.NUMBER, "Place in the whole of its first byte, if it is part of it.");
    static final Field END = Field.of("fileinfo.end", FieldType.NUMBER, "Place in the whole of its last byte.");

    static final byte[] CLOSED = "CLOSED".getBytes(US_ASCII);
    static final byte[] TRUNCATED = "TRUNCATED".getBytes(US_ASCII);

    /** Where the fields and the record are listed. */
    public static final Protocol PROTOCOL = Protocol.named("file", "Files that protocols transfer")
        .fields(DATA, NAME, LENGTH, MD5, SHA1, SHA256, FILENAME, GAPS, STATE, RECORD_MD5, RECORD_SHA1, RECORD_SHA256,
            STORED, SIZE, TX_ID, START, END, OF_ALERT)
        .records(RECORD).build();

    private Files() {
    }
}
