package io.weir.protocol.imap;

import io.weir.protocol.Bytes;
import io.weir.protocol.Scratch;
import io.weir.protocol.text.Words;

/**
 * Who authenticates, out of what SASL sends in base 64: PLAIN (RFC 4616: identity, NUL, user, NUL, password), LOGIN
 * (the user, then the password) and XOAUTH2 ({@code user=NAME^A...}). One for a worker; one thread.
 */
final class Credentials {
    static final Scratch<Credentials> SCRATCH = Scratch.of(Credentials.class, Credentials::new);
    /** Not a mechanism that is read. */
    static final int NONE = -1;

    private static final int LONGEST = 256;
    private static final byte[] USER = {'u', 's', 'e', 'r', '='};
    private static final Words MECHANISMS = Words.of("PLAIN", "LOGIN", "XOAUTH2");
    private static final int PLAIN = 0;
    private static final int XOAUTH2 = 2;

    private final byte[] decoded = new byte[LONGEST];
    private final Bytes view = new Bytes();
    private int userFrom;
    private int userLength;

    /** Number of the mechanism that is named at a place. */
    static int mechanism(final Bytes line, final int at) {
        return MECHANISMS.find(line, at);
    }

    /**
     * Reads what the client says by a mechanism; true if that told the user, after which nothing more is to be read.
     * What was read is there until the next call.
     */
    boolean read(final int mechanism, final Bytes line, final int start, final int end) {
        view.wrap(decoded, 0, decode(line, start, end));
        userFrom = 0;
        int stop = view.length();
        if (mechanism == PLAIN) {
            userFrom = view.indexOf(0, 0) + 1;
            stop = view.indexOf(0, userFrom);
        } else if (mechanism == XOAUTH2) {
            userFrom = USER.length;
            stop = view.startsWith(USER) ? view.indexOf(1, 0) : -1;
        }
        userLength = stop - userFrom;
        return mechanism != NONE && userLength > 0;
    }

    private int decode(final Bytes line, final int from, final int end) {
        int length = 0;
        int bits = 0;
        int count = 0;
        for (int at = from; at < end && length < LONGEST; at++) {
            final int digit = digit(line.u8(at));
            if (digit < 0) {
                break;
            }
            bits = bits << 6 | digit;
            count += 6;
            if (count >= 8) {
                count -= 8;
                decoded[length++] = (byte) (bits >>> count);
            }
        }
        return length;
    }

    private static int digit(final int character) {
        return character >= 'A' && character <= 'Z' ? character - 'A'
            : character >= 'a' && character <= 'z' ? character - 'a' + 26
            : character >= '0' && character <= '9' ? character - '0' + 52
            : character == '+' ? 62 : character == '/' ? 63 : -1;
    }

    /** What was read, with the user in it. */
    byte[] text() {
        return decoded;
    }

    /** Where the user begins. */
    int userFrom() {
        return userFrom;
    }

    /** How many bytes the user has. */
    int userLength() {
        return userLength;
    }
}
