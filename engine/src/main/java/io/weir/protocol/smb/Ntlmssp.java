package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** The authenticate message of NTLM ([MS-NLMP] 2.2.1.3): who logs on, from where. */
final class Ntlmssp {
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
    private static final int AUTHENTICATE = 3;
    private static final int UNICODE = 1;
    private static final int HAS_VERSION = 1 << 25;

    private Ntlmssp() {
    }

    /** Tells the message if there is one in a security blob, however it is wrapped. */
    static void tell(final Transaction t, final Bytes b, final int from, final Utf16 text) {
        final int at = b.indexOf(SIGNATURE, from);
        if (at < 0 || b.u32le(at + 8) != AUTHENTICATE || !b.has(at, 64)) {
            return;
        }
        final long flags = b.u32le(at + 60);
        final boolean wide = (flags & UNICODE) != 0;
        t.begin(Smb.NTLMSSP);
        part(t, Smb.DOMAIN, b, at, 28, wide, text);
        part(t, Smb.USER, b, at, 36, wide, text);
        part(t, Smb.HOST, b, at, 44, wide, text);
        if ((flags & HAS_VERSION) != 0 && b.has(at + 64, 8)) {
            text.putVersion(t, Smb.VERSION, b.u8(at + 64), b.u8(at + 65), b.u16le(at + 66),
                b.u8(at + 71));
        }
        t.end();
    }

    /** Length, capacity and place of a part, from the message's beginning. */
    private static void part(final Transaction t, final Field field, final Bytes b, final int message,
        final int head, final boolean wide, final Utf16 text) {
        final int length = b.u16le(message + head);
        final long place = b.u32le(message + head + 4);
        if (length < 0 || place > b.length() || !b.has(message + (int) place, length)) {
            return;
        }
        if (wide && length > 0) {
            text.put(t, field, b, message + (int) place, length);
        } else {
            t.put(field, b, message + (int) place, length);
        }
    }
}
