package io.weir.protocol.tls;

import io.weir.base.Ascii;
import io.weir.protocol.Bytes;
import io.weir.protocol.Protocol;
import io.weir.protocol.http2.Http2;
import io.weir.protocol.tls.x509.Certificate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Services that are known to stand behind TLS: by the application protocol that was agreed on (RFC 7301), or by the
 * port once the flow is known to be TLS. They are told as labels beside it.
 */
public final class SecureServices {
    /** DNS over TLS, RFC 7858. */
    public static final Protocol DOT = Protocol.named("dot", "DNS over TLS").tcpPorts(853).encrypted().build();
    /** DNS over HTTPS, RFC 8484. */
    public static final Protocol DOH = Protocol.named("doh", "DNS over HTTPS").encrypted().build();
    /** SMTP over TLS, RFC 8314. */
    public static final Protocol SMTPS = Protocol.named("smtps", "SMTP over TLS").tcpPorts(465).encrypted().build();
    /** IMAP over TLS, RFC 8314. */
    public static final Protocol IMAPS = Protocol.named("imaps", "IMAP over TLS").tcpPorts(993).encrypted().build();
    /** POP3 over TLS, RFC 8314. */
    public static final Protocol POP3S = Protocol.named("pop3s", "POP3 over TLS").tcpPorts(995).encrypted().build();
    /** LDAP over TLS. */
    public static final Protocol LDAPS =
        Protocol.named("ldaps", "LDAP over TLS").tcpPorts(636, 3269).encrypted().build();
    /** FTP over TLS. */
    public static final Protocol FTPS = Protocol.named("ftps", "FTP over TLS").tcpPorts(990).encrypted().build();
    /** Network Time Security key establishment, RFC 8915. */
    public static final Protocol NTS = Protocol.named("nts-ke", "NTS Key Establishment").tcpPorts(4460).encrypted()
        .build();
    /** Apple's push notifications. */
    public static final Protocol APNS =
        Protocol.named("apns", "Apple Push Notification Service").tcpPorts(5223).encrypted().build();
    /** The Onion Router, as far as its certificates show it. */
    public static final Protocol TOR = Protocol.named("tor", "Tor").encrypted().build();

    private static final byte[][] NAMES = {ascii("h2"), ascii("dot"), ascii("imap"), ascii("pop3"), ascii("ftp"),
        ascii("ntske/1"), ascii("apns-"), ascii("smtp")};
    private static final Protocol[] BY_NAME = {Http2.PROTOCOL, DOT, IMAPS, POP3S, FTPS, NTS, APNS, SMTPS};
    private static final byte[][] RESOLVERS = {ascii("dns.google"), ascii("cloudflare-dns.com"),
        ascii("one.one.one.one"), ascii("dns.quad9.net"), ascii("doh.opendns.com"), ascii("dns.nextdns.io"),
        ascii("dns.adguard-dns.com"), ascii("dns.adguard.com"), ascii("doh.cleanbrowsing.org"), ascii("doh.dns.sb"),
        ascii("dns.alidns.com"), ascii("doh.pub"), ascii("dns.mullvad.net"), ascii("doh.libredns.gr")};

    private static final int SHORTEST_RESOLVER = 7;
    private static final long[] RESOLVER_ENDS = Arrays.stream(RESOLVERS)
        .mapToLong(name -> lastSeven(new Bytes().wrap(name, 0, name.length), name.length)).toArray();

    private static final int[] TOR_CIPHERS = {0x1301, 0x1303, 0x1302, 0xc02b, 0xc02f, 0xcca9, 0xcca8, 0xc02c, 0xc030,
        0xc00a, 0xc009, 0xc013, 0xc014, 0x009c, 0x009d, 0x002f, 0x0035, 0x00ff};
    private static final byte[] WWW = ascii("www.");
    private static final byte[] COM = ascii(".com");
    private static final byte[] NET = ascii(".net");

    private SecureServices() {
    }

    /** The service that has a port of TCP to itself, or null. */
    static Protocol byPort(final int port) {
        return switch (port) {
            case 853 -> DOT;
            case 465 -> SMTPS;
            case 993 -> IMAPS;
            case 995 -> POP3S;
            case 636, 3269 -> LDAPS;
            case 990 -> FTPS;
            case 4460 -> NTS;
            default -> null;
        };
    }

    /** The service that an application protocol stands for, or null. */
    public static Protocol byAlpn(final Bytes bytes, final int from, final int length) {
        for (int i = 0; i < NAMES.length; i++) {
            final byte[] name = NAMES[i];
            final boolean fits = BY_NAME[i] == APNS ? length > name.length : length == name.length;
            if (fits && bytes.matches(from, name)) {
                return BY_NAME[i];
            }
        }
        return null;
    }

    /** True for the name of a well-known public resolver, or one below it, that answers over HTTPS. */
    public static boolean isResolver(final Bytes bytes, final int from, final int length) {
        if (length < SHORTEST_RESOLVER) {
            return false;
        }
        final long end = lastSeven(bytes, from + length);
        for (int i = 0; i < RESOLVERS.length; i++) {
            if (RESOLVER_ENDS[i] == end && isOrEndsIn(bytes, from, length, RESOLVERS[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOrEndsIn(final Bytes bytes, final int from, final int length, final byte[] name) {
        final int at = from + length - name.length;
        return at >= from && (at == from || bytes.u8(at - 1) == '.') && bytes.matchesIgnoringCase(at, name);
    }

    /** The seven bytes in front of a place, letters in lower case; that in the middle counts twice. */
    private static long lastSeven(final Bytes bytes, final int end) {
        return Ascii.lower8(bytes.u32le(end - SHORTEST_RESOLVER) << Integer.SIZE | bytes.u32le(end - Integer.BYTES));
    }

    /**
     * True for names that Tor makes up: {@code www.} and letters and digits of base 32, 4 to 25 in names asked for, 8
     * to 20 in certificates, in the top-level domain of subjects and names asked for, or that of issuers.
     */
    static boolean isMadeUpByTor(final Bytes bytes, final int from, final int length) {
        final int letters = length - 8;
        if (letters < 4 || letters > 25 || !bytes.matches(from, WWW)) {
            return false;
        }
        for (int at = from + 4; at < from + 4 + letters; at++) {
            final int letter = bytes.u8(at);
            if ((letter < 'a' || letter > 'z') && (letter < '2' || letter > '7')) {
                return false;
            }
        }
        return bytes.matches(from + length - 4, COM) || bytes.matches(from + length - 4, NET);
    }

    /**
     * True for the certificate of a relay: it is signed with a key of a made-up issuer, and neither name has anything
     * but the common name.
     *
     * @param view that may be used
     */
    static boolean isCertificateOfTor(final Certificate read, final Bytes view) {
        final int issuer = read.issuerLength() - 3;
        return read.subjectAttributes() == 1 && read.issuerAttributes() == 1 && read.nameCount() == 0
            && isMadeUpByTor(read.bytes(), read.commonNameFrom(), read.commonNameLength())
            && isMadeUpByTor(view.wrap(read.issuer(), 3, Math.max(0, issuer)), 0, issuer);
    }

    /**
     * True for the ciphers that clients of Tor offer: those of a Firefox, with OpenSSL's mark at their end, and no
     * application protocol. In TLS 1.3 the certificates that would prove a relay are hidden.
     */
    static boolean isHelloOfTor(final ClientHello hello) {
        if (hello.cipherCount() != TOR_CIPHERS.length || hello.firstAlpn() != Extensions.NONE) {
            return false;
        }
        for (int i = 0; i < TOR_CIPHERS.length; i++) {
            if (hello.cipher(i) != TOR_CIPHERS[i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
