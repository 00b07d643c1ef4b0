package io.weir.rule.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegexSyntaxTest {
    @CsvSource(delimiterString = " => ", value = {
        "a(b => 1 => this parenthesis is not closed",
        "ab) => 2 => this parenthesis closes nothing",
        "a[bc => 1 => this class is not closed",
        "a** => none => ",
        "a|*b => 2 => there is nothing to repeat here",
        "a{3,2} => 1 => the least number of repetitions is greater than the most",
        "a{70000} => 2 => more than 65535 repetitions",
        "a\\ => 1 => there is nothing behind this backslash",
        "[z-a] => 1 => the ends of this range are in the wrong order",
        "a[[:alfa:]] => 2 => there is no class of this name",
        "\\x{100} => 0 => this value is greater than a byte",
        "(a)\\2 => 3 => there is no group with this number",
        "(?P=n) => 4 => there is no group with this name",
        "(?<n>a)(?<n>b) => 7 => there is another group with this name",
        "(?<=a+)b => 0 => 'what is looked for behind must have a fixed length, in each branch its own'",
        "a(?R) => 1 => recursion is not supported",
        "(a)(?1) => 3 => recursion is not supported",
        "(?(1)a|b) => 0 => conditional groups are not supported",
        "(*UTF8)a => 0 => verbs such as (*...) are not supported",
        "(?|a) => 0 => 'groups that share their numbers, (?|...), are not supported'",
        "a\\Kb => 1 => the escape \\K is not supported",
        "\\pL => 0 => the escape \\p is not supported",
        "(?q)a => 2 => no kind of group or setting begins like this",
        "a(?#b => 1 => this comment is not closed",
        "a\u0100 => 1 => this character is no byte; write the bytes it stands for as \\xHH",
        "((?:a{1,200}b){1,200}){1,90} => 0 => the expression is too large with all its repetitions written out",
    })
    @ParameterizedTest
    void shouldSayWhatIsWrongAndWhere(final String pattern, final String position, final String message) {
        if ("none".equals(position)) {
            Searches.compile(pattern, "");
            return;
        }
        final RegexSyntaxException e = assertThrows(RegexSyntaxException.class, () -> Regex.compile(pattern));
        assertEquals(message, e.getMessage());
        assertEquals(Integer.parseInt(position), e.position());
    }

    @Test
    void shouldRefuseFlagsItDoesNotKnow() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> Regex.compile("a", "iR")).getMessage()
            .contains("no flag R"));
    }

    @Test
    void shouldRefuseWhatIsNestedTooDeep() {
        assertThrows(RegexSyntaxException.class, () -> Regex.compile("(".repeat(100_000)));
        assertThrows(RegexSyntaxException.class, () -> Regex.compile("(?:".repeat(101) + ")".repeat(101)));
        assertThrows(RegexSyntaxException.class, () -> Regex.compile("a" + "{2}".repeat(9)));
        assertThrows(RegexSyntaxException.class, () -> Regex.compile("()".repeat(256)));
    }
}
