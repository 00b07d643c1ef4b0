package io.weir.rule.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RegexTest {
    private final RegexMatcher matcher = new RegexMatcher();

    /** Expression, flags, input, and the match with its groups as PCRE2 10.42 has them. */
    static Stream<Arguments> matches() {
        return Stream.of(new String[][] {
            {"abc", "", "xxabcx", "2-5"}, {"abc", "", "xxabx", "no"}, {"", "", "abc", "0-0"},
            {"a|ab|abc", "", "abc", "0-1"}, {"(a)|(b)", "", "b", "0-1 - 0-1"}, {"a||b", "", "b", "0-0"},
            {"AbC", "i", "xaBc", "1-4"}, {"[a-f]+", "i", "xFEDg", "1-4"}, {"[^a]", "i", "aAb", "2-3"},
            {"\u00e9", "i", "\u00c9", "no"}, {"\\xe9\\x{41}\\x0a", "", "\u00e9A\n", "0-3"}, {"\\x4g", "", "\4g", "0-2"},
            {"\\r\\n\\t\\f\\a\\e\\cA", "", "\r\n\t\f\7\33\1", "0-7"}, {"\\0\\012\\101\\o{102}", "", "\0\nAB", "0-4"},
            {"\\d+", "", "ab123", "2-5"}, {"\\D\\S\\W", "", "1a-x -", "2-5"}, {"\\w+", "", "-a_9\u00e9", "1-4"},
            {"\\s+", "", "a \t\13\r\nb", "1-6"}, {"\\h+\\H", "", "\t \u00a0\n", "0-4"},
            {"\\v+\\V", "", "\13\r\u0085 ", "0-4"},
            {"a.b", "", "a\nb", "no"}, {"a.b", "s", "a\nb", "0-3"}, {"a\\Nb", "s", "a\nb", "no"},
            {"a.b", "", "a\rb", "0-3"},
            {"a\\Rb", "", "a\r\nb", "0-4"}, {"\\R\\n", "", "\r\n", "no"}, {"a\\Cb", "", "a\nb", "0-3"},
            {"^b", "", "a\nb", "no"}, {"^b", "m", "a\nb", "2-3"}, {"a$", "", "a\n", "0-1"}, {"a$", "E", "a\n", "no"},
            {"a$", "", "a\nb", "no"}, {"a$", "m", "a\nb", "0-1"}, {"a$", "mE", "a\nb", "0-1"}, {"^", "m", "a\n", "0-0"},
            {"\\Aa\\Z", "m", "a\n", "0-1"}, {"a\\z", "", "a\n", "no"}, {"\\bfoo\\b", "", "afoo foo", "5-8"},
            {"\\Boo", "", "oo foo", "4-6"}, {"b", "A", "ab", "no"}, {"a", "A", "ab", "0-1"}, {"\\Ga", "", "ba", "no"},
            {"a b # c\n c", "x", "abc", "0-3"}, {"a\\ b[ ]c", "x", "a b c", "0-5"}, {"a +", "x", "aaa", "0-3"},
            {"a(?#c)b", "", "ab", "0-2"}, {"a(?i)b|c", "", "aB", "0-2"}, {"a(?i)b|c", "", "C", "0-1"},
            {"(a(?i)b)c", "", "aBC", "no"}, {"(?s-i:A.)", "i", "a\n", "no"}, {"(?s-i:A.)b", "i", "A\nB", "0-3"},
            {"(?^:A)b", "i", "AB", "0-2"}, {"a+", "G", "aaa", "0-1"}, {"a+?", "G", "aaa", "0-3"},
            {"(?U)a+", "", "aa", "0-1"},
            {"[]a]+", "", "x]a", "1-3"}, {"[^]a]", "", "]ab", "2-3"}, {"[a\\]b]+", "", "a]b", "0-3"},
            {"[a-]+", "", "a-", "0-2"},
            {"[\\w-]+", "", "a-b", "0-3"}, {"[\\x41-\\x43]+", "", "ABCD", "0-3"}, {"[\\b]", "", "\b", "0-1"},
            {"[[:alpha:][:digit:]]+", "", "-a1-", "1-3"}, {"[[:^space:]]+", "", " ab ", "1-3"},
            {"[[:lower:]]+", "i", "Ab", "0-2"},
            {"[[:punct:]]+", "", "a!~b", "1-3"}, {"[\\Qa-z\\E]+", "", "b-za", "1-4"}, {"[[a]+", "", "[a", "0-2"},
            {"\\Qa.b*\\E+", "", "a.b**", "0-5"}, {"\\Qa\\", "", "a\\", "0-2"}, {"a{2}", "", "aaa", "0-2"},
            {"a{2,}", "", "aaa", "0-3"}, {"a{1,2}?", "", "aaa", "0-1"}, {"a{,2}", "", "a{,2}", "0-5"},
            {"a{x", "", "a{x", "0-3"},
            {"a{0}b", "", "ab", "1-2"}, {"(ab){2}", "", "ababab", "0-4 2-4"}, {"(a*)*", "", "b", "0-0 0-0"},
            {"(a*)+b", "", "aab", "0-3 2-2"}, {"(a|b)*c", "", "abc", "0-3 1-2"},
            {"(?:a|ab)(?:c|bcd)", "", "abcd", "0-4"},
            {"a*+a", "", "aaa", "no"}, {"(?>a|ab)c", "", "abc", "no"}, {"a++b", "", "aab", "0-3"},
            {"(?>a*?)b", "", "aab", "2-3"},
            {"<.*?>", "", "<a><b>", "0-3"}, {"<.*>", "", "<a><b>", "0-6"}, {"x*?y{2,3}?", "", "xyyy", "0-3"},
            {"(a)(?:b)(?P<n>c)", "", "abc", "0-3 0-1 2-3"}, {"(?<n>a)\\k<n>\\k{n}(?P=n)", "", "aaaa", "0-4 0-1"},
            {"(?'n'a)\\g{n}\\g1\\g{1}\\g{-1}\\1", "", "aaaaaa", "0-6 0-1"}, {"(a)\\1", "i", "aA", "0-2 0-1"},
            {"(a)?\\1b", "", "b", "no"}, {"(a|b\\1)+", "", "aba", "0-3 1-3"}, {"(a)\\11", "", "a\t", "0-2 0-1"},
            {"foo(?=bar)", "", "foobaz foobar", "7-10"}, {"foo(?!bar)", "", "foobar foobaz", "7-10"},
            {"(?<=foo)bar", "", "bar foobar", "7-10"}, {"(?<!foo|x)bar", "", "foobarxbarbar", "10-13"},
            {"(?<=a|bc)d", "", "xd bcd", "5-6"}, {"(?=(a))b|a", "", "a", "0-1 -"}, {"(?!(a)b)a", "", "aba", "2-3 -"},
            {"(?=(a+))\\1b", "", "aab", "0-3 0-2"}, {"(?<=\\bfoo)x", "", "foox", "3-4"},
        }).map(row -> Arguments.of((Object[]) row));
    }

    @MethodSource("matches")
    @ParameterizedTest
    void shouldMatchAsPcreDoes(final String pattern, final String flags, final String input, final String expected) {
        final Regex regex = Searches.compile(pattern, flags);
        assertEquals(expected, Searches.find(matcher, regex, input, 0));
        final UnsafeBuffer buffer = Searches.buffer("ab" + input + "ab");
        final RegexMatcher.Result found = matcher.contains(regex, buffer, 2, input.length(), 0);
        assertEquals("no".equals(expected) ? RegexMatcher.Result.NOT_FOUND : RegexMatcher.Result.FOUND, found);
    }

    @Test
    void shouldLookBehindTheStartOfTheSearchButNotOfTheInput() {
        assertEquals("3-4", Searches.find(matcher, Searches.compile("(?<=aab)c", ""), "aabc", 3));
        assertEquals("no", Searches.find(matcher, Searches.compile("^c", ""), "aabc", 3));
        assertEquals("3-4", Searches.find(matcher, Searches.compile("c", "A"), "aabc", 3));
        assertEquals("no", Searches.find(matcher, Searches.compile("\\bc", ""), "aabc", 3));
        final UnsafeBuffer buffer = Searches.buffer("aabc");
        assertEquals(RegexMatcher.Result.NOT_FOUND, matcher.find(Searches.compile("(?<=b)c", ""), buffer, 3, 1, 0));
        assertEquals(RegexMatcher.Result.FOUND, matcher.find(Searches.compile("^c$", ""), buffer, 3, 1, 0));
        assertEquals(0, matcher.start(0));
        assertEquals(RegexMatcher.Result.NOT_FOUND, matcher.find(Searches.compile("abc", ""), buffer, 0, 3, 0));
    }

    @Test
    void shouldRefuseToLeaveTheBuffer() {
        final Regex regex = Searches.compile("a", "");
        final UnsafeBuffer buffer = Searches.buffer("abc");
        assertThrows(IndexOutOfBoundsException.class, () -> matcher.find(regex, buffer, 1, 3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> matcher.find(regex, buffer, 0, 3, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> matcher.find(regex, buffer, -1, 3, 0));
        assertEquals(RegexMatcher.Result.FOUND, matcher.find(regex, buffer, 0, 3, 0));
        assertThrows(IndexOutOfBoundsException.class, () -> matcher.start(1));
    }

    @Test
    void shouldKnowGroupsByName() {
        final Regex regex = Searches.compile("(a)(?P<user>b)(?<host>c)(?'port'd)", "");
        assertEquals(4, regex.groupCount());
        assertEquals(List.of(2, 3, 4, -1), Stream.of("user", "host", "port", "path").map(regex::group).toList());
    }

    @Test
    void shouldSayWhichExpressionsAreLinear() {
        for (final String linear : List.of("a(b|c)*d", "^\\s*\\w{1,8}$", "\\bx.*?y\\Z")) {
            assertTrue(Searches.compile(linear, "").isLinear(), linear);
        }
        for (final String other : List.of("(a)\\1", "a(?=b)", "(?<!a)b", "(?>a)b", "a++b",
            "(?:[a-z]{1,100}x){1,100}")) {
            assertFalse(Searches.compile(other, "").isLinear(), other);
        }
    }

    @Test
    void shouldKnowWhatOccursInEveryMatch() {
        assertEquals("foo bar", literals("foo\\d+bar", ""));
        assertEquals("", literals("foo|bar", ""));
        assertEquals("/foo=bar/i", literals("FOO=Bar", "i"));
        assertEquals("abc d", literals("(a)(?:b(c))x?d", ""));
        assertEquals("xab y", literals("x(?:ab)+y", ""));
        assertEquals("xaa y", literals("xa{2,}y", ""));
        assertEquals("xaay", literals("xa{2}y", ""));
        assertEquals("ab", literals("a\\b(?=c)(?!d)b", ""));
        assertEquals("a b", literals("(?:a)(q|r|)\\1?b", ""));
        assertEquals("", literals("[ab]c*(?:d|)", ""));
        assertEquals("/axb/i c", literals("(?i)a(?-i)xB.c", ""));
    }

    private static String literals(final String pattern, final String flags) {
        return Searches.compile(pattern, flags).requiredLiterals().stream()
            .map(literal -> literal.caseless() ? "/" + literal.text() + "/i" : literal.text())
            .collect(Collectors.joining(" "));
    }
}
