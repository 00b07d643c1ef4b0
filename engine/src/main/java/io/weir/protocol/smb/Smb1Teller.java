package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;

/** Tells commands and answers of version 1 ([MS-CIFS] 2.2.4); the header of 32 bytes comes first. */
final class Smb1Teller {
    /** Where parameters are: behind the header and their count. */
    static final int WORDS = 33;
    private static final int NEGOTIATE = 0x72;
    private static final int SESSION_SETUP = 0x73;
    static final int TREE_CONNECT = 0x75;
    private static final int NT_CREATE = 0xa2;
    private static final int UNICODE = 0x8000;
    private static final int NT_STATUS = 0x4000;
    private static final int MOST_DIALECTS = 16;
    private static final int DELETE_ON_CLOSE = 0x1000;
    private static final byte[] PIPES = {'I', 'P', 'C', '$'};
    /** Kind of a share of pipes. */
    private static final byte[] PIPE_SERVICE = {'I', 'P', 'C', 0};

    private final Utf16 text = new Utf16();
    private final KerberosTicket kerberos = new KerberosTicket();
    /** Numbers of the offered dialects. */
    private final byte[] offered = new byte[MOST_DIALECTS];
    /** Kind of share that the newest tree connect asked for. */
    private final byte[] service = new byte[8];
    private int serviceLength;
    private int offers;
    private byte[] dialect;

    void reset() {
        offers = 0;
        serviceLength = 0;
        dialect = SmbNames.UNKNOWN_DIALECT;
    }

    /** The version agreed on. */
    byte[] dialect() {
        return dialect;
    }

    private static boolean isWide(final Bytes b) {
        return (b.u16le(10) & UNICODE) != 0;
    }

    /** Tells which command it is and what of. */
    static void head(final Transaction t, final Bytes b, final int command) {
        t.put(Smb.COMMAND, SmbNames.smb1Command(command)).put(Smb.SESSION_ID, b.u16le(28));
        if (command != TREE_CONNECT) {
            t.put(Smb.TREE_ID, b.u16le(24));
        }
    }

    void request(final Transaction t, final Bytes b, final int command) {
        head(t, b, command);
        final int words = b.u8(WORDS - 1);
        final int data = WORDS + 2 * Math.max(0, words) + 2;
        switch (command) {
            case NEGOTIATE -> dialects(t, b, data);
            case SESSION_SETUP -> sessionSetup(t, b, words, data);
            case TREE_CONNECT -> {
                final int path = data + Math.max(0, b.u16le(WORDS + 6));
                final boolean wide = isWide(b);
                final int start = wide ? path + (path & 1) : path;
                final int end = Utf16.end(b, start, wide);
                final boolean pipe = wide ? Utf16.endsWith(b, start, end - start, "IPC$")
                    : b.matchesIgnoringCase(end - PIPES.length, PIPES);
                keepService(b, text.putEnded(t, pipe ? Smb.NAMED_PIPE : Smb.SHARE, b, path, wide));
            }
            case NT_CREATE -> create(t, b, data);
            default -> { }
        }
    }

    /** The kind of share asked for is told together with the answer's. */
    private void keepService(final Bytes b, final int at) {
        serviceLength = Math.min(Utf16.end(b, at, false) - at, service.length);
        for (int i = 0; i < serviceLength; i++) {
            service[i] = (byte) b.u8(at + i);
        }
    }

    /** Each is a byte 2 and a string that zero ends. */
    private void dialects(final Transaction t, final Bytes b, final int data) {
        offers = 0;
        int at = data;
        while (b.u8(at) == 2) {
            if (offers == MOST_DIALECTS) {
                t.leftOut();
                return;
            }
            final int end = Utf16.end(b, at + 1, false);
            t.put(Smb.CLIENT_DIALECTS, b, at + 1, end - at - 1);
            offered[offers++] = (byte) SmbNames.oldDialect(b, at + 1, end - at - 1);
            at = end + 1;
        }
    }

    /** Of extended security (12 words) with a blob, or of the older form (13 words) with passwords and the user. */
    private void sessionSetup(final Transaction t, final Bytes b, final int words, final int data) {
        final boolean wide = isWide(b);
        int at;
        if (words == 12) {
            Ntlmssp.tell(t, b, data, text);
            kerberos.tell(t, b, data);
            at = data + b.u16le(WORDS + 14);
        } else if (words == 13) {
            at = data + b.u16le(WORDS + 14) + b.u16le(WORDS + 16);
            final int user = at;
            t.begin(Smb.NTLMSSP);
            at = text.putEnded(t, Smb.USER, b, user, wide);
            at = text.putEnded(t, Smb.DOMAIN, b, at, wide);
            t.end();
        } else {
            return;
        }
        t.begin(Smb.REQUEST);
        text.putEnded(t, Smb.NATIVE_LM, b, text.putEnded(t, Smb.NATIVE_OS, b, at, wide), wide);
        t.end();
    }

    private void create(final Transaction t, final Bytes b, final int data) {
        final boolean wide = isWide(b);
        final int at = wide ? data + (data & 1) : data;
        final int length = b.u16le(WORDS + 5);
        final long options = Math.max(0, b.u32le(WORDS + 39));
        if (length <= 0) {
            t.put(Smb.FILENAME, SmbNames.SHARE_ROOT);
        } else if (wide) {
            text.put(t, (options & 1) != 0 ? Smb.DIRECTORY : Smb.FILENAME, b, at, length);
        } else {
            t.put((options & 1) != 0 ? Smb.DIRECTORY : Smb.FILENAME, b, at, length);
        }
        t.put(Smb.DISPOSITION, SmbNames.disposition(b.u32le(WORDS + 35)));
        t.put(Smb.ACCESS, (options & DELETE_ON_CLOSE) != 0 ? SmbNames.DELETE_ON_CLOSE : SmbNames.NORMAL);
    }

    /** Tells an answer; if its command was not seen, what that would have told too. */
    void response(final Transaction t, final Bytes b, final int command, final boolean asked) {
        if (!asked) {
            head(t, b, command);
        }
        status(t, b);
        final int words = b.u8(WORDS - 1);
        final int data = WORDS + 2 * Math.max(0, words) + 2;
        final boolean wide = isWide(b);
        switch (command) {
            case NEGOTIATE -> {
                final int chosen = b.u16le(WORDS);
                if (chosen >= 0 && chosen < offers) {
                    dialect = SmbNames.oldDialect(offered[chosen]);
                }
            }
            case SESSION_SETUP -> {
                if (words == 3 || words == 4) {
                    final int at = words == 4 ? data + b.u16le(WORDS + 6) : data;
                    t.begin(Smb.RESPONSE);
                    text.putEnded(t, Smb.NATIVE_LM, b, text.putEnded(t, Smb.NATIVE_OS, b, at, wide), wide);
                    t.end();
                }
            }
            case TREE_CONNECT -> {
                t.put(Smb.TREE_ID, b.u16le(24));
                if (words > 0) {
                    t.begin(Smb.SERVICE);
                    if (asked) {
                        t.put(Smb.SERVICE_REQUEST, service, 0, serviceLength);
                    }
                    text.putEnded(t, Smb.SERVICE_RESPONSE, b, data, false);
                    t.end();
                }
            }
            case NT_CREATE -> {
                if (words >= 34) {
                    t.put(Smb.CREATED, Smb2Teller.seconds(b.u64le(WORDS + 11)))
                        .put(Smb.ACCESSED, Smb2Teller.seconds(b.u64le(WORDS + 19)))
                        .put(Smb.MODIFIED, Smb2Teller.seconds(b.u64le(WORDS + 27)))
                        .put(Smb.CHANGED, Smb2Teller.seconds(b.u64le(WORDS + 35)))
                        .put(Smb.SIZE, b.u64le(WORDS + 55));
                }
            }
            default -> { }
        }
    }

    /** Tells the outcome. */
    void status(final Transaction t, final Bytes b) {
        final long status = b.u32le(5);
        if ((b.u16le(10) & NT_STATUS) != 0 || status == 0) {
            t.put(Smb.STATUS, SmbNames.status(status));
        }
        text.putHex(t, Smb.STATUS_CODE, status);
    }

    /** True if the answer to a tree connect says that the share is of pipes. */
    static boolean isOfPipes(final Bytes b) {
        return b.matches(WORDS + 2 * Math.max(0, b.u8(WORDS - 1)) + 2, PIPE_SERVICE);
    }
}
