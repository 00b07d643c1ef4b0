package io.weir.perf;

import io.weir.rule.regex.Regex;
import io.weir.rule.regex.RegexMatcher;
import io.weir.rule.regex.RegexSyntaxException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What it costs to look for an expression in 300 bytes, against {@code java.util.regex} on strings of the same bytes:
 * requests that hardly ever match, as it is in traffic, then ones that do. CPU time, both in turns, medians.
 */
public final class RegexPass {
    private static final int INPUTS = 256;
    private static final int LENGTH = 300;
    private static final int SEARCHES = 2_560;
    private static final int ROUNDS = 11;
    private static final int WARM_UP = 8;
    private static final String[][] EXPRESSIONS = {
        {"cmd\\.exe\\?/c\\+dir", "i", "CMD.exe?/c+dir"},
        {"<OBJECT\\s+[^>]*classid\\s*=\\s*[\\x22\\x27]?\\s*clsid\\s*\\x3a\\s*\\x7B?\\s*D02AAC50", "si",
            "<object id=1 classid='clsid:D02AAC50"},
        {"^[a-z0-9\\-]{1,20}\\/[0-9]{4,}\\.(?:exe|dll|scr)$", "mi", "\nabc-1/12345.exe\n"},
        {"[?&](id|uid|guid)=[0-9a-f]{8,32}(?:&|$)", "i", "?guid=0123456789abcdef&"},
        {"(\\w+)\\s*=\\s*unescape\\([^)]*\\).*\\1\\s*\\+=\\s*\\1", "s", "xy = unescape('%u9090'); xy += xy"},
    };

    private final Random random = new Random(300);
    private final RegexMatcher matcher = new RegexMatcher();
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final String[] texts = new String[INPUTS];
    private final UnsafeBuffer[] buffers = new UnsafeBuffer[INPUTS];
    private long results;

    private RegexPass() {
    }

    /** Prints a row for each expression. */
    public static void main(final String[] args) throws RegexSyntaxException {
        System.out.println("| expression | contains | find | JDK | the same where there is a match ||||");
        final RegexPass pass = new RegexPass();
        for (final String[] expression : EXPRESSIONS) {
            final StringBuilder row = new StringBuilder("| `" + expression[0] + "` |");
            for (final String planted : new String[] {"", expression[2]}) {
                pass.fill(planted);
                for (final double ns : pass.measure(expression[0], expression[1])) {
                    row.append(String.format(" %.0f |", ns));
                }
            }
            System.out.println(row);
        }
        System.out.println("results: " + pass.results);
    }

    /** Requests of a browser, with something planted at a place of its own in each. */
    private void fill(final String planted) {
        for (int i = 0; i < INPUTS; i++) {
            final StringBuilder text = new StringBuilder("GET /");
            while (text.length() < LENGTH) {
                for (int n = 3 + random.nextInt(12); n > 0; n--) {
                    text.append((char) ('a' + random.nextInt(26)));
                }
                text.append("/-=?&;, \r".charAt(random.nextInt(9))).append(random.nextInt(100));
                text.append(random.nextInt(8) == 0 ? "\r\nAccept-Language: en-US,en;q=0.5\r\nVia: x" : "");
            }
            final int at = random.nextInt(LENGTH - 2 * planted.length());
            texts[i] = text.replace(at, at + planted.length(), planted).substring(0, LENGTH);
            buffers[i] = new UnsafeBuffer(texts[i].getBytes(StandardCharsets.ISO_8859_1));
        }
    }

    /** Nanoseconds a search: whether there is a match, with groups, the JDK with groups. */
    private double[] measure(final String expression, final String flags) throws RegexSyntaxException {
        final Regex regex = Regex.compile(expression, flags);
        final Matcher theirs = Pattern.compile(expression, Pattern.UNIX_LINES
            | (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (flags.contains("s") ? Pattern.DOTALL : 0)
            | (flags.contains("m") ? Pattern.MULTILINE : 0)).matcher("");
        final double[][] rounds = new double[3][ROUNDS];
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            for (int what = 0; what < rounds.length; what++) {
                final long before = threads.getCurrentThreadCpuTime();
                search(what, regex, theirs);
                rounds[what][Math.max(0, round)] = (threads.getCurrentThreadCpuTime() - before) / (double) SEARCHES;
            }
        }
        final double[] medians = new double[rounds.length];
        for (int what = 0; what < rounds.length; what++) {
            Arrays.sort(rounds[what]);
            medians[what] = rounds[what][ROUNDS / 2];
        }
        return medians;
    }

    private void search(final int what, final Regex regex, final Matcher theirs) {
        for (int i = 0; i < SEARCHES; i++) {
            final int input = i % INPUTS;
            if (what == 2) {
                results += theirs.reset(texts[input]).find() ? 1 : 0;
            } else {
                final RegexMatcher.Result result = what == 0
                    ? matcher.contains(regex, buffers[input], 0, LENGTH, 0)
                    : matcher.find(regex, buffers[input], 0, LENGTH, 0);
                results += result == RegexMatcher.Result.FOUND ? 1 : 0;
            }
        }
    }
}
