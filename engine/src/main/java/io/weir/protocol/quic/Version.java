package io.weir.protocol.quic;

import io.weir.protocol.quic.crypto.Hkdf;
import java.util.HexFormat;

/** The versions of QUIC whose Initial packets can be told apart and opened: salts, labels and layout of each family. */
final class Version {
    /** Drafts up to 22 of the specification, and mvfst at that time. */
    static final Version DRAFT_22 = new Version("7fbcdb0e7c66bbe92a96cd21519ebd7a02644190", "quic");
    /** Drafts 23 to 28, and mvfst at that time. */
    static final Version DRAFT_23 = new Version("c3eef712c72ebb5a11a7d2432bb46365bef9f502", "quic");
    /** Drafts 29 to 32. */
    static final Version DRAFT_29 = new Version("afbfec289993d24c9e9786f19c6111e04390a899", "quic");
    /** Drafts 33 and 34, and version 1: RFC 9001, 5.2. */
    static final Version V1 = new Version("38762cf7f55934b34d179ae6a4c80cadccbb7f0a", "quic");
    /** Version 2 before its number was settled. */
    static final Version DRAFT_V2 = new Version("a707c203a59b47184a1d62ca570406ea7ae3e5d3", "quicv2");
    /** Version 2: RFC 9369, 3.3. */
    static final Version V2 = new Version("0dede3def700a6db819381be6e269dcbf9bd2ed9", "quicv2");
    /** Google's Q050: the layout of the drafts around Google's own handshake. */
    static final Version Q050 = new Version("504574efd066fe2f9d945cfcdbd3a7f0d3b56b45", "quic");
    /** Google's T050: Q050 with TLS. */
    static final Version T050 = new Version("7ff579e5acd072915580304c43a2367c60488310", "quic");
    /** Google's T051. */
    static final Version T051 = new Version("7a4edef4e7ccee5fa4506c19124fc8ccda6e033d", "quic");
    /** Google's versions with a long header and a handshake in the clear: Q044 to Q049. */
    static final Version GOOGLE_LONG = new Version(null, null);
    /** A version with the layout of version 1 that cannot be opened. */
    static final Version OPAQUE = new Version(null, null);
    /**
     * A number kept free so that peers get used to unknown ones: RFC 9000, 15. What seals its packets is left to
     * the client, which takes that of its other versions.
     */
    static final Version RESERVED = new Version(null, null);
    /** Not a version. */
    static final Version UNKNOWN = new Version(null, null);

    /** Number of the version of RFC 9369. */
    static final long NUMBER_V2 = 0x6b33_43cfL;

    private final byte[] salt;
    private final byte[] keyLabel;
    private final byte[] ivLabel;
    private final byte[] headerLabel;

    private Version(final String salt, final String prefix) {
        this.salt = salt == null ? null : HexFormat.of().parseHex(salt);
        this.keyLabel = Hkdf.label(prefix + " key", 16);
        this.ivLabel = Hkdf.label(prefix + " iv", 12);
        this.headerLabel = Hkdf.label(prefix + " hp", 16);
    }

    /** What the second byte of a number may be, of 0 too, which asks for another version. */
    static int[] secondBytes() {
        return new int[] {0, 0x30, 0x33, 0xce, 0x0a, 0x1a, 0x2a, 0x3a, 0x4a, 0x5a, 0x6a, 0x7a, 0x8a, 0x9a, 0xaa, 0xba,
            0xca, 0xda, 0xea, 0xfa};
    }

    /** The one with this number on the wire. */
    static Version of(final long number) {
        if (number == 1) {
            return V1;
        }
        if (number == NUMBER_V2) {
            return V2;
        }
        if (number == 0x709a_50c4L) {
            return DRAFT_V2;
        }
        final int last = (int) number & 0xff;
        return switch ((int) (number >>> 8)) {
            case 0xff0000 -> ofDraft(last);
            case 0xfaceb0 -> last == 1 ? DRAFT_22 : last <= 0x0f ? DRAFT_23 : last <= 0x1f ? DRAFT_29 : UNKNOWN;
            case 0x513034 -> last >= '4' && last <= '9' ? GOOGLE_LONG : UNKNOWN;
            case 0x513035 -> last == '0' ? Q050 : UNKNOWN;
            case 0x543034 -> last == '8' || last == '9' ? OPAQUE : UNKNOWN;
            case 0x543035 -> last == '0' ? T050 : last == '1' ? T051 : UNKNOWN;
            default -> isReserved(number) ? RESERVED : UNKNOWN;
        };
    }

    private static Version ofDraft(final int draft) {
        if (draft < 17 || draft > 34) {
            return UNKNOWN;
        }
        return draft <= 20 ? OPAQUE : draft <= 22 ? DRAFT_22 : draft <= 28 ? DRAFT_23 : draft <= 32 ? DRAFT_29 : V1;
    }

    /** True if that is the number of none, and will not be: RFC 9000, 15. */
    static boolean isReserved(final long number) {
        return (number & 0x0f0f_0f0fL) == 0x0a0a_0a0aL;
    }

    /** True if Initial packets can be opened. */
    boolean isOpen() {
        return salt != null || this == RESERVED;
    }

    /** True if the handshake is Google's instead of TLS. */
    boolean isGoogleHandshake() {
        return this == Q050 || this == GOOGLE_LONG;
    }

    /** True if frames may be those of Google's numbering. */
    boolean hasGoogleFrames() {
        return this == Q050 || this == T050 || this == T051;
    }

    /** True if packet types are numbered as in version 2. */
    boolean isSecond() {
        return this == V2 || this == DRAFT_V2;
    }

    byte[] salt() {
        return salt;
    }

    byte[] keyLabel() {
        return keyLabel;
    }

    byte[] ivLabel() {
        return ivLabel;
    }

    byte[] headerLabel() {
        return headerLabel;
    }
}
