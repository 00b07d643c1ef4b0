package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Names of commands, outcomes and other numbers, as EVE spells them. */
final class SmbNames {
    static final byte[] UNKNOWN = ascii("UNKNOWN");
    static final byte[] UNKNOWN_DIALECT = ascii("unknown");
    static final byte[] SHARE_ROOT = ascii("<share_root>");
    static final byte[] UNKNOWN_FILE = ascii("<unknown>");
    static final byte[] RENAME_LEVEL = ascii("SMB2_FILE_RENAME_INFO");
    static final byte[] DISPOSITION_LEVEL = ascii("SMB2_FILE_DISPOSITION_INFO");
    static final byte[] NORMAL = ascii("normal");
    static final byte[] DELETE_ON_CLOSE = ascii("delete on close");

    private static final byte[][] SMB2_COMMANDS = names("SMB2_COMMAND_", "NEGOTIATE_PROTOCOL", "SESSION_SETUP",
        "SESSION_LOGOFF", "TREE_CONNECT", "TREE_DISCONNECT", "CREATE", "CLOSE", "FLUSH", "READ", "WRITE", "LOCK",
        "IOCTL", "CANCEL", "KEEPALIVE", "FIND", "CHANGE_NOTIFY", "GET_INFO", "SET_INFO", "OPLOCK_BREAK");
    private static final byte[][] DISPOSITIONS = names("FILE_", "SUPERSEDE", "OPEN", "CREATE", "OPEN_IF", "OVERWRITE",
        "OVERWRITE_IF");
    private static final byte[][] SHARE_TYPES = names("", "UNKNOWN", "FILE", "PIPE", "PRINT");
    private static final byte[][] CLASSES = names("", "UNKNOWN", "FILE_INFO", "FILE_FS_INFO", "SECURITY_INFO",
        "QUOTA_INFO");

    private static final Table SMB1_COMMANDS = new Table("SMB1_COMMAND_")
        .add(0x00, "CREATE_DIRECTORY").add(0x01, "DELETE_DIRECTORY").add(0x02, "OPEN").add(0x03, "CREATE")
        .add(0x04, "CLOSE").add(0x05, "FLUSH").add(0x06, "DELETE").add(0x07, "RENAME").add(0x08, "QUERY_INFO")
        .add(0x09, "SET_INFO").add(0x0a, "READ").add(0x0b, "WRITE").add(0x10, "CHECK_DIRECTORY")
        .add(0x23, "QUERY_INFO2").add(0x24, "LOCKING_ANDX").add(0x25, "TRANS").add(0x26, "TRANS_SECONDARY")
        .add(0x2b, "ECHO").add(0x2d, "OPEN_ANDX").add(0x2e, "READ_ANDX").add(0x2f, "WRITE_ANDX")
        .add(0x32, "TRANS2").add(0x33, "TRANS2_SECONDARY").add(0x34, "FIND_CLOSE2").add(0x70, "TREE_CONNECT")
        .add(0x71, "TREE_DISCONNECT").add(0x72, "NEGOTIATE_PROTOCOL").add(0x73, "SESSION_SETUP_ANDX")
        .add(0x74, "LOGOFF_ANDX").add(0x75, "TREE_CONNECT_ANDX").add(0x80, "QUERY_INFO_DISK").add(0x81, "SEARCH")
        .add(0xa0, "NT_TRANS").add(0xa1, "NT_TRANS_SECONDARY").add(0xa2, "NT_CREATE_ANDX").add(0xa4, "NT_CANCEL");
    private static final Table DIALECTS = new Table("")
        .add(0x0202, "2.02").add(0x0210, "2.10").add(0x0222, "2.22").add(0x0224, "2.24").add(0x02ff, "2.??")
        .add(0x0300, "3.00").add(0x0302, "3.02").add(0x0310, "3.10").add(0x0311, "3.11");
    private static final Table FUNCTIONS = new Table("FSCTL_")
        .add(0x000900a4, "SET_REPARSE_POINT").add(0x00060194, "DFS_GET_REFERRALS").add(0x0009009c, "GET_OBJECT_ID")
        .add(0x000900c0, "CREATE_OR_GET_OBJECT_ID").add(0x000601b0, "DFS_GET_REFERRALS_EX")
        .add(0x00098208, "FILE_LEVEL_TRIM").add(0x0011400c, "PIPE_PEEK").add(0x00110018, "PIPE_WAIT")
        .add(0x0011c017, "PIPE_TRANSCEIVE").add(0x001440f2, "SRV_COPYCHUNK").add(0x00144064,
            "SRV_ENUMERATE_SNAPSHOTS").add(0x00140078, "SRV_REQUEST_RESUME_KEY").add(0x001441bb, "SRV_READ_HASH")
        .add(0x001480f2, "SRV_COPYCHUNK_WRITE").add(0x001401d4, "LMR_REQUEST_RESILIENCY")
        .add(0x001401fc, "QUERY_NETWORK_INTERFACE_INFO").add(0x00140204, "VALIDATE_NEGOTIATE_INFO");
    private static final Table STATUSES = new Table("STATUS_")
        .add(0, "SUCCESS").add(0x103, "PENDING").add(0x10b, "NOTIFY_CLEANUP").add(0x10c, "NOTIFY_ENUM_DIR")
        .add(0x80000005, "BUFFER_OVERFLOW").add(0x80000006, "NO_MORE_FILES").add(0xc0000001, "UNSUCCESSFUL")
        .add(0xc0000002, "NOT_IMPLEMENTED").add(0xc0000003, "INVALID_INFO_CLASS").add(0xc0000004,
            "INFO_LENGTH_MISMATCH").add(0xc0000008, "INVALID_HANDLE").add(0xc000000d, "INVALID_PARAMETER")
        .add(0xc000000e, "NO_SUCH_DEVICE").add(0xc000000f, "NO_SUCH_FILE").add(0xc0000010, "INVALID_DEVICE_REQUEST")
        .add(0xc0000011, "END_OF_FILE").add(0xc0000016, "MORE_PROCESSING_REQUIRED").add(0xc0000022, "ACCESS_DENIED")
        .add(0xc0000023, "BUFFER_TOO_SMALL").add(0xc0000033, "OBJECT_NAME_INVALID")
        .add(0xc0000034, "OBJECT_NAME_NOT_FOUND").add(0xc0000035, "OBJECT_NAME_COLLISION")
        .add(0xc000003a, "OBJECT_PATH_NOT_FOUND").add(0xc0000043, "SHARING_VIOLATION")
        .add(0xc0000054, "FILE_LOCK_CONFLICT").add(0xc0000055, "LOCK_NOT_GRANTED").add(0xc0000056, "DELETE_PENDING")
        .add(0xc0000061, "PRIVILEGE_NOT_HELD").add(0xc0000064, "NO_SUCH_USER").add(0xc000006a, "WRONG_PASSWORD")
        .add(0xc000006d, "LOGON_FAILURE").add(0xc000006e, "ACCOUNT_RESTRICTION").add(0xc0000070,
            "INVALID_WORKSTATION").add(0xc0000071, "PASSWORD_EXPIRED").add(0xc0000072, "ACCOUNT_DISABLED")
        .add(0xc000007f, "DISK_FULL").add(0xc000009a, "INSUFFICIENT_RESOURCES").add(0xc00000ac, "PIPE_NOT_AVAILABLE")
        .add(0xc00000ae, "PIPE_BUSY").add(0xc00000b0, "PIPE_DISCONNECTED").add(0xc00000ba, "FILE_IS_A_DIRECTORY")
        .add(0xc00000bb, "NOT_SUPPORTED").add(0xc00000c9, "NETWORK_NAME_DELETED").add(0xc00000ca,
            "NETWORK_ACCESS_DENIED").add(0xc00000cc, "BAD_NETWORK_NAME").add(0xc0000101, "DIRECTORY_NOT_EMPTY")
        .add(0xc0000103, "NOT_A_DIRECTORY").add(0xc0000120, "CANCELLED").add(0xc0000121, "CANNOT_DELETE")
        .add(0xc0000128, "FILE_CLOSED").add(0xc000015b, "LOGON_TYPE_NOT_GRANTED").add(0xc0000193,
            "ACCOUNT_EXPIRED").add(0xc0000203, "USER_SESSION_DELETED").add(0xc0000224, "PASSWORD_MUST_CHANGE")
        .add(0xc0000225, "NOT_FOUND").add(0xc0000234, "ACCOUNT_LOCKED_OUT").add(0xc0000257, "PATH_NOT_COVERED")
        .add(0xc000035c, "NETWORK_SESSION_EXPIRED");
    private static final byte[][] OLD_DIALECTS = names("", "NT LM 0.12", "SMB 2.002", "SMB 2.???", "LANMAN1.0",
        "LANMAN2.1", "LM1.2X002", "Windows for Workgroups 3.1a", "PC NETWORK PROGRAM 1.0", "MICROSOFT NETWORKS 1.03",
        "MICROSOFT NETWORKS 3.0", "DOS LM1.2X002", "DOS LANMAN2.1", "Samba", "NT LANMAN 1.0", "XENIX CORE");

    private SmbNames() {
    }

    static byte[] smb2Command(final int number) {
        return of(SMB2_COMMANDS, number);
    }

    static byte[] smb1Command(final int number) {
        return SMB1_COMMANDS.of(number);
    }

    static byte[] disposition(final long number) {
        return of(DISPOSITIONS, number);
    }

    static byte[] shareType(final int number) {
        return of(SHARE_TYPES, number);
    }

    static byte[] infoClass(final int number) {
        return of(CLASSES, number);
    }

    static byte[] dialect(final int number) {
        final byte[] name = DIALECTS.of(number);
        return name == UNKNOWN ? UNKNOWN_DIALECT : name;
    }

    static byte[] function(final long number) {
        return FUNCTIONS.of((int) number);
    }

    static byte[] status(final long number) {
        return STATUSES.of((int) number);
    }

    /** Number of a dialect of version 1 that is at this place, or -1 if it is not a usual one. */
    static int oldDialect(final Bytes b, final int at, final int length) {
        for (int i = 0; i < OLD_DIALECTS.length; i++) {
            if (OLD_DIALECTS[i].length == length && b.matches(at, OLD_DIALECTS[i])) {
                return i;
            }
        }
        return -1;
    }

    static byte[] oldDialect(final int number) {
        final byte[] name = of(OLD_DIALECTS, number);
        return name == UNKNOWN ? UNKNOWN_DIALECT : name;
    }

    private static byte[] of(final byte[][] names, final long number) {
        return number >= 0 && number < names.length ? names[(int) number] : UNKNOWN;
    }

    private static byte[][] names(final String prefix, final String... names) {
        return Arrays.stream(names).map(name -> ascii(prefix + name)).toArray(byte[][]::new);
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Names of numbers that are far apart. */
    private static final class Table {
        private final String prefix;
        private int[] numbers = {};
        private byte[][] names = {};

        private Table(final String prefix) {
            this.prefix = prefix;
        }

        private Table add(final int number, final String name) {
            final int at = numbers.length;
            numbers = Arrays.copyOf(numbers, at + 1);
            names = Arrays.copyOf(names, at + 1);
            numbers[at] = number;
            names[at] = ascii(prefix + name);
            return this;
        }

        private byte[] of(final int number) {
            for (int i = 0; i < numbers.length; i++) {
                if (numbers[i] == number) {
                    return names[i];
                }
            }
            return UNKNOWN;
        }
    }
}
