package io.weir.protocol.tls.x509;

import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * Writes distinguished names as Suricata does: {@code C=US, O=Example, Inc., CN=example.org}, in the order of the
 * certificate, without escapes; attributes of one set are joined by {@code " + "}. One thread.
 */
final class NameText {
    private static final byte[] BETWEEN_SETS = ascii(", ");
    private static final byte[] WITHIN_SET = ascii(" + ");
    private static final byte[] UNKNOWN = ascii("OID(");

    /** Attribute types 2.5.4.n by n. */
    private static final byte[][] X500 = new byte[98][];
    private static final byte[] X500_ARC = {0x55, 0x04};
    private static final byte[] EMAIL = {0x2a, (byte) 0x86, 0x48, (byte) 0x86, (byte) 0xf7, 0x0d, 0x01, 0x09, 0x01};
    private static final byte[] EMAIL_KEY = ascii("Email");
    private static final byte[] USER_ID =
        {0x09, (byte) 0x92, 0x26, (byte) 0x89, (byte) 0x93, (byte) 0xf2, 0x2c, 0x64, 0x01, 0x01};
    private static final byte[] USER_ID_KEY = ascii("userId");
    private static final byte[] DOMAIN_COMPONENT =
        {0x09, (byte) 0x92, 0x26, (byte) 0x89, (byte) 0x93, (byte) 0xf2, 0x2c, 0x64, 0x01, 0x19};
    private static final byte[] DOMAIN_COMPONENT_KEY = ascii("DC");
    private static final int COMMON_NAME = 3;
    private static final int ORGANIZATION = 10;

    static {
        X500[COMMON_NAME] = ascii("CN");
        X500[4] = ascii("surname");
        X500[5] = ascii("serialNumber");
        X500[6] = ascii("C");
        X500[7] = ascii("L");
        X500[8] = ascii("ST");
        X500[9] = ascii("streetAddress");
        X500[10] = ascii("O");
        X500[11] = ascii("OU");
        X500[12] = ascii("title");
        X500[13] = ascii("description");
        X500[15] = ascii("businessCategory");
        X500[17] = ascii("postalCode");
        X500[18] = ascii("postOfficeBox");
        X500[20] = ascii("telephoneNumber");
        X500[41] = ascii("name");
        X500[42] = ascii("givenName");
        X500[43] = ascii("initials");
        X500[44] = ascii("generationQualifier");
        X500[45] = ascii("uniqueIdentifier");
        X500[46] = ascii("dnQualifier");
        X500[97] = ascii("organizationIdentifier");
    }

    private final Der sets = new Der();
    private final Der attributes = new Der();
    private final Der parts = new Der();
    private int commonNameFrom;
    private int commonNameLength;
    private int organizationFrom;
    private int organizationLength;
    private int attributeCount;

    /** Writes the name that lies in a range. */
    void write(final Bytes bytes, final int from, final int to, final Ascii target) {
        target.clear();
        commonNameFrom = 0;
        commonNameLength = 0;
        organizationFrom = 0;
        organizationLength = 0;
        attributeCount = 0;
        sets.wrap(bytes, from, to);
        while (sets.read()) {
            attributes.within(sets);
            boolean first = true;
            while (attributes.read()) {
                parts.within(attributes);
                if (parts.read(Der.OBJECT_IDENTIFIER)) {
                    if (attributeCount > 0) {
                        target.add(first ? BETWEEN_SETS : WITHIN_SET);
                    }
                    attribute(target);
                    first = false;
                    attributeCount++;
                }
            }
        }
    }

    private void attribute(final Ascii target) {
        final Bytes bytes = parts.bytes();
        final int last = parts.length() == 3 && bytes.matches(parts.from(), X500_ARC) ? bytes.u8(parts.from() + 2) : -1;
        if (last >= 0 && last < X500.length && X500[last] != null) {
            target.add(X500[last]);
        } else if (parts.is(EMAIL)) {
            target.add(EMAIL_KEY);
        } else if (parts.is(DOMAIN_COMPONENT)) {
            target.add(DOMAIN_COMPONENT_KEY);
        } else if (parts.is(USER_ID)) {
            target.add(USER_ID_KEY);
        } else {
            identifier(target);
        }
        target.add('=');
        if (parts.read()) {
            if (last == COMMON_NAME) {
                commonNameFrom = parts.from();
                commonNameLength = parts.length();
            } else if (last == ORGANIZATION) {
                organizationFrom = parts.from();
                organizationLength = parts.length();
            }
            value(target);
        }
    }

    /** An object identifier in dotted form, X.690 section 8.19. */
    private void identifier(final Ascii target) {
        target.add(UNKNOWN);
        long arc = 0;
        boolean first = true;
        for (int at = parts.from(); at < parts.to(); at++) {
            final int octet = parts.bytes().u8(at);
            arc = (arc & Long.MAX_VALUE >> 8) << 7 | octet & 0x7f;
            if ((octet & 0x80) == 0) {
                if (first) {
                    final long root = Math.min(2, arc / 40);
                    target.addDecimal(root).add('.').addDecimal(arc - root * 40);
                    first = false;
                } else {
                    target.add('.').addDecimal(arc);
                }
                arc = 0;
            }
        }
        target.add(')');
    }

    private void value(final Ascii target) {
        final Bytes bytes = parts.bytes();
        if (parts.tag() == Der.BMP_STRING) {
            for (int at = parts.from(); at + 2 <= parts.to(); at += 2) {
                target.addCharacter(bytes.u16(at));
            }
        } else if (parts.tag() == Der.UNIVERSAL_STRING) {
            for (int at = parts.from(); at + 4 <= parts.to(); at += 4) {
                target.addCharacter((int) bytes.u32(at) & 0x1fffff);
            }
        } else {
            target.add(bytes, parts.from(), parts.to());
        }
    }

    /** Place of the last common name written. */
    int commonNameFrom() {
        return commonNameFrom;
    }

    /** Length of the last common name written, 0 if there is none. */
    int commonNameLength() {
        return commonNameLength;
    }

    /** Place of the organization. */
    int organizationFrom() {
        return organizationFrom;
    }

    /** Its length, 0 if there is none. */
    int organizationLength() {
        return organizationLength;
    }

    /** How many attributes were written. */
    int attributeCount() {
        return attributeCount;
    }

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
