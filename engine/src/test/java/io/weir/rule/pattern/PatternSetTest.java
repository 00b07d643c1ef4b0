package io.weir.rule.pattern;

import static io.weir.rule.pattern.PatternConformance.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PatternSetTest {
    private final PatternSet set = new PatternSet();

    @Test
    void shouldGiveOneNumberToWhatIsTheSame() {
        assertEquals(0, set.add(bytes("Get"), false));
        assertEquals(1, set.add(bytes("Get"), true));
        assertEquals(1, set.add(bytes("gET"), true));
        assertEquals(2, set.add(bytes("Get"), true, 0, 10));
        assertEquals(3, set.add(bytes("12"), true));
        assertEquals(3, set.add(bytes("12"), false), "without letters case means nothing");
        assertEquals(4, set.size());
    }

    @Test
    void shouldNotBeChangedThroughTheArrayItWasGiven() {
        final byte[] literal = bytes("abc");
        final int number = set.add(literal, false);
        literal[0] = 'x';
        assertEquals(number, set.add(bytes("abc"), false));
        assertNotEquals(number, set.add(literal, false));
    }

    @Test
    void shouldRefuseWhatCannotMatch() {
        assertThrows(IllegalArgumentException.class, () -> set.add(new byte[0], false));
        assertThrows(IllegalArgumentException.class, () -> set.add(new byte[PatternSet.MAX_LENGTH + 1], false));
        assertThrows(IllegalArgumentException.class, () -> set.add(bytes("abc"), false, -1, 10));
        assertThrows(IllegalArgumentException.class, () -> set.add(bytes("abc"), false, 8, 10));
        assertEquals(0, set.add(bytes("abc"), false, 7, 10));
        assertEquals(1, set.add(new byte[PatternSet.MAX_LENGTH], false));
    }
}
