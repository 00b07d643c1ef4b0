package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.file.FileRecord;

/** The header Content-Disposition, RFC 6266 and RFC 7578. */
final class Disposition {
    private static final byte[] FILE_NAME = "filename".getBytes(US_ASCII);

    private Disposition() {
    }

    /** Takes the name of the file, if there is one: the extended form without its character set and language. */
    static void name(final Bytes line, final int from, final int to, final FileRecord file) {
        for (int at = from; at < to - FILE_NAME.length; at++) {
            if (!line.matchesIgnoringCase(at, FILE_NAME)) {
                continue;
            }
            int value = Line.skipBlanks(line, at + FILE_NAME.length, to);
            final boolean extended = line.u8(value) == '*';
            value = Line.skipBlanks(line, extended ? value + 1 : value, to);
            if (line.u8(value) != '=') {
                continue;
            }
            value = Line.skipBlanks(line, value + 1, to);
            if (extended) {
                final int charset = line.indexOf('\'', value, to);
                final int language = charset < 0 ? -1 : line.indexOf('\'', charset + 1, to);
                value = language < 0 ? value : language + 1;
            }
            final boolean quoted = line.u8(value) == '"';
            final int start = quoted ? value + 1 : value;
            final int end = line.indexOf(quoted ? '"' : ';', start, to);
            file.name(line, start, end < 0 ? to : end);
            return;
        }
    }
}
