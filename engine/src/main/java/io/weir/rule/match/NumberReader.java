package io.weir.rule.match;

import io.weir.rule.model.Step.Reading;
import java.util.Map;

/** Reads a number from the bytes, binary or written in digits. Immutable; any thread. */
final class NumberReader {
    private static final int MAX_BINARY = 8;
    private static final int MAX_DIGITS = 23;

    private final Operand bytes;
    private final Operand offset;
    private final boolean relative;
    private final int base;
    private final boolean little;
    private final long mask;
    private final int shift;

    NumberReader(final Reading reading, final Map<String, Integer> slots) {
        bytes = Operand.of(reading.bytes(), slots);
        offset = Operand.of(reading.offset(), slots);
        relative = reading.relative();
        base = reading.base();
        // Byte order of DCE/RPC messages: what speaks it is little-endian but for museum pieces.
        little = reading.little() || reading.dce();
        mask = reading.mask();
        shift = mask == 0 || mask == -1 ? 0 : Long.numberOfTrailingZeros(mask);
    }

    boolean isRelative() {
        return relative;
    }

    /** Reads into {@link Matching#place}; false if there is no number. */
    boolean read(final Matching matching, final Input in, final int place) {
        final long at = (relative ? place : -in.base()) + (offset == null ? 0 : offset.get(matching));
        final long said = bytes == null ? 0 : bytes.get(matching);
        // digits that are not counted go on as far as there are some
        final long wanted = base != 0 && said == 0 ? MAX_DIGITS : said;
        if (at < 0 || wanted < 0 || at > in.length() || at + (base == 0 ? wanted : Math.min(wanted, 1)) > in.length()) {
            return false;
        }
        final Matching.NumberPlace found = matching.place();
        found.at = (int) at;
        final boolean read = base == 0 ? binary(found, in, (int) at, wanted)
            : digits(found, in, (int) at, (int) Math.min(wanted, in.length() - at));
        if (read && mask != -1) {
            found.value = (found.value & mask) >>> shift;
        }
        return read;
    }

    private boolean binary(final Matching.NumberPlace found, final Input in, final int at, final long count) {
        // a variable may say that there are none: their number is 0
        if (count < 0 || count > MAX_BINARY) {
            return false;
        }
        long value = 0;
        for (int i = 0; i < count; i++) {
            final int from = little ? at + (int) count - 1 - i : at + i;
            value = value << Byte.SIZE | in.at(from) & 0xff;
        }
        found.value = value;
        found.length = (int) count;
        return true;
    }

    /** As C's strtoull: white space in front is skipped, the first that is no digit ends the number. */
    private boolean digits(final Matching.NumberPlace found, final Input in, final int at, final int count) {
        final int end = at + Math.min(count, MAX_DIGITS);
        int i = at;
        while (i < end && isSpace(in.at(i))) {
            i++;
        }
        if (base == 16 && i + 1 < end && in.at(i) == '0' && (in.at(i + 1) | 0x20) == 'x') {
            i += 2;
        }
        final int first = i;
        long value = 0;
        while (i < end) {
            final int digit = Character.digit(in.at(i), base);
            if (digit < 0) {
                break;
            }
            value = value * base + digit;
            i++;
        }
        found.value = value;
        found.length = i - at;
        return i > first;
    }

    static boolean isSpace(final byte value) {
        return value == ' ' || value >= '\t' && value <= '\r';
    }
}
