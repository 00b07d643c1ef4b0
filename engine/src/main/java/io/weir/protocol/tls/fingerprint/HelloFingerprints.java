package io.weir.protocol.tls.fingerprint;

import io.weir.protocol.Bytes;
import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Extensions;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * {@link Ja3} and {@link Ja4} of clients, or {@link Ja3} of servers. All are made of a few lists of a hello, and those
 * of one program are mostly the same: they are put one behind the other, and what was made of the same ones before is
 * answered again. Where hellos are all different, as those are whose extensions are shuffled, few are looked up.
 *
 * <p>One result at a time, in buffers that are used again; nothing is allocated. One thread.
 */
public final class HelloFingerprints {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());
    private static final int JA4_AT = Ja3.HASH_LENGTH;
    private static final int LENGTH_AT = JA4_AT + Ja4.LENGTH;
    private static final int TEXT_AT = LENGTH_AT + Short.BYTES;
    /** Room for most texts of JA3; longer ones are made each time. */
    private static final int VALUE_LENGTH = 576;
    /** Hellos in a row that were not known, behind which so many are not looked up for one that is. */
    private static final int MANY_UNKNOWN = 64;
    private static final int NOT_LOOKED_UP = 7;
    private static final int SERVER = 's';

    private final Ja3 ja3;
    private final Ja4 ja4 = new Ja4();
    private final KnownValues known = new KnownValues(VALUE_LENGTH);
    private final HelloKey key = new HelloKey();
    private final byte[] made = new byte[TEXT_AT + Ja3.MAX_TEXT];
    private int unknown;
    private byte[] bytes = made;
    private int from;

    /** Knows none; makes them with this. */
    public HelloFingerprints(final Ja3 ja3) {
        this.ja3 = ja3;
    }

    /** Takes the fingerprints of a client on {@link Ja4#TCP}, {@link Ja4#QUIC} or {@link Ja4#DTLS}. */
    public HelloFingerprints of(final ClientHello hello, final char transport) {
        final boolean mayBeKnown = mayBeKnown() && keyOf(hello, transport);
        final long hash = mayBeKnown ? KnownValues.hash(key.bytes(), key.length()) : 0;
        if (!mayBeKnown || !isKnown(hash)) {
            ja3.of(hello);
            ja4.of(hello, transport);
            System.arraycopy(ja4.text(), 0, made, JA4_AT, Ja4.LENGTH);
            keep(mayBeKnown, hash);
        }
        return this;
    }

    /** Takes the fingerprint of a server. */
    public HelloFingerprints of(final int legacyVersion, final int cipher, final Extensions extensions) {
        final boolean mayBeKnown = mayBeKnown() && keyOf(legacyVersion, cipher, extensions);
        final long hash = mayBeKnown ? KnownValues.hash(key.bytes(), key.length()) : 0;
        if (!mayBeKnown || !isKnown(hash)) {
            ja3.of(legacyVersion, cipher, extensions);
            keep(mayBeKnown, hash);
        }
        return this;
    }

    private boolean mayBeKnown() {
        final boolean many = unknown > MANY_UNKNOWN;
        unknown -= many ? 1 : 0;
        return !many;
    }

    private boolean isKnown(final long hash) {
        final int found = known.find(hash, key.bytes(), key.length());
        if (found == KnownValues.UNKNOWN) {
            unknown += unknown < MANY_UNKNOWN ? 1 : NOT_LOOKED_UP;
            return false;
        }
        unknown = 0;
        from = found;
        bytes = known.values();
        return true;
    }

    private void keep(final boolean mayBeKnown, final long hash) {
        System.arraycopy(ja3.hash(), 0, made, 0, Ja3.HASH_LENGTH);
        SHORT.set(made, LENGTH_AT, (short) ja3.textLength());
        System.arraycopy(ja3.text(), 0, made, TEXT_AT, ja3.textLength());
        bytes = made;
        from = 0;
        if (mayBeKnown && TEXT_AT + ja3.textLength() <= VALUE_LENGTH) {
            known.keep(hash, key.bytes(), key.length(), made);
        }
    }

    /** Puts together all that the fingerprints of a client depend on; false if it is too much. */
    private boolean keyOf(final ClientHello hello, final char transport) {
        final Bytes of = hello.bytes();
        final int name = hello.firstAlpn();
        // Of the first application protocol its ends count.
        key.begin(transport << 1 | (hello.hasServerName() ? 1 : 0), hello.legacyVersion(),
            name == Extensions.NONE ? -1 : of.u8(name),
            name == Extensions.NONE ? 0 : of.u8(name + 1) << 8 | of.u8(name + of.u8(name)))
            .addNumbers(of, hello.ciphersFrom(), hello.cipherCount())
            .addTypes(hello.extensions())
            .addNumbers(of, hello.groupsFrom(), hello.groupCount())
            .addBytes(of, hello.pointFormatsFrom(), hello.pointFormatCount())
            .addNumbers(of, hello.versionsFrom(), hello.versionCount())
            .addNumbers(of, hello.signatureAlgorithmsFrom(), hello.signatureAlgorithmCount())
            .end();
        return !key.isFull();
    }

    private boolean keyOf(final int legacyVersion, final int cipher, final Extensions extensions) {
        key.begin(SERVER, legacyVersion, cipher, 0).addTypes(extensions).end();
        return !key.isFull();
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

    /** Where JA4 of a client begins, {@link Ja4#LENGTH} bytes. */
    public int ja4From() {
        return from + JA4_AT;
    }
}
