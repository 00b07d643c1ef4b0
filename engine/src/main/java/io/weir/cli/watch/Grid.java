package io.weir.cli.watch;

import io.weir.output.PrintableText;
import java.util.Arrays;

/** A screen of characters that each take one column. What does not fit is cut off. One thread. */
final class Grid {
    /** How characters look. */
    enum Style {
        /** As they are. */
        PLAIN("0"),
        /** Titles. */
        BOLD("1"),
        /** What is less important. */
        DIM("2"),
        /** What is wrong. */
        RED("31"),
        /** What is well, and bars. */
        GREEN("32"),
        /** The chosen view. */
        INVERSE("7");

        private final String code;

        Style(final String code) {
            this.code = code;
        }
    }

    private static final char WIDE = 0x1100;
    /** Box drawing and block elements, which the screen draws itself. */
    private static final char DRAWN_FROM = 0x2500;
    private static final char DRAWN_TO = 0x259f;

    private final int width;
    private final int height;
    private final char[] characters;
    private final Style[] styles;

    Grid(final int width, final int height) {
        this.width = width;
        this.height = height;
        characters = new char[width * height];
        styles = new Style[width * height];
        Arrays.fill(characters, ' ');
        Arrays.fill(styles, Style.PLAIN);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /** Puts text at a place, at most {@code most} columns of it; answers the column behind it. */
    int put(final int row, final int column, final int most, final Style style, final String text) {
        final String shown = PrintableText.of(text);
        final int end = Math.min(width, column + most);
        int at = column;
        for (int i = 0; i < shown.length() && at < end; i++) {
            final char c = shown.charAt(i);
            if (Character.isLowSurrogate(c) || Character.getType(c) == Character.NON_SPACING_MARK
                || Character.getType(c) == Character.ENCLOSING_MARK) {
                continue;
            }
            if (row >= 0 && row < height && at >= 0) {
                // One that may take two columns would push the rest aside.
                characters[row * width + at] = c >= WIDE && !(c >= DRAWN_FROM && c <= DRAWN_TO) ? '?' : c;
                styles[row * width + at] = style;
            }
            at++;
        }
        return at;
    }

    /** Puts text so that it ends before a column. */
    void putRight(final int row, final int end, final Style style, final String text) {
        put(row, Math.max(0, end - text.length()), text.length(), style, text);
    }

    /** Makes a whole row look the same. */
    void paint(final int row, final Style style) {
        if (row < height) {
            Arrays.fill(styles, row * width, (row + 1) * width, style);
        }
    }

    /** All rows as plain text, without blanks at their ends. */
    String plain() {
        final StringBuilder text = new StringBuilder();
        for (int row = 0; row < height; row++) {
            text.append(new String(characters, row * width, width).stripTrailing()).append('\n');
        }
        return text.toString().stripTrailing() + "\n";
    }

    /** All rows for a terminal, from its upper left corner on, with or without colour. */
    String drawn(final boolean colour) {
        final StringBuilder text = new StringBuilder("\u001b[H");
        for (int row = 0; row < height; row++) {
            Style style = Style.PLAIN;
            int last = width;
            while (last > 0 && characters[row * width + last - 1] == ' '
                && styles[row * width + last - 1] != Style.INVERSE) {
                last--;
            }
            for (int column = 0; column < last; column++) {
                final Style next = styles[row * width + column];
                if (next != style && (colour || next == Style.INVERSE || style == Style.INVERSE)) {
                    text.append("\u001b[0;").append(next.code).append('m');
                    style = next;
                }
                text.append(characters[row * width + column]);
            }
            text.append("\u001b[0m\u001b[K").append(row + 1 < height ? "\r\n" : "");
        }
        return text.toString();
    }
}
