package io.weir.packet.describe;

import io.weir.packet.Wire;

/** Bytes as lines of sixteen, in hexadecimal and as characters. */
final class HexDump {
    private static final int WIDTH = 16;

    private HexDump() {
    }

    static void append(final StringBuilder out, final long address, final int length) {
        for (int line = 0; line < length; line += WIDTH) {
            out.append("    ");
            digits(out, line, Math.max(4, (Integer.SIZE + 3 - Integer.numberOfLeadingZeros(length)) / 4));
            out.append(' ');
            for (int i = line; i < line + WIDTH; i++) {
                out.append(i % 8 == 0 ? "  " : " ");
                if (i < length) {
                    digits(out, Wire.u8(address + i), 2);
                } else {
                    out.append("  ");
                }
            }
            out.append("  ");
            for (int i = line; i < Math.min(length, line + WIDTH); i++) {
                final int c = Wire.u8(address + i);
                out.append(c >= ' ' && c < 0x7f ? (char) c : '.');
            }
            out.append('\n');
        }
    }

    /** All bytes as one string of hexadecimal digits. */
    static String string(final long address, final int length) {
        final StringBuilder hex = new StringBuilder(2 * length);
        for (int i = 0; i < length; i++) {
            digits(hex, Wire.u8(address + i), 2);
        }
        return hex.toString();
    }

    private static void digits(final StringBuilder out, final int value, final int count) {
        for (int i = count - 1; i >= 0; i--) {
            out.append(Character.forDigit(value >>> 4 * i & 0xf, 16));
        }
    }
}
