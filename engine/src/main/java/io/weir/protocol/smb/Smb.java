package io.weir.protocol.smb;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;

/**
 * Server Message Block: version 1 ([MS-CIFS], [MS-SMB]) and versions 2 and 3 ([MS-SMB2]), behind session headers
 * of NetBIOS (RFC 1002) that direct TCP keeps. One record for each command with its answer, but for reads and writes.
 */
public final class Smb {
    static final RecordType RECORD = RecordType.of("smb");

    static final Field ID = number("id", "Number of the exchange in its flow, from 1.");
    static final Field DIALECT = text("dialect", "Version that was agreed on.");
    static final Field COMMAND = text("command", "Name of the command.");
    static final Field STATUS = text("status", "Name of the outcome.");
    static final Field STATUS_CODE = text("status_code", "The outcome in hexadecimal digits.");
    static final Field SESSION_ID = number("session_id", "Session.");
    static final Field TREE_ID = number("tree_id", "Tree: a share in use.");
    static final Field CLIENT_DIALECTS = Field.listOf("smb.client_dialects", FieldType.TEXT,
        "Versions that the client offers.");
    static final Field CLIENT_GUID = text("client_guid", "The client's identifier.");
    static final Field SERVER_GUID = text("server_guid", "The server's identifier.");
    static final Field MAX_READ = number("max_read_size", "Most bytes of one read.");
    static final Field MAX_WRITE = number("max_write_size", "Most bytes of one write.");
    static final Field NTLMSSP = group("ntlmssp", "NTLM authentication.");
    static final Field DOMAIN = text("domain", "Domain of the user.");
    static final Field USER = text("user", "Name of the user.");
    static final Field HOST = text("host", "Name of the client's computer.");
    static final Field VERSION = text("version", "Version of the client's system.");
    static final Field KERBEROS = group("kerberos", "The ticket of a log-on by Kerberos.");
    static final Field REALM = text("kerberos.realm", "Realm of the service.");
    static final Field SNAMES = Field.listOf("smb.kerberos.snames", FieldType.TEXT, "Parts of the service's name.");
    static final Field REQUEST = group("request", "What the client is.");
    static final Field RESPONSE = group("response", "What the server is.");
    static final Field NATIVE_OS = text("native_os", "Operating system.");
    static final Field NATIVE_LM = text("native_lm", "LAN manager.");
    static final Field SHARE = text("share", "Share that is connected.");
    static final Field NAMED_PIPE = text("named_pipe", "Share for named pipes.");
    static final Field SHARE_TYPE = text("share_type", "FILE, PIPE or PRINT.");
    static final Field SERVICE = group("service", "Kind of share.");
    static final Field SERVICE_REQUEST = text("service.request", "What the client asked for.");
    static final Field SERVICE_RESPONSE = text("service.response", "What it is.");
    static final Field FILENAME = text("filename", "File.");
    static final Field DIRECTORY = text("directory", "Directory.");
    static final Field DISPOSITION = text("disposition", "What is done if the file exists, and if not.");
    static final Field ACCESS = text("access", "Whether the file is deleted when it is closed.");
    static final Field CREATED = number("created", "When it was created, seconds since 1970.");
    static final Field ACCESSED = number("accessed", "When it was last accessed, seconds since 1970.");
    static final Field MODIFIED = number("modified", "When it was last written, seconds since 1970.");
    static final Field CHANGED = number("changed", "When it was last changed, seconds since 1970.");
    static final Field SIZE = number("size", "Length of the file.");
    static final Field FUID = text("fuid", "The file's identifier while it is open.");
    static final Field FUNCTION = text("function", "Control function.");
    static final Field RENAME = group("rename", "A file gets another name.");
    static final Field RENAME_FROM = text("rename.from", "The name it had.");
    static final Field RENAME_TO = text("rename.to", "The new name.");
    static final Field SET_INFO = group("set_info", "What of a file is set.");
    static final Field SET_CLASS = text("set_info.class", "Kind of object.");
    static final Field SET_LEVEL = text("set_info.info_level", "Kind of information.");

    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("smb", "Server Message Block")
        .tcpPorts(445, 139)
        .firstBytes(0, 0x81, 0x82, 0x83)
        .tcp(Smb::detect)
        .streamParser(SmbParser::new)
        .fields(ID, DIALECT, COMMAND, STATUS, STATUS_CODE, SESSION_ID, TREE_ID, CLIENT_DIALECTS, CLIENT_GUID,
            SERVER_GUID, MAX_READ, MAX_WRITE, NTLMSSP, DOMAIN, USER, HOST, VERSION, KERBEROS, REALM, SNAMES, REQUEST,
            RESPONSE, NATIVE_OS, NATIVE_LM, SHARE, NAMED_PIPE, SHARE_TYPE, SERVICE, SERVICE_REQUEST, SERVICE_RESPONSE,
            FILENAME, DIRECTORY, DISPOSITION, ACCESS, CREATED, ACCESSED, MODIFIED, CHANGED, SIZE, FUID, FUNCTION,
            RENAME, RENAME_FROM, RENAME_TO, SET_INFO, SET_CLASS, SET_LEVEL)
        .fields(PipeCall.FIELDS)
        .records(RECORD)
        .build();

    /** Identifiers without their first byte, "SMB". */
    static final int SMB = 0x534d42;
    static final int VERSION_1 = 0xff;
    static final int VERSION_2 = 0xfe;
    static final int ENCRYPTED = 0xfd;
    static final int COMPRESSED = 0xfc;
    static final int NETBIOS = 4;

    private static final int LAST_COMMAND = 0x12;
    private static final int SESSION_REQUEST = 0x81;

    private Smb() {
    }

    private static Field number(final String name, final String sentence) {
        return Field.of("smb." + name, FieldType.NUMBER, sentence);
    }

    private static Field text(final String name, final String sentence) {
        return Field.of("smb." + name, FieldType.TEXT, sentence);
    }

    private static Field group(final String name, final String sentence) {
        return Field.of("smb." + name, FieldType.GROUP, sentence);
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        int at = 0;
        if (b.u8(0) == SESSION_REQUEST) {
            // Two encoded names, each a byte 32, 32 letters from A to P, and 0.
            if (b.u8(1) > 0 || b.u8(2) > 0 || b.length() > 3 && b.u8(3) != 0x44) {
                return Answer.NO;
            }
            at = NETBIOS + 0x44;
        } else if (b.u8(0) != 0) {
            if (b.u8(1) > 0 || b.u8(2) > 0 || b.length() > 3 && b.u8(3) != (b.u8(0) == 0x83 ? 1 : 0)) {
                return Answer.NO;
            }
            at = NETBIOS + (b.u8(0) == 0x83 ? 1 : 0);
        }
        final int first = b.u8(at + NETBIOS);
        if (b.u8(at) > 0 || first >= 0 && first < COMPRESSED) {
            return Answer.NO;
        }
        if (b.length() < at + NETBIOS + 20) {
            return b.u8(at + 5) >= 0 && b.u8(at + 5) != 'S' ? Answer.NO : Answer.MORE;
        }
        return message(probe, at + NETBIOS, b.u24(at + 1));
    }

    private static Answer message(final Probe probe, final int at, final int length) {
        final Bytes b = probe.now();
        if (b.u24(at + 1) != SMB || length < 32) {
            return Answer.NO;
        }
        return switch (b.u8(at)) {
            case VERSION_1 -> b.u8(at + 9) >= 0x80 ? probe.yesFromServer() : probe.yesFromClient();
            case VERSION_2 -> b.u16le(at + 4) == 64 && b.u16le(at + 12) <= LAST_COMMAND
                ? (b.u8(at + 16) & 1) == 1 ? probe.yesFromServer() : probe.yesFromClient() : Answer.NO;
            case ENCRYPTED, COMPRESSED -> Answer.YES;
            default -> Answer.NO;
        };
    }
}
