package io.weir.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the terminal, if there is one, can show. */
public final class Terminal {
    private Terminal() {
    }

    /** True if standard output is a terminal that wants colour (no-color.org). */
    public static boolean wantsColour() {
        return isTerminal(1) && unset("NO_COLOR") && !"dumb".equals(System.getenv("TERM"));
    }

    /** True if standard error is a terminal, so that progress can be shown on it. */
    public static boolean showsProgress() {
        return isTerminal(2) && !"dumb".equals(System.getenv("TERM"));
    }

    /** True if both keys and a screen are there: standard input and output are a terminal that can be drawn on. */
    public static boolean isInteractive() {
        return isTerminal(0) && isTerminal(1) && !"dumb".equals(System.getenv("TERM"));
    }

    // System.console() cannot tell the two apart and answers differently from Java 22 on.
    private static boolean isTerminal(final int descriptor) {
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | SecurityException e) {
            return false;
        }
    }

    private static boolean unset(final String variable) {
        final String value = System.getenv(variable);
        return value == null || value.isEmpty();
    }
}
