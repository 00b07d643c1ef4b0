package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * A view of the extensions of a hello, RFC 8446 section 4.2: type and length, 16 bits each, and data. Only extensions
 * that fit are there. Valid as long as the bytes it lies over. One thread.
 */
public final class Extensions {
    /** What the iteration answers at its end. */
    public static final int NONE = -1;
    /** Bytes in front of an extension's data. */
    public static final int HEADER = 4;

    /** Type of the extension of that name. */
    public static final int SERVER_NAME = 0;
    static final int SUPPORTED_GROUPS = 10;
    static final int POINT_FORMATS = 11;
    static final int SIGNATURE_ALGORITHMS = 13;
    static final int USE_SRTP = 14;
    /** Type of the extension of that name. */
    public static final int ALPN = 16;
    static final int SESSION_TICKET = 35;
    static final int PRE_SHARED_KEY = 41;
    static final int SUPPORTED_VERSIONS = 43;
    static final int CONNECTION_ID = 54;
    static final int ENCRYPTED_CLIENT_HELLO = 0xfe0d;
    static final int ENCRYPTED_SERVER_NAME = 0xffce;

    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private final Bytes bytes = new Bytes();
    /** Types, 16 bits each, without GREASE. */
    private byte[] types = new byte[64];
    private int typesLength;
    private int from;
    private int end;
    private int announcedEnd;
    private int lastEnd;
    private boolean damaged;
    private int type;
    private int data;
    private int length;

    /** Looks at what follows the fixed parts of a hello: a length of 16 bits and the extensions, or nothing at all. */
    public Extensions wrap(final Bytes hello, final int at) {
        begin(hello, at);
        while (advance()) {
            // Nothing to do with this one.
        }
        return this;
    }

    /** The same, but nothing is known of the extensions before {@link #advance} was asked until it answered false. */
    void begin(final Bytes hello, final int at) {
        bytes.wrap(hello, 0, hello.length());
        typesLength = 0;
        from = at + 2;
        end = from;
        final int announced = bytes.u16(at);
        if (announced < 0) {
            damaged = at < bytes.length();
            announcedEnd = from;
            lastEnd = from;
        } else {
            announcedEnd = from + announced;
            damaged = announcedEnd != bytes.length();
            lastEnd = Math.min(announcedEnd, bytes.length());
        }
    }

    /** Goes to the next extension; false if there is none that fits. */
    boolean advance() {
        final int next = end;
        final int begin = next + HEADER;
        final int count = begin > lastEnd ? 0 : bytes.u16(next + 2);
        if (begin + count > lastEnd) {
            damaged |= next != announcedEnd;
            return false;
        }
        type = bytes.u16(next);
        data = begin;
        length = count;
        end = begin + count;
        if (!isGrease(type)) {
            addType(type);
        }
        return true;
    }

    private void addType(final int value) {
        if (typesLength == types.length) {
            types = Arrays.copyOf(types, 2 * typesLength);
        }
        SHORT.set(types, typesLength, (short) value);
        typesLength += Short.BYTES;
    }

    /** Type of the extension that {@link #advance} has come to. */
    int type() {
        return type;
    }

    /** Where its data begins. */
    int data() {
        return data;
    }

    /** Bytes of its data. */
    int length() {
        return length;
    }

    /** Types of all extensions but GREASE, in their order, 16 bits each; {@link #typesLength()} bytes. */
    public byte[] types() {
        return types;
    }

    /** Bytes of {@link #types()}. */
    public int typesLength() {
        return typesLength;
    }

    /** True if lengths contradict each other, or bytes are missing or left over. */
    public boolean isDamaged() {
        return damaged;
    }

    /** Place of the first extension, or {@link #NONE}. */
    public int first() {
        return from < end ? from : NONE;
    }

    /** Place of the extension behind the one at this place, or {@link #NONE}. */
    public int next(final int at) {
        final int next = data(at) + length(at);
        return next < end ? next : NONE;
    }

    /** Type of the extension at this place. */
    public int type(final int at) {
        return bytes.u16(at);
    }

    /** Bytes of data of the extension at this place. */
    public int length(final int at) {
        return bytes.u16(at + 2);
    }

    /** Where in the hello the data of the extension at this place begins. */
    public int data(final int at) {
        return at + HEADER;
    }

    /** Place of the first extension of a type, or {@link #NONE}. */
    public int find(final int type) {
        int at = first();
        while (at != NONE && type(at) != type) {
            at = next(at);
        }
        return at;
    }

    /** True for values that only test whether peers tolerate the unknown, RFC 8701: 0x0A0A, 0x1A1A, ... 0xFAFA. */
    public static boolean isGrease(final int value) {
        return (value & 0x0f0f) == 0x0a0a && value >> 8 == (value & 0xff);
    }
}
