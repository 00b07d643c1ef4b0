package io.weir.rule.regex;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever an expression and an input are: the one is refused or compiled, the other searched within bounded steps, and
 * what is found is consistent. An input of the fuzzer is flags, a length, an expression of that length and what to
 * search.
 */
final class RegexFuzzTest {
    private static final int CHANGED = 30_000;
    private static final String FLAGS = "ismxAEG";
    private static final String SPECIAL = "()[]{}|\\*+?^$.-,:<>=!#P'QEAzZbBwdsnrxgk01289aAbiX \n\u00ff\0";
    private static final List<String> SEEDS = List.of("^(?P<u>[a-z0-9\\-_]{1,20})\\.dll\\s*\\\\(?P=u)",
        "(?i)<object\\s+[^>]*classid\\s*=\\s*[\\x22\\x27]?clsid(?-i:A|B)*+", "(a|b(?=c)|(?<!d|ef)g)+?\\1{2,3}",
        "[^\\W[:alpha:]\\]-]{0,4}(?>x|xy)\\b\\Q.*\\E$|\\R\\h", "(?s-m:a.(?#c)b)|\\g{-1}\\x{41}\\012(c)",
            "((a*)*|b??){2,}\\Z",
        "(?m)^a$\\n\\z(?<=\\na\\n)(?<!\\A)", "(.*)(\\d+?)((?:(?:c{1,3}){1,3}){1,3})");
    private static final String TEXT = "aaab-a1.dll\\aaab<OBJECT x classid='clsidAB>\nefg\r\nxy ccca\n";

    private final RegexMatcher matcher = new RegexMatcher(2_000);
    private final Backtracker backtracker = new Backtracker(1 << 10);
    private final PikeMachine pike = new PikeMachine();
    private final Input in = new Input();

    static Stream<Arguments> seeds() {
        return SEEDS.stream().map(seed -> Arguments.of((Object) input(0, seed, TEXT)));
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = "5m")
    void shouldSurviveAnyExpression(final byte[] input) {
        check(input);
    }

    @Test
    void shouldSurviveChangedExpressions() {
        final Random random = new Random(20_261_130);
        int compiled = 0;
        for (int i = 0; i < CHANGED; i++) {
            final StringBuilder pattern = new StringBuilder(SEEDS.get(random.nextInt(SEEDS.size())));
            for (int changes = 1 + random.nextInt(5); changes > 0 && pattern.length() > 0; changes--) {
                final int at = random.nextInt(pattern.length());
                final String special = SPECIAL.substring(random.nextInt(SPECIAL.length())).substring(0, 1);
                switch (random.nextInt(4)) {
                    case 0 -> pattern.insert(at, special);
                    case 1 -> pattern.replace(at, at + 1, special);
                    case 2 -> pattern.delete(at, at + 1 + random.nextInt(pattern.length() - at));
                    default -> pattern.insert(at, pattern.substring(at / 2, at));
                }
            }
            final int from = random.nextInt(TEXT.length());
            compiled += check(input(random.nextInt(128), pattern.substring(0, Math.min(255, pattern.length())),
                TEXT.substring(from) + TEXT.substring(0, from))) ? 1 : 0;
        }
        assertTrue(compiled > CHANGED / 4, "compiled: " + compiled);
    }

    private static byte[] input(final int flags, final String pattern, final String text) {
        return ((char) flags + "" + (char) pattern.length() + pattern + text).getBytes(StandardCharsets.ISO_8859_1);
    }

    private boolean check(final byte[] input) {
        if (input.length < 2) {
            return false;
        }
        final StringBuilder flags = new StringBuilder();
        for (int i = 0; i < FLAGS.length(); i++) {
            flags.append((input[0] >> i & 1) != 0 ? FLAGS.substring(i, i + 1) : "");
        }
        final int end = Math.min(input.length, 2 + (input[1] & 0xff));
        final String pattern = new String(input, 2, end - 2, StandardCharsets.ISO_8859_1);
        final Regex regex;
        try {
            regex = Regex.compile(pattern, flags.toString());
        } catch (final RegexSyntaxException e) {
            assertTrue(e.position() >= 0 && e.position() <= pattern.length(), pattern);
            return false;
        }
        search(regex, Arrays.copyOfRange(input, end, input.length), HexFormat.of().formatHex(input));
        return true;
    }

    private void search(final Regex regex, final byte[] text, final String what) {
        final UnsafeBuffer buffer = new UnsafeBuffer(text);
        final int from = text.length / 3;
        final RegexMatcher.Result contains = matcher.contains(regex, buffer, 0, text.length, from);
        final RegexMatcher.Result found = matcher.find(regex, buffer, 0, text.length, from);
        assertEquals(contains, found, what);
        if (found == RegexMatcher.Result.FOUND) {
            for (int i = 0; i <= regex.groupCount(); i++) {
                assertTrue(matcher.start(i) < 0 ? matcher.end(i) < 0
                    : matcher.start(i) <= matcher.end(i) && matcher.end(i) <= text.length, what);
            }
            assertTrue(matcher.start(0) >= from, what);
            expectLiterals(regex, text, what);
        }
        in.wrap(buffer, 0, text.length, from);
        final RegexMatcher.Result plain = backtracker.find(regex, in, 1_000);
        assertTrue(backtracker.stepsLeft() > -text.length - 1_000, what);
        if (plain != RegexMatcher.Result.LIMIT && found != RegexMatcher.Result.LIMIT) {
            assertEquals(found, plain, what);
        }
        if (regex.isLinear()) {
            assertTrue(found != RegexMatcher.Result.LIMIT, what);
            final boolean followed = pike.find(regex.automaton, regex.prefilter, in, backtracker.slots());
            assertEquals(found == RegexMatcher.Result.FOUND, followed, what);
        }
    }

    /** All of them, one after the other. */
    private void expectLiterals(final Regex regex, final byte[] text, final String what) {
        String match = new String(text, matcher.start(0), matcher.end(0) - matcher.start(0),
            StandardCharsets.ISO_8859_1);
        for (final RequiredLiteral literal : regex.requiredLiterals()) {
            String where = match;
            for (int i = 0; literal.caseless() && i < match.length(); i++) {
                where = where.substring(0, i) + (char) ByteSet.lowerCase(where.charAt(i)) + where.substring(i + 1);
            }
            final int at = where.indexOf(literal.text());
            assertTrue(at >= 0, what);
            match = match.substring(at + literal.text().length());
        }
    }
}
