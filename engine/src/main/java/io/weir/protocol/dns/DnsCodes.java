package io.weir.protocol.dns;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Names of the numbers in DNS messages, as records print them (IANA: DNS parameters). */
public final class DnsCodes {
    /** An IPv4 address. */
    public static final int A = 1;
    /** A name server. */
    public static final int NS = 2;
    /** The proper name of an alias. */
    public static final int CNAME = 5;
    /** Start of authority. */
    public static final int SOA = 6;
    /** Any bytes. */
    public static final int NULL = 10;
    /** A name, for an address. */
    public static final int PTR = 12;
    /** A mail exchange. */
    public static final int MX = 15;
    /** Strings. */
    public static final int TXT = 16;
    /** An IPv6 address. */
    public static final int AAAA = 28;
    /** NetBIOS name; the old number of the record NIMLOC. */
    public static final int NB = 32;
    /** Where a service is; NetBIOS has the same number for the status of a node. */
    public static final int SRV = 33;
    /** Another name for a whole subtree. */
    public static final int DNAME = 39;
    /** EDNS (RFC 6891). */
    public static final int OPT = 41;
    /** Fingerprint of an SSH key. */
    public static final int SSHFP = 44;
    /** One more than the highest type that has a name. */
    public static final int TYPES = 262;

    /** What stands in front of the number of a type without a name, in upper and lower case (RFC 3597). */
    static final byte[][] UNKNOWN = {ascii("TYPE"), ascii("type")};

    private static final byte[][] UPPER = new byte[TYPES][];
    private static final byte[][] LOWER = new byte[TYPES][];
    private static final byte[][] RCODES = new byte[16][];

    static {
        types(1, "A", "NS", "MD", "MF", "CNAME", "SOA", "MB", "MG", "MR", "NULL", "WKS", "PTR", "HINFO", "MINFO", "MX",
            "TXT", "RP", "AFSDB", "X25", "ISDN", "RT", "NSAP", "NSAPPTR", "SIG", "KEY", "PX", "GPOS", "AAAA", "LOC",
            "NXT", "EID", "NIMLOC", "SRV", "ATMA", "NAPTR", "KX", "CERT", "A6", "DNAME", "SINK", "OPT", "APL", "DS",
            "SSHFP", "IPSECKEY", "RRSIG", "NSEC", "DNSKEY", "DHCID", "NSEC3", "NSEC3PARAM", "TLSA", "SMIMEA");
        types(55, "HIP", "NINFO", "RKEY", "TALINK", "CDS", "CDNSKEY", "OPENPGPKEY", "CSYNC", "ZONEMD", "SVCB", "HTTPS",
            "DSYNC");
        types(99, "SPF", "UINFO", "UID", "GID", "UNSPEC", "NID", "L32", "L64", "LP", "EUI48", "EUI64");
        types(249, "TKEY", "TSIG", "IXFR", "AXFR", "MAILB", "MAILA", "ANY", "URI", "CAA", "AVC", "DOA", "AMTRELAY",
            "RESINFO");
        for (int i = 0; i < TYPES; i++) {
            if (UPPER[i] == null) {
                UPPER[i] = ascii("TYPE" + i);
            }
            LOWER[i] = ascii(new String(UPPER[i], StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT));
        }
        final String[] rcodes = {"NOERROR", "FORMERR", "SERVFAIL", "NXDOMAIN", "NOTIMP", "REFUSED", "YXDOMAIN",
            "YXRRSET", "NXRRSET", "NOTAUTH", "NOTZONE", "DSOTYPENI", "12", "13", "14", "15"};
        for (int i = 0; i < rcodes.length; i++) {
            RCODES[i] = ascii(rcodes[i]);
        }
    }

    private DnsCodes() {
    }

    private static void types(final int first, final String... names) {
        for (int i = 0; i < names.length; i++) {
            UPPER[first + i] = ascii(names[i]);
        }
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Name of a type of record, or null if it has none. */
    public static byte[] type(final int type, final boolean lowerCase) {
        return type >= TYPES || type < 0 ? null : lowerCase ? LOWER[type] : UPPER[type];
    }

    /** Name of what a server answered, 0 to 15. */
    public static byte[] rcode(final int rcode) {
        return RCODES[rcode & 15];
    }
}
