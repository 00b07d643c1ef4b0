package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class CandidatesTest {
    @Test
    void shouldGiveNumbersInOrderOnce() {
        final Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            final int rules = 1 + random.nextInt(20_000);
            final Candidates candidates = new Candidates(rules);
            for (int use = 0; use < 3; use++) {
                final TreeSet<Integer> expected = new TreeSet<>();
                for (int i = random.nextInt(50); i > 0; i--) {
                    final int rule = random.nextInt(rules);
                    expected.add(rule);
                    candidates.add(rule);
                }
                final List<Integer> given = new ArrayList<>();
                for (int rule = candidates.next(0); rule != Candidates.NONE; rule = candidates.next(rule + 1)) {
                    given.add(rule);
                }
                assertEquals(new ArrayList<>(expected), given);
                candidates.clear();
                assertTrue(candidates.isEmpty());
                assertEquals(Candidates.NONE, candidates.next(0));
            }
        }
    }
}
