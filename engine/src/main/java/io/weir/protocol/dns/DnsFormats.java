package io.weir.protocol.dns;

/**
 * How the data of each type of record is written, as a letter for each of its parts: the presentation formats of the
 * RFCs that define them (IANA: DNS parameters). Types without one are written as RFC 3597 has it.
 *
 * <ul>
 * <li>{@code b w l u}: number of 8, 16, 32, 48 bits</li>
 * <li>{@code n}: domain name; {@code t}: type of record; {@code d}: date; {@code 4}: IPv4 address; {@code g}: 64 bits
 * in groups</li>
 * <li>{@code s}: string with its length in front; {@code S}: all such strings that follow; {@code a}: the same as
 * {@code s} without quotes; {@code q}: all that follows as one string</li>
 * <li>{@code x 6 e}: all that follows in hexadecimal digits, in base 64, in hexadecimal pairs with hyphens</li>
 * <li>{@code h i}: bytes with their length in 8 bits in front, in hexadecimal digits, in base 32; {@code m}: the same
 * with 16 bits in front, in base 64</li>
 * <li>{@code T}: bit map of types; {@code P}: parameters of a service binding; {@code L}: a place on Earth</li>
 * </ul>
 */
final class DnsFormats {
    private static final String[] BY_TYPE = new String[DnsCodes.TYPES];

    static {
        put("n", DnsCodes.NS, DnsCodes.CNAME, DnsCodes.PTR, DnsCodes.DNAME, 3, 4, 7, 8, 9, 23);
        put("nnlllll", DnsCodes.SOA);
        put("wn", DnsCodes.MX, 18, 21, 36, 107);
        put("S", DnsCodes.TXT, 13, 19, 20, 27, 56, 99, 258, 261);
        put("nn", 14, 17, 58);
        put("wnn", 26);
        put("tbblddwn6", 24, 46);
        put("wbb6", 25, 48, 57, 60);
        put("L", 29);
        put("nT", 47);
        put("wwwn", DnsCodes.SRV);
        put("wwsssn", 35);
        put("wwb6", 37);
        put("wbbx", 43, 59);
        put("bbx", DnsCodes.SSHFP);
        put("6", 49, 61);
        put("bbwhiT", 50);
        put("bbwh", 51);
        put("bbbx", 52, 53);
        put("lwT", 62);
        put("lbbx", 63);
        put("wnP", 64, 65);
        put("wg", 104, 106);
        put("w4", 105);
        put("e", 108, 109);
        put("nllwwm", 249);
        put("nuwmwww", 250);
        put("wwq", 256);
        put("baq", 257);
    }

    private DnsFormats() {
    }

    private static void put(final String format, final int... types) {
        for (final int type : types) {
            BY_TYPE[type] = format;
        }
    }

    /** Letters for the parts of a type's data; null if it has no format. */
    static String of(final int type) {
        return type < 0 || type >= BY_TYPE.length ? null : BY_TYPE[type];
    }
}
