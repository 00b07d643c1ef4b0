package io.weir.output;

/**
 * Times in EVE's form, {@code YYYY-MM-DDTHH:MM:SS.ffffff+0000}: always 31 characters, microseconds cut off, the offset
 * without a colon because consumers parse it by position. The date is kept between calls. One thread.
 */
final class TimestampText {
    /** Characters of a time. */
    static final int LENGTH = 31;

    /** Start of the year 0. */
    static final long MIN_SECONDS = -62_167_219_200L;
    /** End of the year 9999. */
    static final long MAX_SECONDS = 253_402_300_799L;

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long NS_PER_DAY = 86_400_000_000_000L;

    private final byte[] date = new byte[11];
    private long dateOfDay = Long.MIN_VALUE;

    /**
     * Writes a time.
     *
     * @param timeNs ns since 1970
     * @return the offset behind it
     */
    int put(final long timeNs, final byte[] target, final int offset) {
        final long day = Math.floorDiv(timeNs, NS_PER_DAY);
        final long us = (timeNs - day * NS_PER_DAY) / 1_000;
        final int second = (int) (us / 1_000_000);
        final int fraction = (int) (us - second * 1_000_000L);
        int at = put(day, second, target, offset);
        target[at++] = '.';
        at = two(fraction / 10_000, target, at);
        at = two(fraction / 100 % 100, target, at);
        at = two(fraction % 100, target, at);
        target[at++] = '+';
        at = two(0, target, at);
        return two(0, target, at);
    }

    /** Writes a time in seconds since 1970, from {@link #MIN_SECONDS} to {@link #MAX_SECONDS}, to the second. */
    int putDate(final long seconds, final byte[] target, final int offset) {
        final long day = Math.floorDiv(seconds, SECONDS_PER_DAY);
        return put(day, (int) (seconds - day * SECONDS_PER_DAY), target, offset);
    }

    private int put(final long day, final int second, final byte[] target, final int offset) {
        if (day != dateOfDay) {
            setDate(day);
        }
        System.arraycopy(date, 0, target, offset, date.length);
        int at = offset + date.length;
        at = two(second / 3600, target, at);
        target[at++] = ':';
        at = two(second / 60 % 60, target, at);
        target[at++] = ':';
        return two(second % 60, target, at);
    }

    /** Civil date of a day number by the algorithm of Howard Hinnant's "days from civil" paper, inverted. */
    private void setDate(final long day) {
        final long shifted = day + 719_468;
        final long era = Math.floorDiv(shifted, 146_097L);
        final int dayOfEra = (int) (shifted - era * 146_097);
        final int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        final int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        final int shiftedMonth = (5 * dayOfYear + 2) / 153;
        final int month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
        final int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        int at = two(year / 100, date, 0);
        at = two(year % 100, date, at);
        date[at++] = '-';
        at = two(month, date, at);
        date[at++] = '-';
        at = two(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, date, at);
        date[at] = 'T';
        dateOfDay = day;
    }

    private static int two(final int value, final byte[] target, final int offset) {
        target[offset] = (byte) ('0' + value / 10);
        target[offset + 1] = (byte) ('0' + value % 10);
        return offset + 2;
    }
}
