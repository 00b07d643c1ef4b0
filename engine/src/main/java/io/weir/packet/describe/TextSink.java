package io.weir.packet.describe;

import java.util.Locale;

/** One indented line per layer. Control characters are written as escapes, so that no frame can steer a terminal. */
final class TextSink implements FieldSink {
    private static final String BOLD = "\u001b[1m";
    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final StringBuilder out;
    private final boolean colours;
    private String separator = "";

    TextSink(final StringBuilder out, final boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    @Override
    public void beginLayer(final String type) {
        out.append("    ").append(colours ? BOLD : "").append(type).append(colours ? PLAIN : "").append(':');
        separator = " ";
    }

    @Override
    public void endLayer() {
        out.append('\n');
    }

    @Override
    public void number(final String name, final long value) {
        name(name).append(value);
    }

    @Override
    public void hex(final String name, final long value, final int digits) {
        final String hex = Long.toHexString(value).toLowerCase(Locale.ROOT);
        name(name).append("0x").append("0".repeat(Math.max(0, digits - hex.length()))).append(hex);
    }

    @Override
    public void truth(final String name, final boolean value) {
        name(name).append(value ? "yes" : "no");
    }

    @Override
    public void text(final String name, final String value) {
        name(name).append(escape(value));
    }

    @Override
    public void beginList(final String name) {
        name(name).append('[');
        separator = "";
    }

    @Override
    public void beginItem() {
        out.append(out.charAt(out.length() - 1) == '[' ? "" : "; ");
        separator = "";
    }

    @Override
    public void endItem() {
        separator = "; ";
    }

    @Override
    public void endList() {
        out.append(']');
        separator = ", ";
    }

    private StringBuilder name(final String name) {
        out.append(separator).append(colours ? DIM : "").append(name.replace('_', ' ')).append(colours ? PLAIN : "")
            .append(' ');
        separator = ", ";
        return out;
    }

    /** The text with everything but printable ASCII as {@code \xNN} or {@code \\uNNNN}. */
    static String escape(final String text) {
        final StringBuilder escaped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c >= ' ' && c < 0x7f) {
                escaped.append(c);
            } else {
                final String hex = Integer.toHexString(c);
                final int digits = c < 0x100 ? 2 : 4;
                escaped.append(c < 0x100 ? "\\x" : "\\u").append("0".repeat(digits - hex.length())).append(hex);
            }
        }
        return escaped.toString();
    }
}
