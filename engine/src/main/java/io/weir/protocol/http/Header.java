package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.base.NativeLayout;
import io.weir.protocol.Bytes;
import java.util.Arrays;
import org.agrona.UnsafeApi;

/** The header fields that are looked at, found by a hash of their length and first letters that has no collisions. */
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

    /** No name is longer. */
    private static final int LONGEST = 3 * Long.BYTES;
    /** The names in lower case, by ordinal. */
    private static final byte[][] NAMES =
        Arrays.stream(values()).map(header -> header.text.getBytes(US_ASCII)).toArray(byte[][]::new);
    private static final Header[] ALL = values();
    private static final Header[] BY_HASH = new Header[1 << NativeLayout.NAME_BITS];

    private final String text;
    private final int length;
    /** The name's letters from the first, the ninth and the eighth from behind on, eight each. */
    private final long first;
    private final long second;
    private final long last;

    static {
        Arrays.fill(BY_HASH, OTHER);
        for (final Header header : values()) {
            if (header != OTHER) {
                final Bytes name = new Bytes().wrap(NAMES[header.ordinal()], 0, header.length);
                final int hash = hash(name.u32le(0), header.length);
                if (BY_HASH[hash] != OTHER) {
                    throw new IllegalStateException(header + " and " + BY_HASH[hash]);
                }
                BY_HASH[hash] = header;
            }
        }
    }

    /** Made of a name in lower case, which is none for what is not looked at. */
    Header(final String text) {
        this.text = text;
        length = text.length();
        final Bytes padded = new Bytes().wrap(Arrays.copyOf(text.getBytes(US_ASCII), LONGEST), 0, LONGEST);
        first = padded.u64le(0);
        second = padded.u64le(Long.BYTES);
        last = length < Long.BYTES ? 0 : padded.u64le(length - Long.BYTES);
    }

    /** The one with this name, in either case. */
    static Header of(final Bytes line, final int from, final int length) {
        final Header named = BY_HASH[hash(line.u32le(from), length)];
        return named.length == length && named.isAt(line, from) ? named : OTHER;
    }

    /** The one with a number: its ordinal. */
    static Header numbered(final int number) {
        return ALL[number];
    }

    /** Writes the names where libweir finds them: {@code weir_name} of native/src/weir.h, by hash. */
    static void writeNames(final long address) {
        for (int hash = 0; hash < BY_HASH.length; hash++) {
            final Header header = BY_HASH[hash];
            final long at = address + (long) hash * NativeLayout.NAME_BYTES;
            UnsafeApi.putLong(at + NativeLayout.NAME_FIRST, header.first);
            UnsafeApi.putLong(at + NativeLayout.NAME_SECOND, header.second);
            UnsafeApi.putLong(at + NativeLayout.NAME_LAST, header.last);
            UnsafeApi.putInt(at + NativeLayout.NAME_LENGTH, header.length);
            UnsafeApi.putInt(at + NativeLayout.NAME_NUMBER, header.ordinal());
        }
    }

    /** Of a name's length and its first four letters in either case. */
    private static int hash(final long four, final int length) {
        return (((int) four | 0x2020_2020) + length) * NativeLayout.NAME_FACTOR
            >>> Integer.SIZE - NativeLayout.NAME_BITS;
    }

    private boolean isAt(final Bytes line, final int from) {
        if (length < Long.BYTES) {
            return line.matchesIgnoringCase(from, NAMES[ordinal()]);
        }
        return line.lower64le(from) == first && line.lower64le(from + length - Long.BYTES) == last
            && (length <= 2 * Long.BYTES || line.lower64le(from + Long.BYTES) == second);
    }

    /** True for those that say where a body ends and how it is packed. */
    boolean isAboutBody() {
        return this == TRANSFER_ENCODING || this == CONTENT_LENGTH || this == CONTENT_ENCODING;
    }
}
