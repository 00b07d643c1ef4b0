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

    // System.console() cannot tell the two apart and answers differently from Java 22 on.
    private static boolean isTerminal(final int descriptor) {
        try {
            final String target = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (final IOException | SecurityException e) {
            return false;
        }
    }

    /** The text with control characters, which may come from the wire or a file name, replaced by escapes. */
    public static String printable(final String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final boolean control = Character.isISOControl(c) || c == '\u2028' || c == '\u2029'
                || Character.getType(c) == Character.FORMAT;
            if (control && escaped == null) {
                escaped = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (escaped != null) {
                if (control) {
                    escaped.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
                } else {
                    escaped.append(c);
                }
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static boolean unset(final String variable) {
        final String value = System.getenv(variable);
        return value == null || value.isEmpty();
    }
}
