package io.weir.protocol.tls.x509;

import io.weir.protocol.Bytes;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A view of an X.509 certificate, RFC 5280: names, serial number, validity, alternative names, fingerprint. Of a
 * certificate of which only the beginning is there, what is there is told. Valid as long as the bytes it was wrapped
 * over; texts until it is wrapped again. Nothing is copied, allocated or thrown. One thread.
 */
public final class Certificate {
    /** What stands for a time that cannot be read. */
    public static final long NO_TIME = DerTime.NONE;
    /** Most alternative names that are told. */
    public static final int MAX_NAMES = 256;

    private static final int VERSION = 0xa0;
    /** Of X.509 version 3. */
    private static final int LAST_VERSION = 2;
    private static final int EXTENSIONS = 0xa3;
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = {0x55, 0x1d, 0x11};
    private static final int SERIAL_LENGTH = 64;
    private static final int NAME_LENGTH = 2048;

    private final Bytes bytes = new Bytes();
    private final Der outer = new Der();
    private final Der body = new Der();
    private final Der inner = new Der();
    private final Der extension = new Der();
    private final Der names = new Der();
    private final NameText nameText = new NameText();
    private final Ascii issuer = new Ascii(NAME_LENGTH);
    private final Ascii subject = new Ascii(NAME_LENGTH);
    private final Ascii serial = new Ascii(3 * SERIAL_LENGTH);
    private final Ascii fingerprint = new Ascii(59);
    private final MessageDigest sha1;
    private final byte[] array = new byte[1024];
    private final byte[] digest = new byte[20];
    private final int[] nameFrom = new int[MAX_NAMES];
    private final int[] nameLength = new int[MAX_NAMES];
    private final boolean[] nameIsAddress = new boolean[MAX_NAMES];
    private int nameCount;
    private boolean namesCut;
    private boolean serialCut;
    private long notBefore;
    private long notAfter;
    private int commonNameFrom;
    private int commonNameLength;
    private int organizationFrom;
    private int organizationLength;
    private int subjectAttributes;
    private int issuerAttributes;
    private boolean fingerprinted;
    private Fault fault = Fault.NONE;

    /** What can be wrong with a certificate; of several the first is told. */
    public enum Fault {
        /** Nothing. */
        NONE,
        /** It is no certificate at all. */
        FORM,
        /** A part is longer than what it is in, or it ends before its length. */
        LENGTH,
        /** There is no such version. */
        VERSION,
        /** The serial number is not where it should stand. */
        SERIAL,
        /** The algorithm of the signature is not where it should stand. */
        ALGORITHM,
        /** Issuer or subject is no name. */
        NAME,
        /** A time cannot be read. */
        DATE
    }

    /** Makes a view of nothing. */
    public Certificate() {
        try {
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /**
     * Looks at a certificate.
     *
     * @return false if it is none: at least serial number and issuer must be readable
     */
    public boolean wrap(final Bytes source, final int from, final int length) {
        bytes.wrap(source, from, length);
        clear();
        outer.wrap(bytes, 0, bytes.length());
        if (!outer.read(Der.SEQUENCE)) {
            // what begins as one does not say how long it is
            return failed(bytes.u8(0) == Der.SEQUENCE ? Fault.LENGTH : Fault.FORM);
        }
        if (outer.isCut()) {
            found(Fault.LENGTH);
        }
        body.within(outer);
        if (!body.read(Der.SEQUENCE)) {
            return failed(Fault.FORM);
        }
        if (body.isCut()) {
            found(Fault.LENGTH);
        }
        body.within(body);
        if (body.read(VERSION)) {
            version();
        }
        if (!body.read(Der.INTEGER)) {
            return failed(Fault.SERIAL);
        }
        serial.addUpperHex(bytes, body.from(), Math.min(body.to(), body.from() + SERIAL_LENGTH));
        serialCut = body.length() > SERIAL_LENGTH;
        final boolean algorithm = body.read(Der.SEQUENCE);
        if (!algorithm || !body.read(Der.SEQUENCE)) {
            return failed(algorithm ? Fault.NAME : Fault.ALGORITHM);
        }
        nameText.write(bytes, body.from(), body.to(), issuer);
        issuerAttributes = nameText.attributeCount();
        if (body.read(Der.SEQUENCE)) {
            validity();
        }
        if (notBefore == NO_TIME || notAfter == NO_TIME) {
            found(Fault.DATE);
        }
        if (!body.read(Der.SEQUENCE)) {
            found(Fault.NAME);
        } else {
            nameText.write(bytes, body.from(), body.to(), subject);
            subjectAttributes = nameText.attributeCount();
            commonNameFrom = nameText.commonNameFrom();
            commonNameLength = nameText.commonNameLength();
            organizationFrom = nameText.organizationFrom();
            organizationLength = nameText.organizationLength();
        }
        while (body.read()) {
            if (body.tag() == EXTENSIONS) {
                extensions();
            }
        }
        return true;
    }

    private void clear() {
        serial.clear();
        issuer.clear();
        subject.clear();
        nameCount = 0;
        namesCut = false;
        serialCut = false;
        notBefore = NO_TIME;
        notAfter = NO_TIME;
        commonNameFrom = 0;
        commonNameLength = 0;
        organizationFrom = 0;
        organizationLength = 0;
        subjectAttributes = 0;
        issuerAttributes = 0;
        fingerprinted = false;
        fault = Fault.NONE;
    }

    private void version() {
        inner.within(body);
        if (!inner.read(Der.INTEGER) || inner.length() != 1 || bytes.u8(inner.from()) > LAST_VERSION) {
            found(Fault.VERSION);
        }
    }

    private void found(final Fault what) {
        if (fault == Fault.NONE) {
            fault = what;
        }
    }

    private boolean failed(final Fault what) {
        found(what);
        return false;
    }

    private void validity() {
        inner.within(body);
        if (inner.read()) {
            notBefore = DerTime.seconds(inner);
        }
        if (inner.read()) {
            notAfter = DerTime.seconds(inner);
        }
    }

    private void extensions() {
        inner.within(body);
        if (!inner.read(Der.SEQUENCE)) {
            return;
        }
        inner.within(inner);
        while (inner.read()) {
            extension.within(inner);
            if (extension.read(Der.OBJECT_IDENTIFIER) && extension.is(SUBJECT_ALTERNATIVE_NAME)) {
                while (extension.read()) {
                    if (extension.tag() == Der.OCTET_STRING) {
                        alternativeNames();
                    }
                }
            }
        }
    }

    private void alternativeNames() {
        names.within(extension);
        if (!names.read(Der.SEQUENCE)) {
            return;
        }
        names.within(names);
        while (names.read()) {
            final int kind = names.tag() & 0x1f;
            final boolean address = kind == 7 && (names.length() == 4 || names.length() == 16);
            final boolean text = kind == 1 || kind == 2 || kind == 6;
            if (text && !names.isCut() || address) {
                if (nameCount == MAX_NAMES) {
                    namesCut = true;
                    return;
                }
                nameFrom[nameCount] = names.from();
                nameLength[nameCount] = names.length();
                nameIsAddress[nameCount] = address;
                nameCount++;
            }
        }
    }

    /** The bytes all places count in: the certificate. */
    public Bytes bytes() {
        return bytes;
    }

    /** What is wrong with it, if all of it is there that came. */
    public Fault fault() {
        return fault;
    }

    /** True if the certificate is there to its end. */
    public boolean isWhole() {
        return !outer.isCut();
    }

    /** Issuer, {@link #issuerLength()} bytes of it. */
    public byte[] issuer() {
        return issuer.text();
    }

    /** Length of the issuer. */
    public int issuerLength() {
        return issuer.length();
    }

    /** Number of attributes of the issuer. */
    public int issuerAttributes() {
        return issuerAttributes;
    }

    /** Subject, {@link #subjectLength()} bytes of it. */
    public byte[] subject() {
        return subject.text();
    }

    /** Length of the subject. */
    public int subjectLength() {
        return subject.length();
    }

    /** Number of attributes of the subject. */
    public int subjectAttributes() {
        return subjectAttributes;
    }

    /** Serial number as pairs of hexadecimal digits, {@link #serialLength()} bytes of it. */
    public byte[] serial() {
        return serial.text();
    }

    /** Length of the serial number. */
    public int serialLength() {
        return serial.length();
    }

    /** Place of the subject's common name. */
    public int commonNameFrom() {
        return commonNameFrom;
    }

    /** Length of the subject's common name, 0 if it has none. */
    public int commonNameLength() {
        return commonNameLength;
    }

    /** Place of the subject's organization. */
    public int organizationFrom() {
        return organizationFrom;
    }

    /** Length of the subject's organization, 0 if it has none. */
    public int organizationLength() {
        return organizationLength;
    }

    /** Beginning of the validity in seconds since 1970, or {@link #NO_TIME}. */
    public long notBefore() {
        return notBefore;
    }

    /** End of the validity in seconds since 1970, or {@link #NO_TIME}. */
    public long notAfter() {
        return notAfter;
    }

    /** Number of alternative names: host names, mail addresses, URIs and addresses. */
    public int nameCount() {
        return nameCount;
    }

    /** True if it has more alternative names than {@link #nameCount} says. */
    public boolean hasMoreNames() {
        return namesCut;
    }

    /** True if subject, issuer or serial number are longer than what is told of them. */
    public boolean isTextCut() {
        return serialCut || subject.isCut() || issuer.isCut();
    }

    /** Place of an alternative name. */
    public int nameFrom(final int index) {
        return nameFrom[index];
    }

    /** Length of an alternative name. */
    public int nameLength(final int index) {
        return nameLength[index];
    }

    /** True if an alternative name is an IPv4 or IPv6 address in network order. */
    public boolean isAddress(final int index) {
        return nameIsAddress[index];
    }

    /** SHA-1 of the whole certificate as 59 bytes of hexadecimal digits between colons. */
    public byte[] fingerprint() {
        if (fingerprinted) {
            return fingerprint.text();
        }
        sha1.reset();
        for (int at = 0; at < bytes.length(); at += array.length) {
            final int count = Math.min(array.length, bytes.length() - at);
            bytes.copyTo(at, array, 0, count);
            sha1.update(array, 0, count);
        }
        try {
            sha1.digest(digest, 0, digest.length);
        } catch (final DigestException e) {
            throw new IllegalStateException("the array has the algorithm's length", e);
        }
        fingerprinted = true;
        return fingerprint.clear().addLowerHex(digest).text();
    }
}
