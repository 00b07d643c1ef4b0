package io.weir.rule.match;

/** Reads an address: 4 or 16 bytes in network order, or text. One thread. */
final class AddressReader {
    private static final int MAX_TEXT = 45;
    private static final int GROUPS = 8;

    private final int[] groups = new int[GROUPS];
    private int version;
    private long hi;
    private long lo;

    /** 4 or 6. */
    int version() {
        return version;
    }

    /** Upper half; 0 of an IPv4 address. */
    long hi() {
        return hi;
    }

    /** Lower half, or an IPv4 address, zero-extended. */
    long lo() {
        return lo;
    }

    /** False if the bytes are no address. */
    boolean read(final Input in) {
        if (in.length() == 4) {
            version = 4;
            hi = 0;
            lo = binary(in, 0, 4);
            return true;
        }
        if (in.length() == 16 && !isText(in)) {
            version = 6;
            hi = binary(in, 0, 8);
            lo = binary(in, 8, 8);
            return true;
        }
        return in.length() >= 2 && in.length() <= MAX_TEXT && (dotted(in, 0) || colons(in));
    }

    private static boolean isText(final Input in) {
        for (int i = 0; i < in.length(); i++) {
            final byte value = in.at(i);
            if (Character.digit(value, 16) < 0 && value != ':' && value != '.') {
                return false;
            }
        }
        return true;
    }

    private static long binary(final Input in, final int from, final int count) {
        long value = 0;
        for (int i = from; i < from + count; i++) {
            value = value << Byte.SIZE | in.at(i) & 0xff;
        }
        return value;
    }

    private boolean dotted(final Input in, final int from) {
        long value = 0;
        int parts = 0;
        int i = from;
        while (true) {
            final int first = i;
            int part = 0;
            while (i < in.length() && in.at(i) >= '0' && in.at(i) <= '9' && i - first < 3) {
                part = part * 10 + in.at(i) - '0';
                i++;
            }
            if (i == first || part > 0xff) {
                return false;
            }
            value = value << Byte.SIZE | part;
            parts++;
            if (i == in.length()) {
                break;
            }
            if (in.at(i) != '.' || parts == 4) {
                return false;
            }
            i++;
        }
        version = 4;
        hi = 0;
        lo = value;
        return parts == 4;
    }

    private boolean colons(final Input in) {
        int count = 0;
        int gap = -1;
        int i = 0;
        if (in.at(0) == ':') {
            if (in.at(1) != ':') {
                return false;
            }
            gap = 0;
            i = 2;
        }
        while (i < in.length()) {
            final int first = i;
            int group = 0;
            while (i < in.length() && i - first < 4 && Character.digit(in.at(i), 16) >= 0) {
                group = group << 4 | Character.digit(in.at(i), 16);
                i++;
            }
            if (i < in.length() && in.at(i) == '.' && count <= GROUPS - 2 && dotted(in, first)) {
                groups[count++] = (int) (lo >>> 16);
                groups[count++] = (int) lo & 0xffff;
                break;
            }
            if (i == first || count == GROUPS) {
                return false;
            }
            groups[count++] = group;
            if (i == in.length()) {
                break;
            }
            if (in.at(i++) != ':' || i == in.length()) {
                return false;
            }
            if (in.at(i) == ':') {
                if (gap >= 0) {
                    return false;
                }
                gap = count;
                i++;
            }
        }
        if (gap < 0 ? count != GROUPS : count == GROUPS) {
            return false;
        }
        version = 6;
        hi = 0;
        lo = 0;
        for (int k = 0; k < GROUPS; k++) {
            final int zeros = GROUPS - count;
            final int from = gap < 0 || k < gap ? k : k - zeros;
            final int group = gap >= 0 && k >= gap && k < gap + zeros ? 0 : groups[from];
            if (k < GROUPS / 2) {
                hi = hi << 16 | group;
            } else {
                lo = lo << 16 | group;
            }
        }
        return true;
    }
}
