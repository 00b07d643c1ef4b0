package io.weir.protocol.tls.fingerprint;

import io.weir.protocol.Bytes;
import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Extensions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * {@link Ja3} and {@link Ja4} of clients. Both are made of the same few lists of a hello, GREASE left out, and those of
 * one program are mostly the same: they are put one behind the other, and what was made of the same ones before is
 * answered again. Where hellos are all different, as those are whose extensions are shuffled, few are looked up.
 *
 * <p>One result at a time, in buffers that are used again; nothing is allocated. One thread.
 */
public final class ClientFingerprints {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final int JA4_AT = Ja3.HASH_LENGTH;
    private static final int LENGTH_AT = JA4_AT + Ja4.LENGTH;
    private static final int TEXT_AT = LENGTH_AT + Short.BYTES;
    /** Room for most texts of JA3; longer ones are made each time. */
    private static final int VALUE_LENGTH = 576;
    /** Hellos in a row that were not known, behind which so many are not looked up for one that is. */
    private static final int MANY_UNKNOWN = 64;
    private static final int NOT_LOOKED_UP = 7;

    private final Ja3 ja3;
    private final Ja4 ja4 = new Ja4();
    private final KnownValues known = new KnownValues(VALUE_LENGTH);
    private final byte[] key = new byte[KnownValues.MAX_KEY];
    private final byte[] made = new byte[TEXT_AT + Ja3.MAX_TEXT];
    private int keyLength;
    private int unknown;
    private byte[] bytes = made;
    private int from;

    /** Knows none; makes them with this. */
    public ClientFingerprints(final Ja3 ja3) {
        this.ja3 = ja3;
    }

    /** Takes the fingerprints of a client on {@link Ja4#TCP}, {@link Ja4#QUIC} or {@link Ja4#DTLS}. */
    public ClientFingerprints of(final ClientHello hello, final char transport) {
        if (unknown > MANY_UNKNOWN) {
            unknown--;
            make(hello, transport);
            return this;
        }
        collect(hello, transport);
        if (keyLength > key.length) {
            make(hello, transport);
            return this;
        }
        final long hash = KnownValues.hash(key, keyLength);
        from = known.find(hash, key, keyLength);
        bytes = known.values();
        if (from != KnownValues.UNKNOWN) {
            unknown = 0;
        } else {
            unknown += unknown < MANY_UNKNOWN ? 1 : NOT_LOOKED_UP;
            make(hello, transport);
            if (TEXT_AT + ja3.textLength() <= VALUE_LENGTH) {
                known.keep(hash, key, keyLength, made);
            }
        }
        return this;
    }

    private void make(final ClientHello hello, final char transport) {
        ja3.of(hello);
        ja4.of(hello, transport);
        System.arraycopy(ja3.hash(), 0, made, 0, Ja3.HASH_LENGTH);
        System.arraycopy(ja4.text(), 0, made, JA4_AT, Ja4.LENGTH);
        SHORT.set(made, LENGTH_AT, (short) ja3.textLength());
        System.arraycopy(ja3.text(), 0, made, TEXT_AT, ja3.textLength());
        bytes = made;
        from = 0;
    }

    /** Puts together all that the fingerprints depend on, each list behind its length; too long if it has no room. */
    private void collect(final ClientHello hello, final char transport) {
        final Bytes of = hello.bytes();
        final int name = hello.firstAlpn();
        keyLength = 0;
        add(transport << 1 | (hello.hasServerName() ? 1 : 0));
        add(hello.legacyVersion());
        // Of the first application protocol its ends count.
        add(name == Extensions.NONE ? -1 : of.u8(name));
        add(name == Extensions.NONE ? 0 : of.u8(name + 1) << 8 | of.u8(name + of.u8(name)));
        int list = add(0);
        for (int i = 0; i < hello.cipherCount(); i++) {
            addValue(hello.cipher(i));
        }
        list = endList(list);
        final Extensions extensions = hello.extensions();
        for (int at = extensions.first(); at != Extensions.NONE; at = extensions.next(at)) {
            addValue(extensions.type(at));
        }
        list = endList(list);
        for (int i = 0; i < hello.groupCount(); i++) {
            addValue(hello.group(i));
        }
        list = endList(list);
        for (int i = 0; i < hello.pointFormatCount(); i++) {
            add(hello.pointFormat(i));
        }
        list = endList(list);
        for (int i = 0; i < hello.versionCount(); i++) {
            addValue(hello.version(i));
        }
        list = endList(list);
        for (int i = 0; i < hello.signatureAlgorithmCount(); i++) {
            addValue(hello.signatureAlgorithm(i));
        }
        endList(list);
    }

    private void addValue(final int value) {
        if (!Extensions.isGrease(value)) {
            add(value);
        }
    }

    /** Adds 16 bits; answers where they are. */
    private int add(final int value) {
        final int at = keyLength;
        if (at <= key.length - Short.BYTES) {
            SHORT.set(key, at, (short) value);
        }
        keyLength += Short.BYTES;
        return at;
    }

    /** Writes the length of a list in front of it, and begins the next. */
    private int endList(final int at) {
        if (at <= key.length - Short.BYTES) {
            SHORT.set(key, at, (short) (keyLength - at));
        }
        return add(0);
    }

    /** Where everything lies, until the next are taken. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where the hash of JA3 begins, {@link Ja3#HASH_LENGTH} bytes. */
    public int ja3HashFrom() {
        return from;
    }

    /** Where the text of JA3 begins. */
    public int ja3TextFrom() {
        return from + TEXT_AT;
    }

    /** Bytes of the text of JA3. */
    public int ja3TextLength() {
        return (short) SHORT.get(bytes, from + LENGTH_AT);
    }

    /** Where JA4 begins, {@link Ja4#LENGTH} bytes. */
    public int ja4From() {
        return from + JA4_AT;
    }
}
