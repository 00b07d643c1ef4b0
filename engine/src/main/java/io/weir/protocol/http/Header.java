package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import java.util.Arrays;

/** The header fields that are looked at, told apart by length and first letter before they are compared. */
enum Header {
    OTHER(""),
    HOST("host"),
    USER_AGENT("user-agent"),
    REFERER("referer"),
    CONTENT_TYPE("content-type"),
    CONTENT_LENGTH("content-length"),
    CONTENT_RANGE("content-range"),
    CONTENT_ENCODING("content-encoding"),
    CONTENT_DISPOSITION("content-disposition"),
    TRANSFER_ENCODING("transfer-encoding"),
    LOCATION("location"),
    UPGRADE("upgrade"),
    EXPECT("expect"),
    AUTHORIZATION("authorization"),
    SOAP_ACTION("soapaction"),
    ELASTIC_PRODUCT("x-elastic-product"),
    WEBSOCKET_PROTOCOL("sec-websocket-protocol");

    private static final int LEAST = 4;
    private static final int HASH_BITS = 10;

    /** The names in lower case, by ordinal. */
    private static final byte[][] NAMES =
        Arrays.stream(values()).map(header -> header.text.getBytes(US_ASCII)).toArray(byte[][]::new);

    /** Bits set for the hashes of what names begin with, {@link #LEAST} letters. */
    private static final long[] BEGINNINGS = new long[1 << HASH_BITS - 6];

    private final String text;

    static {
        for (final byte[] name : NAMES) {
            if (name.length >= LEAST) {
                final int hash = hash(new Bytes().wrap(name, 0, LEAST).u32(0));
                BEGINNINGS[hash >> 6] |= 1L << hash;
            }
        }
    }

    Header(final String text) {
        this.text = text;
    }

    /** False if a line that begins with these four bytes is one of {@link #OTHER} for sure. */
    static boolean mayBegin(final long four) {
        final int hash = hash(four);
        return (BEGINNINGS[hash >> 6] >>> hash & 1) != 0;
    }

    /** Of four letters in either case. */
    private static int hash(final long four) {
        return ((int) four | 0x2020_2020) * 0x9e37_79b1 >>> Integer.SIZE - HASH_BITS;
    }

    /** The one with this name, in either case. */
    static Header of(final Bytes line, final int from, final int length) {
        final int first = line.u8(from) | 0x20;
        return switch (length) {
            case 4 -> first == 'h' ? HOST.orOther(line, from) : OTHER;
            case 6 -> first == 'e' ? EXPECT.orOther(line, from) : OTHER;
            case 7 -> first == 'r' ? REFERER.orOther(line, from) : first == 'u' ? UPGRADE.orOther(line, from) : OTHER;
            case 8 -> first == 'l' ? LOCATION.orOther(line, from) : OTHER;
            case 10 -> first == 'u' ? USER_AGENT.orOther(line, from)
                : first == 's' ? SOAP_ACTION.orOther(line, from) : OTHER;
            case 12 -> first == 'c' ? CONTENT_TYPE.orOther(line, from) : OTHER;
            case 13 -> first == 'c' ? CONTENT_RANGE.orOther(line, from)
                : first == 'a' ? AUTHORIZATION.orOther(line, from) : OTHER;
            case 14 -> first == 'c' ? CONTENT_LENGTH.orOther(line, from) : OTHER;
            case 16 -> first == 'c' ? CONTENT_ENCODING.orOther(line, from) : OTHER;
            case 19 -> first == 'c' ? CONTENT_DISPOSITION.orOther(line, from) : OTHER;
            case 17 -> first == 't' ? TRANSFER_ENCODING.orOther(line, from)
                : first == 'x' ? ELASTIC_PRODUCT.orOther(line, from) : OTHER;
            case 22 -> first == 's' ? WEBSOCKET_PROTOCOL.orOther(line, from) : OTHER;
            default -> OTHER;
        };
    }

    /** True for those that say where a body ends and how it is packed. */
    boolean isAboutBody() {
        return this == TRANSFER_ENCODING || this == CONTENT_LENGTH || this == CONTENT_ENCODING;
    }

    private Header orOther(final Bytes line, final int from) {
        return line.matchesIgnoringCase(from, NAMES[ordinal()]) ? this : OTHER;
    }
}
