package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AlternativesTest {
    private static List<String> of(final String pattern) {
        return Alternatives.of(pattern, "");
    }

    @Test
    void shouldDivideAtTheOutermostBars() {
        assertEquals(List.of("a", "b(c|d)", "e"), of("a|b(c|d)|e"));
        assertEquals(List.of("a[|]b", "c"), of("a[|]b|c"));
        assertEquals(List.of("[]|]a", "b"), of("[]|]a|b"));
        assertEquals(List.of("[^]|]a", "b"), of("[^]|]a|b"));
        assertEquals(List.of("a\\|b", "c"), of("a\\|b|c"));
        assertEquals(List.of("[[:alpha:]|]", "x"), of("[[:alpha:]|]|x"));
        assertEquals(List.of("a", ""), of("a|"));
    }

    @Test
    void shouldLeaveWholeWhatMeansSomethingElseInPieces() {
        assertEquals(List.of("(a)|b\\1"), of("(a)|b\\1"));
        assertEquals(List.of("(?i)a|b"), of("(?i)a|b"));
        assertEquals(List.of("\\Qa|b\\E"), of("\\Qa|b\\E"));
        assertEquals(List.of("a|b"), Alternatives.of("a|b", "x"));
        assertEquals(List.of("abc"), of("abc"));
    }
}
