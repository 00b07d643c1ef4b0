package io.weir.protocol.smb;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;

/** Tells commands and answers of versions 2 and 3 ([MS-SMB2] 2.2); the header of 64 bytes comes first. */
final class Smb2Teller {
    static final int BODY = 64;
    private static final int NEGOTIATE = 0;
    private static final int SESSION_SETUP = 1;
    static final int TREE_CONNECT = 3;
    static final int CREATE = 5;
    private static final int CLOSE = 6;
    static final int IOCTL = 11;
    private static final int SET_INFO = 17;
    private static final int MOST_DIALECTS = 16;
    private static final int DIRECTORY_FILE = 1;
    private static final int DELETE_ON_CLOSE = 0x1000;
    /** Classes of information of a file ([MS-FSCC] 2.4), the last with flags the first of which is to delete it. */
    private static final int FILE = 1;
    private static final int RENAME_INFORMATION = 10;
    private static final int DISPOSITION_INFORMATION = 13;
    private static final int DISPOSITION_INFORMATION_EX = 64;
    /** From 1601 to 1970, in seconds. */
    private static final long EPOCH = 11_644_473_600L;

    private final Utf16 text = new Utf16();
    private final KerberosTicket kerberos = new KerberosTicket();
    private final OpenFiles files = new OpenFiles();
    private byte[] dialect;

    void reset(final BufferPool buffers) {
        dialect = null;
        files.begin(buffers);
    }

    /** Gives memory back. */
    void release() {
        files.release();
    }

    /** The version agreed on, or null. */
    byte[] dialect() {
        return dialect;
    }

    private static void dialects(final Transaction t, final Bytes b) {
        final int count = b.u16le(BODY + 2);
        for (int i = 0; i < count && b.has(BODY + 36 + 2 * i, 2); i++) {
            if (i == MOST_DIALECTS) {
                t.leftOut();
                return;
            }
            t.put(Smb.CLIENT_DIALECTS, SmbNames.dialect(b.u16le(BODY + 36 + 2 * i)));
        }
    }

    /**
     * Tells a command.
     *
     * @param creating record of what is opened by an earlier command of the same chain, or null
     */
    void request(final Transaction t, final Bytes b, final int command, final Transaction creating) {
        head(t, b, command);
        switch (command) {
            case NEGOTIATE -> {
                dialects(t, b);
                text.putGuid(t, Smb.CLIENT_GUID, b, BODY + 12);
            }
            case SESSION_SETUP -> {
                Ntlmssp.tell(t, b, BODY + 24, text);
                kerberos.tell(t, b, BODY + 24);
            }
            case TREE_CONNECT -> {
                final int at = b.u16le(BODY + 4);
                final int length = b.u16le(BODY + 6);
                text.put(t, Utf16.endsWith(b, at, length, "IPC$") ? Smb.NAMED_PIPE : Smb.SHARE, b, at, length);
            }
            case CREATE -> create(t, b);
            case IOCTL -> t.put(Smb.FUNCTION, SmbNames.function(b.u32le(BODY + 4)));
            case CLOSE -> files.closed(b, BODY + 8);
            case SET_INFO -> setInfo(t, b, creating);
            default -> { }
        }
    }

    /** Tells which command it is and what of. */
    static void head(final Transaction t, final Bytes b, final int command) {
        t.put(Smb.COMMAND, SmbNames.smb2Command(command)).put(Smb.SESSION_ID, b.u64le(40));
        if (command != TREE_CONNECT) {
            t.put(Smb.TREE_ID, b.u32le(36));
        }
    }

    private void create(final Transaction t, final Bytes b) {
        final long options = Math.max(0, b.u32le(BODY + 40));
        final boolean directory = (options & DIRECTORY_FILE) != 0;
        if (!text.put(t, directory ? Smb.DIRECTORY : Smb.FILENAME, b, b.u16le(BODY + 44), b.u16le(BODY + 46))) {
            t.put(directory ? Smb.DIRECTORY : Smb.FILENAME, SmbNames.SHARE_ROOT);
        }
        t.put(Smb.DISPOSITION, SmbNames.disposition(b.u32le(BODY + 36)));
        t.put(Smb.ACCESS, (options & DELETE_ON_CLOSE) != 0 ? SmbNames.DELETE_ON_CLOSE : SmbNames.NORMAL);
    }

    private void setInfo(final Transaction t, final Bytes b, final Transaction creating) {
        final int infoClass = b.u8(BODY + 2);
        final int level = infoClass == FILE ? b.u8(BODY + 3) : 0;
        final int at = b.u16le(BODY + 8);
        final boolean renames = level == RENAME_INFORMATION && b.has(at, 20);
        final boolean deletes = (level == DISPOSITION_INFORMATION || level == DISPOSITION_INFORMATION_EX)
            && b.has(at, 1);
        t.begin(Smb.SET_INFO).put(Smb.SET_CLASS, SmbNames.infoClass(infoClass));
        if (renames || deletes) {
            t.put(Smb.SET_LEVEL, renames ? SmbNames.RENAME_LEVEL : SmbNames.DISPOSITION_LEVEL);
        }
        t.end();
        if (renames) {
            t.begin(Smb.RENAME);
            name(t, Smb.RENAME_FROM, b, creating);
            text.put(t, Smb.RENAME_TO, b, at + 20, (int) Math.min(b.u32le(at + 16), b.length()));
            t.end();
        } else if (deletes) {
            name(t, Smb.FILENAME, b, creating);
            t.put(Smb.ACCESS, (b.u8(at) & 1) != 0 ? SmbNames.DELETE_ON_CLOSE : SmbNames.NORMAL);
        }
        if (renames || deletes) {
            text.putGuid(t, Smb.FUID, b, BODY + 16);
        }
    }

    /** Tells the name of the file that is asked about. */
    private void name(final Transaction t, final Field field, final Bytes b, final Transaction creating) {
        final Bytes name = files.name(b, BODY + 16, creating);
        if (name == null) {
            t.put(field, SmbNames.UNKNOWN_FILE);
        } else {
            t.put(field, name);
        }
    }

    /** Tells an answer; if its command was not seen, what that would have told too. */
    void response(final Transaction t, final Bytes b, final int command, final boolean asked) {
        final long status = b.u32le(8);
        if (!asked) {
            head(t, b, command);
        }
        status(t, b);
        switch (command) {
            case NEGOTIATE -> {
                if (status == 0 && b.has(BODY, 44)) {
                    dialect = SmbNames.dialect(b.u16le(BODY + 4));
                    text.putGuid(t, Smb.SERVER_GUID, b, BODY + 8);
                    t.put(Smb.MAX_READ, b.u32le(BODY + 32)).put(Smb.MAX_WRITE, b.u32le(BODY + 36));
                }
            }
            case TREE_CONNECT -> {
                t.put(Smb.TREE_ID, b.u32le(36));
                if (status == 0) {
                    t.put(Smb.SHARE_TYPE, SmbNames.shareType(b.u8(BODY + 2)));
                }
            }
            case CREATE -> {
                if (status == 0 && b.has(BODY, 80)) {
                    t.put(Smb.CREATED, seconds(b.u64le(BODY + 8))).put(Smb.ACCESSED, seconds(b.u64le(BODY + 16)))
                        .put(Smb.MODIFIED, seconds(b.u64le(BODY + 24))).put(Smb.CHANGED, seconds(b.u64le(BODY + 32)))
                        .put(Smb.SIZE, b.u64le(BODY + 48));
                    text.putGuid(t, Smb.FUID, b, BODY + 64);
                    files.opened(t, b, BODY + 64);
                }
            }
            default -> { }
        }
    }

    /** Tells the outcome. */
    void status(final Transaction t, final Bytes b) {
        final long status = b.u32le(8);
        t.put(Smb.STATUS, SmbNames.status(status));
        text.putHex(t, Smb.STATUS_CODE, status);
    }

    /** A FILETIME, in units of 100 ns since 1601, as seconds since 1970; 0 if it is before. */
    static long seconds(final long filetime) {
        return Math.max(0, filetime / 10_000_000 - EPOCH);
    }
}
