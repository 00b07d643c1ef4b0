package io.weir.protocol.tls;

import io.weir.protocol.Bytes;

/**
 * A view of the body of a ClientHello, RFC 8446 section 4.1.2 (RFC 9147 for DTLS), behind the header of the handshake
 * message: of TLS, DTLS or QUIC. Nothing is copied: lists are told as places in {@link #bytes()} and counts. Valid as
 * long as the bytes it was wrapped over; used again by wrapping. One thread.
 */
public final class ClientHello {
    private static final int RANDOM_END = 34;
    private static final int HOST_NAME = 0;

    private final Bytes bytes = new Bytes();
    private final Extensions extensions = new Extensions();
    private boolean damaged;
    private int sessionIdLength;
    private int ciphersFrom;
    private int cipherCount;
    private int sniFrom;
    private int sniLength;
    private int alpnFrom;
    private int alpnEnd;
    private int versionsFrom;
    private int versionCount;
    private int groupsFrom;
    private int groupCount;
    private int pointFormatsFrom;
    private int pointFormatCount;
    private int algorithmsFrom;
    private int algorithmCount;
    private int serverNames;
    private boolean unknownNameType;
    private boolean ticket;
    private boolean encryptedHello;

    /**
     * Looks at a hello of TLS or QUIC.
     *
     * @return false if these bytes are none: the parts up to the compression methods must be there and fit
     */
    public boolean wrap(final Bytes body) {
        return wrap(body, false);
    }

    /** The same, for DTLS if {@code datagram}: there a cookie stands in front of the ciphers. */
    public boolean wrap(final Bytes body, final boolean datagram) {
        clear();
        bytes.wrap(body, 0, body.length());
        sessionIdLength = bytes.u8(RANDOM_END);
        if (sessionIdLength < 0 || sessionIdLength > 32) {
            return false;
        }
        int at = RANDOM_END + 1 + sessionIdLength;
        if (datagram) {
            final int cookie = bytes.u8(at);
            if (cookie < 0) {
                return false;
            }
            at += 1 + cookie;
        }
        final int ciphersLength = bytes.u16(at);
        final int compressions = bytes.u8(at + 2 + ciphersLength);
        if (ciphersLength < 0 || compressions < 0 || !bytes.has(at + 3 + ciphersLength, compressions)) {
            return false;
        }
        ciphersFrom = at + 2;
        cipherCount = ciphersLength / 2;
        damaged = (ciphersLength & 1) != 0 || compressions == 0;
        extensions.begin(bytes, at + 3 + ciphersLength + compressions);
        while (extensions.advance()) {
            extension(extensions.type(), extensions.data(), extensions.length());
        }
        damaged |= extensions.isDamaged();
        return true;
    }

    private void clear() {
        sniFrom = 0;
        sniLength = 0;
        alpnFrom = 0;
        alpnEnd = 0;
        versionsFrom = 0;
        versionCount = 0;
        groupsFrom = 0;
        groupCount = 0;
        pointFormatsFrom = 0;
        pointFormatCount = 0;
        algorithmsFrom = 0;
        algorithmCount = 0;
        serverNames = 0;
        unknownNameType = false;
        ticket = false;
        encryptedHello = false;
    }

    private void extension(final int type, final int data, final int length) {
        switch (type) {
            case Extensions.SERVER_NAME -> serverName(data, length);
            case Extensions.ALPN -> alpn(data, length);
            case Extensions.SUPPORTED_VERSIONS -> {
                versionsFrom = data + 1;
                versionCount = count(bytes.u8(data), length - 1) / 2;
            }
            case Extensions.SUPPORTED_GROUPS -> {
                groupsFrom = data + 2;
                groupCount = count(bytes.u16(data), length - 2) / 2;
            }
            case Extensions.POINT_FORMATS -> {
                pointFormatsFrom = data + 1;
                pointFormatCount = count(bytes.u8(data), length - 1);
            }
            case Extensions.SIGNATURE_ALGORITHMS -> {
                algorithmsFrom = data + 2;
                algorithmCount = count(bytes.u16(data), length - 2) / 2;
            }
            case Extensions.SESSION_TICKET -> ticket |= length > 0;
            case Extensions.ENCRYPTED_CLIENT_HELLO, Extensions.ENCRYPTED_SERVER_NAME -> encryptedHello = true;
            default -> {
                // Counts for fingerprints alone.
            }
        }
    }

    private int count(final int announced, final int there) {
        damaged |= announced != there;
        return Math.max(0, Math.min(announced, there));
    }

    /** A list of names with a type each, RFC 6066 section 3; the first host name counts. */
    private void serverName(final int data, final int length) {
        serverNames++;
        final int end = data + length;
        int at = data + 2;
        while (at + 3 <= end) {
            final int nameLength = bytes.u16(at + 1);
            final int name = at + 3;
            if (name + nameLength > end) {
                damaged = true;
                return;
            }
            if (bytes.u8(at) == HOST_NAME && sniLength == 0) {
                sniFrom = name;
                sniLength = nameLength;
            }
            unknownNameType |= bytes.u8(at) != HOST_NAME;
            at = name + nameLength;
        }
    }

    /** A list of names with a length byte each, RFC 7301. */
    private void alpn(final int data, final int length) {
        alpnFrom = data + 2;
        alpnEnd = alpnFrom;
        final int end = data + length;
        while (alpnEnd < end) {
            final int next = alpnEnd + 1 + bytes.u8(alpnEnd);
            if (next > end) {
                damaged = true;
                return;
            }
            alpnEnd = next;
        }
    }

    /** The bytes all places count in. */
    public Bytes bytes() {
        return bytes;
    }

    /** True if lengths contradict each other, or bytes are missing or left over; what fits is told all the same. */
    public boolean isDamaged() {
        return damaged;
    }

    /** True if a server name is not called a host name, the only type there is (RFC 6066 section 3). */
    public boolean hasUnknownNameType() {
        return unknownNameType;
    }

    /** Version in the fixed part: that of TLS 1.2 or below. */
    public int legacyVersion() {
        return bytes.u16(0);
    }

    /** Place of the session id. */
    public int sessionIdFrom() {
        return RANDOM_END + 1;
    }

    /** Length of the session id, 0 to 32. */
    public int sessionIdLength() {
        return sessionIdLength;
    }

    /** Place of the first cipher suite. */
    public int ciphersFrom() {
        return ciphersFrom;
    }

    /** Number of cipher suites. */
    public int cipherCount() {
        return cipherCount;
    }

    /** A cipher suite. */
    public int cipher(final int index) {
        return bytes.u16(ciphersFrom + 2 * index);
    }

    /** The extensions, in their order. */
    public Extensions extensions() {
        return extensions;
    }

    /** True if there is the extension for a server name, even one without a name. */
    public boolean hasServerName() {
        return serverNames > 0;
    }

    /** How many extensions for a server name there are: one too many is an error. */
    public int serverNameCount() {
        return serverNames;
    }

    /** Place of the name of the server that is asked for. */
    public int sniFrom() {
        return sniFrom;
    }

    /** Length of that name, 0 if there is none. */
    public int sniLength() {
        return sniLength;
    }

    /** Place of the first application protocol's length byte, its name follows; or {@link Extensions#NONE}. */
    public int firstAlpn() {
        return alpnFrom < alpnEnd ? alpnFrom : Extensions.NONE;
    }

    /** The same for the application protocol behind the one at this place. */
    public int nextAlpn(final int at) {
        final int next = at + 1 + bytes.u8(at);
        return next < alpnEnd ? next : Extensions.NONE;
    }

    /** Place of the first supported version. */
    public int versionsFrom() {
        return versionsFrom;
    }

    /** Number of supported versions; 0 before TLS 1.3. */
    public int versionCount() {
        return versionCount;
    }

    /** A supported version. */
    public int version(final int index) {
        return bytes.u16(versionsFrom + 2 * index);
    }

    /** Place of the first supported group. */
    public int groupsFrom() {
        return groupsFrom;
    }

    /** Number of supported groups, once called elliptic curves. */
    public int groupCount() {
        return groupCount;
    }

    /** A supported group. */
    public int group(final int index) {
        return bytes.u16(groupsFrom + 2 * index);
    }

    /** Place of the first point format. */
    public int pointFormatsFrom() {
        return pointFormatsFrom;
    }

    /** Number of point formats. */
    public int pointFormatCount() {
        return pointFormatCount;
    }

    /** A point format. */
    public int pointFormat(final int index) {
        return bytes.u8(pointFormatsFrom + index);
    }

    /** Place of the first signature algorithm. */
    public int signatureAlgorithmsFrom() {
        return algorithmsFrom;
    }

    /** Number of signature algorithms. */
    public int signatureAlgorithmCount() {
        return algorithmCount;
    }

    /** A signature algorithm. */
    public int signatureAlgorithm(final int index) {
        return bytes.u16(algorithmsFrom + 2 * index);
    }

    /** True if the client shows a session ticket, RFC 5077. */
    public boolean hasTicket() {
        return ticket;
    }

    /** True if the true name may be in an encrypted hello (or in an encrypted server name, its forerunner). */
    public boolean hasEncryptedHello() {
        return encryptedHello;
    }
}
