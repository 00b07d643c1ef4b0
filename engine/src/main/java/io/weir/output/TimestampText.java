package io.weir.output;

import java.nio.charset.StandardCharsets;

/**
 * Times in EVE's form, {@code YYYY-MM-DDTHH:MM:SS.ffffff+0000}: always 31 characters, microseconds cut off, the offset
 * without a colon because consumers parse it by position. The second is kept between calls. One thread.
 */
final class TimestampText {
    /** Characters of a time. */
    static final int LENGTH = 31;

    /** Start of the year 0. */
    static final long MIN_SECONDS = -62_167_219_200L;
    /** End of the year 9999. */
    static final long MAX_SECONDS = 253_402_300_799L;

    private static final long SECONDS_PER_DAY = 86_400;
    private static final long NS_PER_SECOND = 1_000_000_000;
    private static final int HOURS = 11;
    private static final int TO_SECOND = 19;
    private static final int FRACTION = 20;

    /** The time written last, but for its fraction. */
    private final byte[] text = "0000-00-00T00:00:00.000000+0000".getBytes(StandardCharsets.US_ASCII);
    private long dayOfText = Long.MIN_VALUE;
    private long secondOfText = Long.MIN_VALUE;

    /**
     * Writes a time.
     *
     * @param timeNs ns since 1970
     * @return the offset behind it
     */
    int put(final long timeNs, final byte[] target, final int offset) {
        final long second = Math.floorDiv(timeNs, NS_PER_SECOND);
        final int us = (int) (timeNs - second * NS_PER_SECOND) / 1_000;
        setSecond(second);
        System.arraycopy(text, 0, target, offset, LENGTH);
        TwoDigits.put(us / 10_000, target, offset + FRACTION);
        TwoDigits.put(us / 100 % 100, target, offset + FRACTION + 2);
        TwoDigits.put(us % 100, target, offset + FRACTION + 4);
        return offset + LENGTH;
    }

    /** Writes a time in seconds since 1970, from {@link #MIN_SECONDS} to {@link #MAX_SECONDS}, to the second. */
    int putDate(final long seconds, final byte[] target, final int offset) {
        setSecond(seconds);
        System.arraycopy(text, 0, target, offset, TO_SECOND);
        return offset + TO_SECOND;
    }

    private void setSecond(final long second) {
        if (second == secondOfText) {
            return;
        }
        final long day = Math.floorDiv(second, SECONDS_PER_DAY);
        if (day != dayOfText) {
            setDate(day);
        }
        final int ofDay = (int) (second - day * SECONDS_PER_DAY);
        TwoDigits.put(ofDay / 3600, text, HOURS);
        TwoDigits.put(ofDay / 60 % 60, text, HOURS + 3);
        TwoDigits.put(ofDay % 60, text, HOURS + 6);
        secondOfText = second;
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
        TwoDigits.put(year / 100, text, 0);
        TwoDigits.put(year % 100, text, 2);
        TwoDigits.put(month, text, 5);
        TwoDigits.put(dayOfYear - (153 * shiftedMonth + 2) / 5 + 1, text, 8);
        dayOfText = day;
    }
}
