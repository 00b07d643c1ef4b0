package io.weir.cli.watch;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The terminal while something is shown on all of it: keys come at once, the cursor is away, and what was there before
 * comes back at the end, also when a signal brings it. Settings are changed by stty(1), which knows every terminal.
 */
final class Screen implements AutoCloseable {
    private static final File TERMINAL = new File("/dev/tty");
    private static final String ENTER = "\u001b[?1049h\u001b[?25l\u001b[2J";
    private static final String LEAVE = "\u001b[?25h\u001b[?1049l";
    private static final long PATIENCE_S = 2;
    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    private final PrintStream out;
    private final String before;
    private boolean closed;

    /** Takes the terminal over. */
    Screen(final boolean unicode) throws IOException, InterruptedException {
        final Charset charset = unicode ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
        out = new PrintStream(new FileOutputStream(FileDescriptor.out), false, charset);
        before = stty("-g");
        stty("-icanon", "-echo", "min", "1");
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "weir-screen"));
        out.print(ENTER);
        out.flush();
    }

    /** True if the locale says that the terminal takes UTF-8. */
    static boolean takesUnicode(final Map<String, String> environment) {
        for (final String name : List.of("LC_ALL", "LC_CTYPE", "LANG")) {
            final String value = environment.getOrDefault(name, "");
            if (!value.isEmpty()) {
                return value.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
            }
        }
        return false;
    }

    /** Columns and rows, as they are now. */
    int[] size() throws IOException, InterruptedException {
        final String[] words = stty("size").split(" ");
        if (words.length == 2 && words[0].matches("[0-9]{1,4}") && words[1].matches("[0-9]{1,4}")) {
            final int rows = Integer.parseInt(words[0]);
            final int columns = Integer.parseInt(words[1]);
            if (rows > 0 && columns > 0) {
                return new int[] {columns, rows};
            }
        }
        return new int[] {COLUMNS, ROWS};
    }

    /** Draws everything anew. */
    void show(final Grid grid, final boolean colour) {
        out.print(grid.drawn(colour));
        out.flush();
    }

    /** The next key, or -1 if none comes within this time. */
    int key(final long timeoutMs) throws IOException, InterruptedException {
        for (long waited = 0; waited < timeoutMs; waited += 20) {
            if (System.in.available() > 0) {
                return System.in.read();
            }
            Thread.sleep(20);
        }
        return -1;
    }

    private static String stty(final String... arguments) throws IOException, InterruptedException {
        final List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(Arrays.asList(arguments));
        final Process process = new ProcessBuilder(command).redirectInput(TERMINAL)
            .redirectError(ProcessBuilder.Redirect.DISCARD).start();
        final String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IOException("stty could not set the terminal; 'weir top -n 1' does without");
        }
        return answer;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        out.print(LEAVE);
        out.flush();
        try {
            stty(before);
        } catch (final IOException e) {
            // The terminal is gone: there is nothing to put back.
            closed = true;
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
