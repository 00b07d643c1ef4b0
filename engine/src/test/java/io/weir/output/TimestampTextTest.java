package io.weir.output;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimestampTextTest {
    private static final DateTimeFormatter REFERENCE =
        DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'+0000'").withZone(ZoneOffset.UTC);

    private final TimestampText text = new TimestampText();
    private final byte[] target = new byte[64];

    private String of(final long timeNs) {
        final int end = text.put(timeNs, target, 3);
        assertEquals(3 + TimestampText.LENGTH, end);
        return new String(target, 3, TimestampText.LENGTH, StandardCharsets.US_ASCII);
    }

    @Test
    void shouldCutMicrosecondsOff() {
        assertEquals("2023-11-14T22:13:20.123456+0000", of(1_700_000_000_123_456_999L));
        assertEquals("1970-01-01T00:00:00.000000+0000", of(0));
        assertEquals("2000-02-29T23:59:59.999999+0000", of(951_868_799_999_999_999L));
    }

    @Test
    void shouldAgreeWithTheJdkOnAnyTime() {
        final Random random = new Random(2);
        for (int i = 0; i < 20_000; i++) {
            final long timeNs = random.nextLong();
            final Instant instant = Instant.ofEpochSecond(
                Math.floorDiv(timeNs, 1_000_000_000L), Math.floorMod(timeNs, 1_000_000_000L));
            assertEquals(REFERENCE.format(instant), of(timeNs));
        }
        assertEquals("1677-09-21T00:12:43.145224+0000", of(Long.MIN_VALUE));
        assertEquals("2262-04-11T23:47:16.854775+0000", of(Long.MAX_VALUE));
    }
}
