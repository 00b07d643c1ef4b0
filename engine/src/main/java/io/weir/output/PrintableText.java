package io.weir.output;

/** Text that may come from the wire or from a file name, made fit for a terminal or a log. */
public final class PrintableText {
    private PrintableText() {
    }

    /** The text with control and formatting characters replaced by visible escapes. */
    public static String of(final String text) {
        StringBuilder escaped = null;
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            final boolean steers = steers(c);
            if (steers && escaped == null) {
                escaped = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (escaped != null && steers) {
                escaped.append(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", (int) c));
            } else if (escaped != null) {
                escaped.append(c);
            }
        }
        return escaped == null ? text : escaped.toString();
    }

    private static boolean steers(final char c) {
        return Character.isISOControl(c) || c == '\u2028' || c == '\u2029' || Character.getType(c) == Character.FORMAT;
    }
}
