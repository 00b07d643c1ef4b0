package io.weir.protocol.tls.x509;

import io.weir.protocol.Bytes;

/** Times of certificates, RFC 5280 section 4.1.2.5, as seconds since 1970. */
final class DerTime {
    /** What stands for a time that cannot be read. */
    static final long NONE = Long.MIN_VALUE;

    private static final int SECONDS_PER_DAY = 86_400;

    private DerTime() {
    }

    /** Seconds of the time where a walk stands, or {@link #NONE}. */
    static long seconds(final Der time) {
        final boolean utc = time.tag() == Der.UTC_TIME;
        if (!utc && time.tag() != Der.GENERALIZED_TIME) {
            return NONE;
        }
        final Bytes bytes = time.bytes();
        final int digits = utc ? 2 : 4;
        int at = time.from() + digits;
        long year = bytes.decimal(time.from(), at);
        if (utc) {
            year += year < 0 ? 0 : year < 50 ? 2000 : 1900;
        }
        final long month = two(bytes, at);
        final long day = two(bytes, at + 2);
        final long hour = two(bytes, at + 4);
        final long minute = two(bytes, at + 6);
        at += 8;
        long second = at + 2 <= time.to() ? two(bytes, at) : -1;
        if (second < 0) {
            second = 0;
        } else {
            at += 2;
        }
        if (at > time.to() || year < 0 || month < 1 || month > 12 || day < 1 || day > 31 || hour < 0 || hour > 24
            || minute < 0 || minute > 59 || second > 60) {
            return NONE;
        }
        final long ofDay = hour * 3600 + minute * 60 + second;
        return days(year, month, day) * SECONDS_PER_DAY + ofDay - zone(bytes, at, time.to());
    }

    private static long two(final Bytes bytes, final int at) {
        return bytes.decimal(at, at + 2);
    }

    /** Seconds that a zone like {@code +0130} is ahead; certificates should have {@code Z}. */
    private static long zone(final Bytes bytes, final int at, final int to) {
        final int sign = bytes.u8(at);
        if (at + 5 > to || sign != '+' && sign != '-') {
            return 0;
        }
        final long hours = two(bytes, at + 1);
        final long minutes = two(bytes, at + 3);
        final long ahead = hours < 0 || minutes < 0 ? 0 : hours * 3600 + minutes * 60;
        return sign == '+' ? ahead : -ahead;
    }

    /** Days since 1970 of a date of the Gregorian calendar, counted in years that begin in March. */
    private static long days(final long year, final long month, final long day) {
        final long marchYear = month > 2 ? year : year - 1;
        final long marchMonth = month > 2 ? month - 3 : month + 9;
        final long era = Math.floorDiv(marchYear, 400);
        final long ofEra = marchYear - era * 400;
        final long dayOfYear = (153 * marchMonth + 2) / 5 + day - 1;
        return era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + dayOfYear - 719_468;
    }
}
