package io.weir.report;

import java.util.Locale;

/** Builds an SVG 1.1 picture that needs nothing from elsewhere. Text is escaped; coordinates are in pixels. */
final class Svg {
    private final StringBuilder text = new StringBuilder(32_768);

    Svg(final int width, final int height, final String title, final String description, final String style) {
        text.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ").append(width).append(' ').append(height)
            .append("\" width=\"").append(width).append("\" height=\"").append(height)
            .append("\" role=\"img\" aria-labelledby=\"title desc\">\n<title id=\"title\">").append(escaped(title))
            .append("</title>\n<desc id=\"desc\">").append(escaped(description)).append("</desc>\n<style>")
            .append(style).append("</style>\n<rect class=\"paper\" width=\"100%\" height=\"100%\"/>\n");
    }

    Svg line(final String classes, final double x1, final double y1, final double x2, final double y2) {
        return add("<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>", classes, x1, y1, x2, y2);
    }

    Svg path(final String classes, final String points) {
        return add("<path class=\"%s\" d=\"%s\"/>", classes, points);
    }

    Svg circle(final String classes, final double x, final double y, final double radius, final String tip) {
        return add("<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>", classes, x, y,
            radius, escaped(tip));
    }

    Svg words(final String classes, final double x, final double y, final String words) {
        return add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", classes, x, y, escaped(words));
    }

    private Svg add(final String format, final Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
        return this;
    }

    private static String escaped(final String words) {
        final StringBuilder safe = new StringBuilder();
        words.codePoints().forEach(c -> {
            switch (c) {
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '&' -> safe.append("&amp;");
                case '"' -> safe.append("&quot;");
                default -> safe.appendCodePoint(c < ' ' || c == 0xfffe || c == 0xffff ? '?' : c);
            }
        });
        return safe.toString();
    }

    /** The whole document. */
    String done() {
        return text + "</svg>\n";
    }
}
