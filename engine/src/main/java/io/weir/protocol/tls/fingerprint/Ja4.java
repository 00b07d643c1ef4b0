package io.weir.protocol.tls.fingerprint;

import io.weir.protocol.Bytes;
import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Extensions;
import java.util.Arrays;

/**
 * JA4 of clients, as published by FoxIO: {@code t13d1516h2_8daaf6152771_e5627efa2ab1}. First what can be read:
 * transport, version, whether a name is asked for, how many ciphers and extensions, ends of the first application
 * protocol. Then SHA-256 of the sorted ciphers, and of the sorted extensions with the signature algorithms, 12 digits
 * each. GREASE is left out.
 *
 * <p>One result at a time, in buffers that are used again; nothing is allocated. One thread.
 */
public final class Ja4 {
    /** Transport TCP. */
    public static final char TCP = 't';
    /** Transport QUIC. */
    public static final char QUIC = 'q';
    /** Transport DTLS. */
    public static final char DTLS = 'd';
    /** Length of {@link #text()}. */
    public static final int LENGTH = 36;

    /** Most ciphers and extensions that are sorted and hashed. */
    private static final int MAX_VALUES = 4096;
    private static final int FEW = 32;
    private static final int HASH_DIGITS = 12;
    private static final int CIPHERS_AT = 11;
    private static final int EXTENSIONS_AT = 24;

    private final HashedText text = new HashedText("SHA-256", 8 * MAX_VALUES);
    private final int[] values = new int[MAX_VALUES];
    private final byte[] result = new byte[LENGTH];
    private int count;
    private int extensionCount;

    /** Takes the fingerprint of a client on {@link #TCP}, {@link #QUIC} or {@link #DTLS}. */
    public Ja4 of(final ClientHello hello, final char transport) {
        result[0] = (byte) transport;
        version(hello);
        result[3] = (byte) (hello.hasServerName() ? 'd' : 'i');
        alpn(hello);
        ciphers(hello);
        number(4, count);
        hash(CIPHERS_AT);
        extensions(hello);
        number(6, extensionCount);
        hash(EXTENSIONS_AT);
        result[CIPHERS_AT - 1] = '_';
        result[EXTENSIONS_AT - 1] = '_';
        return this;
    }

    /** The text, {@link #LENGTH} bytes; valid until the next fingerprint. */
    public byte[] text() {
        return result;
    }

    private void version(final ClientHello hello) {
        int highest = 0;
        for (int i = 0; i < hello.versionCount(); i++) {
            final int version = hello.version(i);
            if (!Extensions.isGrease(version) && isHigher(version, highest)) {
                highest = version;
            }
        }
        final int code = code(highest == 0 ? hello.legacyVersion() : highest);
        result[1] = (byte) (code >> 8);
        result[2] = (byte) code;
    }

    /** Versions of DTLS are counted down. */
    private static boolean isHigher(final int version, final int than) {
        return than == 0 || (version >= 0xfe00 && than >= 0xfe00 ? version < than : version > than);
    }

    private static int code(final int version) {
        return switch (version) {
            case 0x0304 -> '1' << 8 | '3';
            case 0x0303 -> '1' << 8 | '2';
            case 0x0302 -> '1' << 8 | '1';
            case 0x0301 -> '1' << 8 | '0';
            case 0x0300 -> 's' << 8 | '3';
            case 0x0002 -> 's' << 8 | '2';
            case 0xfeff -> 'd' << 8 | '1';
            case 0xfefd -> 'd' << 8 | '2';
            case 0xfefc -> 'd' << 8 | '3';
            default -> '0' << 8 | '0';
        };
    }

    private void number(final int at, final int value) {
        final int shown = Math.min(99, value);
        result[at] = (byte) ('0' + shown / 10);
        result[at + 1] = (byte) ('0' + shown % 10);
    }

    /** First and last character of the first name; if one is no letter or digit, of the name in hexadecimal digits. */
    private void alpn(final ClientHello hello) {
        result[8] = '0';
        result[9] = '0';
        final int at = hello.firstAlpn();
        final Bytes bytes = hello.bytes();
        if (at == Extensions.NONE || bytes.u8(at) == 0) {
            return;
        }
        final int first = bytes.u8(at + 1);
        final int last = bytes.u8(at + bytes.u8(at));
        if (isAlphanumeric(first) && isAlphanumeric(last)) {
            result[8] = (byte) first;
            result[9] = (byte) last;
        } else {
            result[8] = HashedText.digit(first >> 4);
            result[9] = HashedText.digit(last);
        }
    }

    private static boolean isAlphanumeric(final int value) {
        return value >= '0' && value <= '9' || value >= 'A' && value <= 'Z' || value >= 'a' && value <= 'z';
    }

    private void ciphers(final ClientHello hello) {
        count = 0;
        for (int i = 0; i < hello.cipherCount(); i++) {
            addValue(hello.cipher(i));
        }
        sortedText();
    }

    /** The name and the application protocols are counted, but not hashed: they differ between servers. */
    private void extensions(final ClientHello hello) {
        final Extensions extensions = hello.extensions();
        count = 0;
        extensionCount = 0;
        for (int at = extensions.first(); at != Extensions.NONE; at = extensions.next(at)) {
            final int type = extensions.type(at);
            extensionCount += Extensions.isGrease(type) ? 0 : 1;
            if (type != Extensions.SERVER_NAME && type != Extensions.ALPN) {
                addValue(type);
            }
        }
        sortedText();
        char separator = '_';
        for (int i = 0; i < hello.signatureAlgorithmCount() && count > 0; i++) {
            final int algorithm = hello.signatureAlgorithm(i);
            if (!Extensions.isGrease(algorithm)) {
                text.addHex(separator, algorithm);
                separator = ',';
            }
        }
    }

    private void addValue(final int value) {
        if (count < MAX_VALUES && !Extensions.isGrease(value)) {
            values[count++] = value;
        }
    }

    private void sortedText() {
        sort();
        text.clear();
        for (int i = 0; i < count; i++) {
            text.addHex(i == 0 ? 0 : ',', values[i]);
        }
    }

    private void hash(final int at) {
        if (count > 0) {
            text.hash(result, at, HASH_DIGITS);
        } else {
            Arrays.fill(result, at, at + HASH_DIGITS, (byte) '0');
        }
    }

    /**
     * Few values, most of which stand in order, by insertion, others by heap sort: without allocation, and no order of
     * them makes it slow.
     */
    private void sort() {
        if (count <= FEW) {
            for (int i = 1; i < count; i++) {
                insert(i);
            }
            return;
        }
        for (int root = count / 2 - 1; root >= 0; root--) {
            sink(root, count);
        }
        for (int end = count - 1; end > 0; end--) {
            final int greatest = values[0];
            values[0] = values[end];
            values[end] = greatest;
            sink(0, end);
        }
    }

    private void insert(final int from) {
        final int value = values[from];
        int at = from;
        for (; at > 0 && values[at - 1] > value; at--) {
            values[at] = values[at - 1];
        }
        values[at] = value;
    }

    private void sink(final int from, final int end) {
        final int value = values[from];
        int root = from;
        while (2 * root + 1 < end) {
            int child = 2 * root + 1;
            if (child + 1 < end && values[child + 1] > values[child]) {
                child++;
            }
            if (values[child] <= value) {
                break;
            }
            values[root] = values[child];
            root = child;
        }
        values[root] = value;
    }
}
