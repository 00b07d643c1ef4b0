package io.weir.rule.match;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.Dataset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ValueSetTest {
    private static final int PAIRS = 10;

    /** One of many values that the sum which Java's arrays and strings have for a hash does not tell apart. */
    private static byte[] alike(final int number) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < PAIRS; i++) {
            text.append((number >>> i & 1) == 0 ? "Aa" : "BB");
        }
        return text.toString().getBytes(US_ASCII);
    }

    @Test
    void shouldSpreadValuesThatWereMadeToMeet() {
        final Set<Integer> sums = new HashSet<>();
        final Set<Integer> hashes = new HashSet<>();
        for (int i = 0; i < 1 << PAIRS; i++) {
            sums.add(Arrays.hashCode(alike(i)));
            hashes.add(ValueSet.hash(alike(i)));
        }
        assertEquals(1, sums.size());
        assertTrue(hashes.size() > 1_000, "only " + hashes.size() + " hashes");
    }

    @Test
    void shouldFindValuesInBytesAndTakeThemOut() {
        final ValueSet set = new ValueSet(0);
        set.mutable();
        final Input input = new Input();
        for (int i = 0; i < 1 << PAIRS; i++) {
            assertTrue(set.add(alike(i)));
        }
        for (int i = 0; i < 1 << PAIRS; i++) {
            assertTrue(set.ask(input.wrap(alike(i), 0, 2 * PAIRS), Dataset.Command.UNSET));
        }
        assertEquals(0, set.size());
    }
}
