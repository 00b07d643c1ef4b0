package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

final class AsciiTest {
    private static final long EVEN = 0x0001_0001_0001_0001L;
    private static final long ODD = EVEN << 8;

    @Test
    void shouldPutEightBytesInLowerCaseAsOneByOneWhateverStandsBesideThem() {
        for (int value = 0; value < 256; value++) {
            for (int beside = 0; beside < 256; beside++) {
                final long eight = value * EVEN | beside * ODD;
                assertEquals(Ascii.lower(value) * EVEN | Ascii.lower(beside) * ODD,
                    Ascii.lower8(eight), value + " " + beside);
            }
        }
    }
}
