package io.weir.protocol.tls;

import io.weir.protocol.Bytes;

/**
 * A view of the body of a ServerHello, RFC 8446 section 4.1.3, also in the shape it had in drafts up to 21. Valid as
 * long as the bytes it was wrapped over; used again by wrapping. One thread.
 */
public final class ServerHello {
    private static final int SESSION_ID = 34;
    private static final int DRAFT = 0x7f00;
    private static final int LAST_DRAFT_OF_OTHER_SHAPE = 0x7f15;

    private final Bytes bytes = new Bytes();
    private final Extensions extensions = new Extensions();
    private int sessionIdLength;
    private int cipher;
    private int version;
    private int alpn;

    /** Looks at a hello; false if these bytes are none. */
    public boolean wrap(final Bytes body) {
        bytes.wrap(body, 0, body.length());
        version = legacyVersion();
        alpn = Extensions.NONE;
        final boolean draft = version == Versions.TLS_1_3
            || version > DRAFT && version <= LAST_DRAFT_OF_OTHER_SHAPE;
        sessionIdLength = draft ? 0 : bytes.u8(SESSION_ID);
        final int at = draft ? SESSION_ID : SESSION_ID + 1 + sessionIdLength;
        if (sessionIdLength < 0 || sessionIdLength > 32) {
            return false;
        }
        cipher = bytes.u16(at);
        if (cipher < 0) {
            return false;
        }
        extensions.begin(bytes, draft ? at + 2 : at + 3);
        while (extensions.advance()) {
            final int data = extensions.data();
            final int length = extensions.length();
            if (extensions.type() == Extensions.SUPPORTED_VERSIONS && length == 2) {
                version = bytes.u16(data);
            } else if (extensions.type() == Extensions.ALPN && length > 3 && bytes.u8(data + 2) <= length - 3) {
                alpn = data + 2;
            }
        }
        return true;
    }

    /** The bytes all places count in. */
    public Bytes bytes() {
        return bytes;
    }

    /** True if the extensions do not fit. */
    public boolean isDamaged() {
        return extensions.isDamaged();
    }

    /** Version in the fixed part. */
    public int legacyVersion() {
        return bytes.u16(0);
    }

    /** The version that was chosen. */
    public int version() {
        return version;
    }

    /** Place of the session id. */
    public int sessionIdFrom() {
        return SESSION_ID + 1;
    }

    /** Length of the session id, 0 to 32. */
    public int sessionIdLength() {
        return sessionIdLength;
    }

    /** The cipher suite that was chosen. */
    public int cipher() {
        return cipher;
    }

    /** The extensions, in their order. */
    public Extensions extensions() {
        return extensions;
    }

    /** Place of the length byte of the application protocol that was chosen, or {@link Extensions#NONE}. */
    public int alpn() {
        return alpn;
    }
}
