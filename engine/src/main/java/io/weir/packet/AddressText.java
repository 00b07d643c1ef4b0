package io.weir.packet;

import java.util.Arrays;

/** Internet and hardware addresses to and from text; never asks a name server. Allocates; not for the packet path. */
public final class AddressText {
    private AddressText() {
    }

    /**
     * Reads an IPv4 address as four numbers or an IPv6 address as in RFC 4291.
     *
     * @return 4 or 16 bytes
     * @throws IllegalArgumentException if the text is neither
     */
    public static byte[] parse(final String text) {
        final byte[] bytes = text.indexOf(':') < 0 ? parse4(text) : parse6(text);
        if (bytes.length == 0) {
            throw new IllegalArgumentException("not an IP address: " + text);
        }
        return bytes;
    }

    /** Reads a hardware address of six hexadecimal bytes with colons or dashes. */
    public static byte[] parseMac(final String text) {
        final String[] parts = text.split("[:-]", -1);
        final byte[] bytes = new byte[6];
        if (parts.length != bytes.length) {
            throw new IllegalArgumentException("not a hardware address: " + text);
        }
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(parts[i], 16);
        }
        return bytes;
    }

    /** Hardware address as lower-case hexadecimal with colons. */
    public static String mac(final byte[] bytes) {
        final StringBuilder text = new StringBuilder();
        for (final byte b : bytes) {
            text.append(text.length() == 0 ? "" : ":").append(Character.forDigit(b >> 4 & 0xf, 16))
                .append(Character.forDigit(b & 0xf, 16));
        }
        return text.toString();
    }

    /** IPv4 address of its 32 bits. */
    public static String v4(final int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /** IPv6 address in the form of RFC 5952: lower case, the longest run of zeros shortened. */
    public static String v6(final long hi, final long lo) {
        if (hi == 0 && lo >>> 32 == 0xffff) {
            return "::ffff:" + v4((int) lo);
        }
        int bestStart = -1;
        int bestLength = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && group(hi, lo, i + run) == 0) {
                run++;
            }
            if (run > bestLength) {
                bestStart = i;
                bestLength = run;
            }
        }
        final StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < 8; i++) {
            if (i == bestStart) {
                text.append("::");
                i += bestLength - 1;
            } else {
                text.append(i == 0 || text.charAt(text.length() - 1) == ':' ? "" : ":")
                    .append(Integer.toHexString(group(hi, lo, i)));
            }
        }
        return text.toString();
    }

    private static int group(final long hi, final long lo, final int index) {
        return (int) ((index < 4 ? hi : lo) >>> 48 - 16 * (index & 3)) & 0xffff;
    }

    private static byte[] parse4(final String text) {
        final String[] parts = text.split("\\.", -1);
        final byte[] bytes = new byte[4];
        if (parts.length != 4) {
            return new byte[0];
        }
        for (int i = 0; i < 4; i++) {
            if (!parts[i].matches("[0-9]{1,3}") || Integer.parseInt(parts[i]) > 255) {
                return new byte[0];
            }
            bytes[i] = (byte) Integer.parseInt(parts[i]);
        }
        return bytes;
    }

    private static byte[] parse6(final String text) {
        final int gap = text.indexOf("::");
        final byte[] head = groups(gap < 0 ? text : text.substring(0, gap));
        final byte[] tail = gap < 0 ? new byte[0] : groups(text.substring(gap + 2));
        if (head.length + tail.length > 16 || gap < 0 && head.length != 16) {
            return new byte[0];
        }
        final byte[] bytes = Arrays.copyOf(head, 16);
        System.arraycopy(tail, 0, bytes, 16 - tail.length, tail.length);
        return bytes;
    }

    /** Colon-separated groups as bytes; 17 bytes, too long for any address, if one is not a group. */
    private static byte[] groups(final String text) {
        final byte[] bytes = new byte[17];
        int length = 0;
        final String[] parts = text.isEmpty() ? new String[0] : text.split(":", -1);
        for (int i = 0; i < parts.length; i++) {
            final byte[] four = i == parts.length - 1 ? parse4(parts[i]) : new byte[0];
            if (four.length == 4 && length <= 12) {
                System.arraycopy(four, 0, bytes, length, 4);
                length += 4;
            } else if (parts[i].matches("[0-9a-fA-F]{1,4}") && length <= 14) {
                final int value = Integer.parseInt(parts[i], 16);
                bytes[length++] = (byte) (value >>> 8);
                bytes[length++] = (byte) value;
            } else {
                return bytes;
            }
        }
        return Arrays.copyOf(bytes, length);
    }
}
