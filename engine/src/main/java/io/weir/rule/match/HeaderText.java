package io.weir.rule.match;

import io.weir.base.Ascii;
import io.weir.rule.model.Transform;

/** Transforms of header lines. */
final class HeaderText {
    private HeaderText() {
    }

    /** Lowers names, or leaves out lines that begin with a colon; answers the length of what is left. */
    static int transform(final Transform.Kind kind, final Input in, final int length, final byte[] out) {
        int written = 0;
        boolean inName = true;
        boolean lineBegins = true;
        boolean leftOut = false;
        for (int i = 0; i < length; i++) {
            final byte value = in.at(i);
            if (lineBegins) {
                inName = true;
                leftOut = kind == Transform.Kind.STRIP_PSEUDO_HEADERS && value == ':';
            }
            inName &= value != ':' || lineBegins;
            if (!leftOut) {
                out[written++] = inName && kind == Transform.Kind.HEADER_LOWERCASE ? (byte) Ascii.lower(value)
                    : value;
            }
            lineBegins = value == '\n';
        }
        return written;
    }
}
